"""The closed vocabularies of the house 代码表: every code with its Chinese and English words."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A code that carries its words: ``Status.DRAFT.zh == "草稿"``."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str, en: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member

    def word(self, language: str) -> str:
        """The word of this code in ``language`` ("zh" or "en")."""
        return self.en if language.startswith("en") else self.zh


class Phase(Code):
    """The five phases of a trade."""

    FILING = "filing", "交易条件备案", "Filing of trading conditions"
    METHOD_APPROVAL = "method_approval", "交易方式核准", "Approval of the trading method"
    PROCESS_SUPERVISION = "process_supervision", "交易流程监管", "Supervision of the process"
    RESULT_CONFIRMATION = "result_confirmation", "交易结果确认", "Confirmation of results"
    FOLLOW_UP = "follow_up", "后续管理", "Follow-up"


class Status(Code):
    """Where a lot stands."""

    DRAFT = "draft", "草稿", "Draft"
    REGISTERED = "registered", "已进场登记", "Registered"
    FILED = "filed", "条件已备案", "Conditions filed"
    METHOD_FIXED = "method_fixed", "方式已确定", "Method fixed"
    PUBLISHED = "published", "公告中", "Published"
    BID_CLOSED = "bid_closed", "投标截止", "Bidding closed"
    OPENED = "opened", "已开标", "Opened"
    COMMITTEE_READY = "committee_ready", "评标委员会组成", "Committee ready"
    EVALUATED = "evaluated", "评标完成", "Evaluated"
    BIDDING = "bidding", "竞价中", "Live bidding"
    DEAL = "deal", "已成交", "Deal"
    PUBLICIZED = "publicized", "候选人公示", "Candidates publicized"
    CONFIRMED = "confirmed", "结果已确认", "Confirmed"
    AWARDED = "awarded", "已发中标通知", "Awarded"
    CONTRACTED = "contracted", "合同已签订", "Contracted"
    PERFORMED = "performed", "履约完成", "Performed"
    ARCHIVED = "archived", "已归档", "Archived"
    SUSPENDED = "suspended", "中止", "Suspended"
    TERMINATED = "terminated", "终止", "Terminated"
    FAILED = "failed", "流标", "Failed"


class Role(Code):
    """What a person may be; the clock is nobody's account."""

    OWNER = "owner", "项目单位", "Owner"
    AGENCY = "agency", "代理机构", "Agency"
    CENTRE = "centre", "交易中心", "Trading centre"
    SUPERVISOR = "supervisor", "监管机构", "Supervisor"
    AUTHORITY = "authority", "行业主管部门", "Authority"
    OVERSIGHT = "oversight", "纪检监察与审计", "Oversight officer"
    OPENING_OFFICER = "opening_officer", "开标密钥持有人", "Opening officer"
    NOTARY = "notary", "公证机构", "Notary"
    BIDDER = "bidder", "投标人", "Bidder"
    EXPERT = "expert", "评标专家", "Expert"
    ADMINISTRATOR = "administrator", "系统管理员", "Administrator"
    BANK = "bank", "保证金开户银行", "Deposit bank"
    CLOCK = "clock", "系统时钟", "The clock"


class ProjectType(Code):
    """What is traded (rulebook 0.9)."""

    WORKS = "works", "工程建设项目", "Works"
    GP = "gp", "政府采购（招标）", "Government procurement by tender"
    GPN = "gpn", "政府采购（非招标）", "Government procurement otherwise"
    LAND = "land", "国有建设用地使用权", "Land-use rights"
    SOE = "soe", "企业国有资产", "State-owned enterprise assets"
    ADMIN = "admin", "行政事业性国有资产", "Administrative assets"
    RURAL = "rural", "农村产权", "Village assets"
    OTHER = "other", "其他公共资源", "Other rights"

    @property
    def is_purchase(self) -> bool:
        """True where a low price is good (saving), False where a high price is (premium)."""
        return self in (ProjectType.WORKS, ProjectType.GP, ProjectType.GPN)

    @property
    def is_procurement(self) -> bool:
        """True for government procurement, by tender or otherwise."""
        return self in (ProjectType.GP, ProjectType.GPN)


class Course(Code):
    """The kind of procedure that a method runs: which steps there are."""

    TENDER = "tender", "招标投标程序", "Tender"
    NEGOTIATION = "negotiation", "谈判、磋商、询价与单一来源程序", "Negotiation, consultation, inquiry, single source"
    COMPETITION = "competition", "竞价程序（拍卖、挂牌、网络竞价、公开招租）", "Competitive bidding"


class Side(Code):
    """What a good price is: low for what is bought, high for what is disposed of."""

    SAVING = "saving", "节约资金", "Saving"
    PREMIUM = "premium", "增值", "Premium"


class Category(Code):
    """Main procurement category of a lot, or the kind of thing that is disposed of."""

    CONSTRUCTION = "construction", "施工", "Construction"
    GOODS = "goods", "重要设备、材料等货物", "Goods"
    SERVICES = "services", "勘察、设计、监理等服务", "Services"
    LAND = "land", "国有建设用地", "Building land"
    EQUITY = "equity", "企业产权（股权）", "Equity"
    ASSETS = "assets", "实物资产", "Tangible assets"
    LEASE = "lease", "租赁、承包经营权", "Lease or contracted use"
    RIGHT = "right", "特许经营、经营权等其他权利", "Concession or other right"


class Method(Code):
    """How one may trade."""

    OPEN_TENDER = "open_tender", "公开招标", "Open tender"
    INVITED_TENDER = "invited_tender", "邀请招标", "Invited tender"
    NEGOTIATION = "negotiation", "竞争性谈判", "Competitive negotiation"
    CONSULTATION = "consultation", "竞争性磋商", "Competitive consultation"
    INQUIRY = "inquiry", "询价", "Inquiry"
    SINGLE_SOURCE = "single_source", "单一来源", "Single source"
    AUCTION = "auction", "拍卖", "Auction"
    LISTING = "listing", "挂牌", "Listing"
    NET_BIDDING = "net_bidding", "网络竞价", "Net bidding"
    PUBLIC_LEASE = "public_lease", "公开招租", "Public lease"
    DIRECT = "direct", "直接发包（不招标）", "Direct award"


class EvaluationMethod(Code):
    """How bids are compared."""

    LOWEST_EVALUATED_PRICE = "lowest_evaluated_price", "经评审的最低投标价法", "Lowest evaluated price"
    COMPREHENSIVE = "comprehensive", "综合评估法", "Comprehensive evaluation"
    HIGHEST_PRICE = "highest_price", "最高报价法（资产处置）", "Highest price (disposals)"


class PriceFormula(Code):
    """How the points of the price are computed in a comprehensive evaluation."""

    LOW_PRICE_FIRST = "low_price_first", "低价优先法", "Lowest price first"
    BENCHMARK_MEAN = "benchmark_mean", "平均价下浮基准法", "Benchmark: mean less a coefficient"
    HIGHEST_PRICE = "highest_price", "高价优先法（资产处置）", "Highest price first (disposals)"


class InquiryKind(Code):
    """What the committee asks one bidder in writing."""

    CLARIFICATION = "clarification", "澄清函", "Clarification letter"
    LOW_PRICE = "low_price", "异常低价说明通知", "Inquiry into a low price"
    CORRECTION = "correction", "算术性修正确认通知", "Correction of arithmetic"


class Severity(Code):
    """What a failed condition does."""

    BLOCK = "B", "阻断", "Block"
    RED = "R", "红色预警", "Red alarm"
    AMBER = "A", "黄色预警", "Amber alarm"
    INFORMATION = "I", "记录", "Information"


class Urgency(Code):
    """How near what is due has come."""

    AHEAD = "ahead", "未到期", "Ahead"
    NEAR = "near", "临近到期", "Near"
    OVERDUE = "overdue", "已逾期", "Overdue"


class Answer(Code):
    """What a condition says of a case; unknown is never passed."""

    PASSED = "passed", "符合", "Passed"
    FAILED = "failed", "不符合", "Failed"
    UNKNOWN = "unknown", "无法判断", "Unknown"
    NOT_APPLICABLE = "not_applicable", "不适用", "Not applicable"


class Mark(Code):
    """How far the source of a rule or number was checked."""

    CHECKED = "checked", "条文已核对", "Checked"
    TO_BE_VERIFIED = "to be verified", "来源待核实", "Source to be verified"
    COUNTY_RULE = "county rule", "本县规定", "County rule"


class ScanAnswer(Code):
    """What the owner answers to a hit of the fair-competition scan (R03.C2)."""

    CHANGED = "changed", "已修改", "Changed"
    JUSTIFIED = "justified", "有正当理由，予以保留", "Kept, with a reason"


class FilingAnswer(Code):
    """The supervisor's closed list of answers to a filing (rulebook 0.8)."""

    NO_ISSUE = "no_issue", "未发现问题", "No issue found"
    RECTIFY = "rectify", "需整改", "To be rectified"
    RETURNED_INCOMPLETE = "returned_incomplete", "退回（材料不完整）", "Returned: papers incomplete"
    RETURNED_NOT_OURS = "returned_not_ours", "退回（不属于本部门监管）", "Returned: not under this body"


class EntryRefusal(Code):
    """The only reasons for which entry may be refused (R01.C4)."""

    NOT_APPROVED = "not_approved", "需审批核准而未获审批核准", "Approval required and not obtained"
    TITLE_DISPUTED = "title_disputed", "权属有争议或不明", "Title disputed or unclear"
    RESTRICTED = "restricted", "被依法采取限制措施", "Under a legal restriction"
    FORBIDDEN = "forbidden", "法律法规禁止交易", "Trade forbidden by law"


class ObjectionTarget(Code):
    """What an objection is about."""

    DOCUMENTS = "documents", "招标文件", "Tender documents"
    OPENING = "opening", "开标", "Opening"
    RESULT = "result", "评标结果", "Result"


class ChallengeTarget(Code):
    """What a supplier asks about or challenges in a procurement."""

    INQUIRY = "inquiry", "询问", "Inquiry"
    DOCUMENTS = "documents", "对采购文件的质疑", "Challenge to the documents"
    PROCESS = "process", "对采购过程的质疑", "Challenge to the process"
    RESULT = "result", "对采购结果的质疑", "Challenge to the result"


class SuspensionGround(Code):
    """The grounds of suspension (R16.C7)."""

    OBJECTION = "objection", "异议未答复", "Objection not yet answered"
    COMPLAINT = "complaint", "投诉处理中被责令暂停", "Ordered while a complaint is handled"
    SYSTEM_FAILURE = "system_failure", "系统故障且无法替代", "System failure without fallback"
    FORCE_MAJEURE = "force_majeure", "不可抗力", "Force majeure"
    TITLE_DISPUTE = "title_dispute", "权属发生争议", "Dispute over title"
    ORDER = "order", "监管机构依法责令", "Supervisor's order"


class TerminationGround(Code):
    """The grounds on which a trade may be ended (R16.C6, C8)."""

    OWNER_CAUSE = "owner_cause", "项目单位有正当理由终止招标", "Owner ends the tender for cause"
    NO_RIGHT = "no_right", "无权处分（法院、仲裁或主管机关认定）", "No right to dispose"
    OBJECT_LOST = "object_lost", "交易标的灭失", "Object lost"
    OWNER_IDLE = "owner_idle", "登记后逾期未推进经催告仍不履行", "Owner idle after a reminder"


class FailureGround(Code):
    """The grounds on which a tender fails (R16.C1, C5)."""

    FEW_BIDDERS = "few_bidders", "投标人少于三个", "Fewer than three bidders"
    FEW_PREQUALIFIED = "few_prequalified", "通过资格预审的申请人少于三个", "Fewer than three passed the prequalification"
    ALL_REJECTED = "all_rejected", "所有投标被否决", "All bids rejected"
    NO_COMPETITION = "no_competition", "有效投标不足三个且明显缺乏竞争", "Clearly no competition"
    UNLAWFUL_DOCUMENTS = "unlawful_documents", "招标文件违反强制性规定", "Documents break a mandatory rule"
    NO_ENTRANT = "no_entrant", "无人报名或者无人具备竞买资格", "Nobody was let into the bidding"
    NO_DEAL = "no_deal", "无人报价或者最高报价低于底价", "No offer, or the highest below the reserve"
    BUYER_WITHDREW = "buyer_withdrew", "买受人拒绝签署成交确认书或者成交无效", "The buyer did not sign, or the deal is void"
    NO_CANDIDATE_LEFT = "no_candidate_left", "中标候选人均不符合中标条件", "No candidate can be awarded"
    ILLEGALITY = "illegality", "出现影响采购公正的违法违规行为", "Illegality that touches fairness"
    OVER_BUDGET = "over_budget", "报价超过采购预算，采购人不能支付", "The offers are above the budget of the procurement"
    TASK_CANCELLED = "task_cancelled", "因重大变故，采购任务取消", "A major change cancelled the procurement"
    METHOD_GROUND_GONE = "method_ground_gone", "不再符合所用采购方式的适用情形", "The ground of the method is gone"


class FinanceLevel(Code):
    """Which finance department approved."""

    PREFECTURE = "prefecture", "设区的市、自治州以上财政部门", "Finance department of the prefecture or above"
    COUNTY = "county", "县级财政部门", "County finance department"
    NONE = "none", "未经批准", "Not approved"


class AlarmAge(Code):
    """How long an alarm has stood, in days."""

    WEEK = "week", "七日以内", "Up to seven days"
    MONTH = "month", "八日至三十日", "Eight to thirty days"
    OLDER = "older", "三十日以上", "More than thirty days"


class AlarmGrouping(Code):
    """What the board of alarms is grouped by."""

    AGE = "age", "发生时间", "Age"
    RULE = "rule", "制度", "Rule"
    CONDITION = "condition", "制度条件", "Condition"
    UNIT = "unit", "责任单位", "Unit responsible"


class AlarmOrder(Code):
    """In which order the board tells of alarms."""

    OLDEST = "oldest", "最早的在前", "Oldest first"
    NEWEST = "newest", "最新的在前", "Newest first"
    GRAVEST = "gravest", "级别高的在前", "Gravest first"


class ComplaintRefusal(Code):
    """The closed list of grounds on which a complaint is not admitted (R18.C4)."""

    NO_INTEREST = "no_interest", "投诉人不是所投诉活动的参与者，或者与投诉项目无利害关系", "No participant, no interest"
    NOT_CONCRETE = "not_concrete", "投诉事项不具体，且未提供有效线索，难以查证", "Not concrete and no clue"
    UNSIGNED = "unsigned", "未署真实姓名、签字和有效联系方式（法人未签字并盖章）", "No real name, signature or contact"
    LATE = "late", "超过投诉时效", "Out of time"
    DECIDED = "decided", "已经作出处理决定，且没有提出新的证据", "Already decided, no new evidence"
    NO_OBJECTION = "no_objection", "应当先提出异议而未提出，或者已进入复议、诉讼程序", "No prior objection, or in court"


class ComplaintOutcome(Code):
    """How a complaint is decided."""

    UPHELD = "upheld", "投诉成立", "Upheld"
    REJECTED = "rejected", "缺乏事实根据或者法律依据，驳回投诉", "Unfounded: rejected"
    FABRICATED = "fabricated", "捏造事实、伪造材料，驳回投诉", "Fabricated: rejected"


class OrderClosing(Code):
    """How a supervision order ends."""

    DONE = "done", "已整改到位", "Put right"
    UNFOUNDED = "unfounded", "经核实不存在问题", "Nothing was wrong"
    TRANSFERRED = "transferred", "移送有权机关处理", "Passed on to the competent body"


class AppraisalMeasure(Code):
    """What an appraisal of an expert leads to (R18.C12)."""

    WARNING = "warning", "警告", "Warning"
    SUSPENDED = "suspended", "暂停评标资格", "Suspended"
    REMOVED = "removed", "取消评标资格", "Removed from the pool"


class CreditEnding(Code):
    """Why an entry of the credit record ends before its time."""

    REPAIRED = "repaired", "信用修复", "Repaired"
    CORRECTED = "corrected", "记录有误，予以更正", "Entered in error: corrected"
    REVOKED = "revoked", "原决定被撤销或者变更", "The decision was revoked"


class EntrantRefusal(Code):
    """The only grounds on which somebody is not let into the bidding for a disposal."""

    CONDITIONS = "conditions", "不符合公告载明的竞买人条件", "The conditions of the notice are not met"
    PAPERS = "papers", "申请材料不齐，经通知仍未补齐", "Papers missing, and not brought when asked"
    RELATED = "related", "与转让方、代理机构存在法律禁止的关系", "A relation to seller or agency that bars him"
    BARRED = "barred", "在禁止参加交易的期限内", "Barred from trading"
    UNPAID = "unpaid", "保证金未在截止前足额到账", "The deposit did not arrive whole and in time"


class SupplierSource(Code):
    """Where the list comes from, out of which the suppliers of an invited procurement are drawn (D87 14)."""

    PREQUALIFICATION = "prequalification", "资格预审合格的供应商", "Those who passed a prequalification"
    REGISTER = "register", "省级以上财政部门建立的供应商库", "The suppliers' register of the finance department"
    RECOMMENDED = "recommended", "采购人书面推荐", "Recommended by the buyer in writing"


class ForeRound(Code):
    """What goes before the tender notice."""

    PREQUALIFICATION = "prequalification", "资格预审", "Prequalification"
    FIRST_STAGE = "first_stage", "第一阶段（技术建议）", "First stage: technical proposals"


class NoticeKind(Code):
    """What is published."""

    PREQUALIFICATION = "prequalification", "资格预审公告", "Prequalification notice"
    FIRST_STAGE = "first_stage", "第一阶段招标公告", "Notice of the first stage"

    SOLE_SOURCE = "sole_source", "单一来源采购公示", "Notice of a sole source"
    EXCEPTION = "exception", "例外交易方式理由公示", "Reasons of an exceptional method"
    TENDER = "tender", "招标公告", "Tender notice"
    PROCUREMENT = "procurement", "采购公告", "Procurement notice"
    SALE = "sale", "处置公告", "Notice of sale, letting or grant"
    DEAL = "deal", "成交公告", "Notice of the deal"
    CLARIFICATION = "clarification", "澄清与修改公告", "Clarification"
    SUSPENSION = "suspension", "中止公告", "Suspension"
    RESUMPTION = "resumption", "恢复公告", "Resumption"
    OPENING = "opening", "开标记录", "Opening record"
    CANDIDATES = "candidates", "中标候选人公示", "Candidates"
    RESULT = "result", "中标结果公告", "Award result"
    FAILURE = "failure", "流标公告", "Failure"
    TERMINATION = "termination", "终止公告", "Termination"
    CONTRACT = "contract", "合同公告", "Contract"
    CHANGE = "change", "合同变更公告", "Contract change"
    COMPLAINT = "complaint", "投诉处理决定公告", "Decision on a complaint"


class DocumentKind(Code):
    """What an uploaded file is."""

    APPROVAL = "approval", "立项批复文件", "Project approval"
    FUNDS = "funds", "资金落实证明", "Proof of funds"
    PREQUALIFICATION = "prequalification", "资格预审文件", "Prequalification documents"
    FIRST_STAGE = "first_stage", "第一阶段招标文件", "Documents of the first stage"
    TENDER_DOCUMENT = "tender_document", "招标文件", "Tender documents"
    DRAWINGS = "drawings", "图纸与工程量清单", "Drawings and bill of quantities"
    CONTRACT_DRAFT = "contract_draft", "合同草案", "Draft contract"
    CONTRACT = "contract", "合同文本", "Contract"
    ACCEPTANCE = "acceptance", "竣工验收文件", "Acceptance record"
    IDENTITY = "identity", "主体证照", "Identity papers"
    EVIDENCE = "evidence", "证据材料", "Evidence"
    DISPOSAL_APPROVAL = "disposal_approval", "处置（出让）批准文件", "Approval of the disposal"
    VALUATION = "valuation", "评估报告", "Valuation report"
    DECISION = "decision", "集体决策记录", "Minutes of the collective decision"
    VOTE = "vote", "成员（代表）会议决议", "Resolution of the members or delegates"
    PLANNING_CONDITIONS = "planning_conditions", "规划条件", "Planning conditions"
    TITLE = "title", "权属证明", "Title certificate"
    NEEDS = "needs", "采购需求与需求调查记录", "Needs and their survey"
    STATEMENT = "statement", "论证意见", "Statement of experts"
    OTHER = "other", "其他", "Other"


class BondForm(Code):
    """In which form a bid bond is given."""

    TRANSFER = "transfer", "银行转账", "Bank transfer"
    GUARANTEE = "guarantee", "银行保函", "Bank guarantee"
    INSURANCE = "insurance", "保证保险", "Surety insurance"


class Movement(Code):
    """What moves on the virtual sub-account of a lot; see ``models/deposit.py`` for the signs."""

    RECEIVED = "received", "存入", "Received"
    INTEREST = "interest", "计入利息", "Interest credited"
    REFUNDED = "refunded", "退还本金", "Principal refunded"
    INTEREST_PAID = "interest_paid", "退付利息", "Interest paid out"
    FORFEITED = "forfeited", "不予退还转出", "Forfeited"
    TRANSFERRED = "transferred", "转作定金或者价款", "Turned into earnest money or price"


class DepositUse(Code):
    """What the winner's deposit becomes in a disposal (R09.C12, C13)."""

    EARNEST = "earnest", "定金", "Earnest money"
    PRICE = "price", "成交价款", "Part of the price"


class Receiver(Code):
    """Who gets a deposit that does not go back to its payer."""

    OWNER = "owner", "项目单位", "The owner"
    TREASURY = "treasury", "同级国库", "The treasury"
    COLLECTIVE = "collective", "农村集体经济组织", "The village collective"


class Specialty(Code):
    """Specialties of works experts, by name; all of the classification: experts/specialties.toml."""

    HOUSING = "A0101", "房屋建筑工程施工", "Building construction"
    MUNICIPAL = "A0102", "市政公用工程施工", "Municipal works"
    HIGHWAY = "A0103", "公路工程施工", "Highway works"
    WATER = "A0104", "水利水电工程施工", "Water works"
    LANDSCAPE = "A0105", "园林绿化工程施工", "Landscaping"
    COST = "A0201", "工程造价", "Construction cost"
    SUPERVISION = "A0202", "工程监理", "Works supervision"
    ECONOMICS = "A0301", "工程经济", "Engineering economics"


class Pool(Code):
    """From which list an expert comes: the pool of record is provincial (R11, 0.7)."""

    PROVINCIAL = "provincial", "省级评标专家库", "Provincial pool"
    COUNTY = "county", "县级专家名录", "County list"


class TitleLevel(Code):
    """The professional level that an applicant declares (ZTB 37)."""

    SENIOR = "senior", "高级职称", "Senior title"
    EQUAL = "equal", "同等专业水平", "Equal professional level"
    BELOW = "below", "尚不具备", "Neither"


class PoolAct(Code):
    """What may be decided about an expert of the pool."""

    SUSPEND = "suspend", "暂停参加评标", "Suspended"
    RESTORE = "restore", "恢复参加评标", "Restored"
    REMOVE = "remove", "移出专家名录", "Removed"


class SheetSide(Code):
    """Who fills a sheet about each expert after an evaluation."""

    OWNER = "owner", "项目单位或者代理机构", "Owner or agency"
    CENTRE = "centre", "交易中心", "Trading centre"
    SUPERVISOR = "supervisor", "监管机构", "Supervisor"


class District(Code):
    """Townships of the county (division codes below 422823)."""

    XINLING = "422823100", "信陵镇", "Xinling"
    DONGRANGKOU = "422823101", "东瀼口镇", "Dongrangkou"
    YANDUHE = "422823102", "沿渡河镇", "Yanduhe"
    GUANDUKOU = "422823103", "官渡口镇", "Guandukou"
    CHADIANZI = "422823104", "茶店子镇", "Chadianzi"
    LVCONGPO = "422823105", "绿葱坡镇", "Lvcongpo"
    DAZHIPING = "422823106", "大支坪镇", "Dazhiping"
    YESANGUAN = "422823107", "野三关镇", "Yesanguan"
    QINGTAIPING = "422823108", "清太坪镇", "Qingtaiping"
    SHUIBUYA = "422823109", "水布垭镇", "Shuibuya"
    XIGUPING = "422823200", "溪丘湾乡", "Xiqiuwan"
    JINGUOPING = "422823201", "金果坪乡", "Jinguoping"
