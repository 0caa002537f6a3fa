"""Where a lot stands, who acts, and on which closed grounds it stops 流程状态与事由."""

from __future__ import annotations

from trading.codelists.code import Code


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
    FEW_PREQUALIFIED = "few_prequalified", "通过资格预审的申请人少于三个", "Fewer than three prequalified"
    ALL_REJECTED = "all_rejected", "所有投标被否决", "All bids rejected"
    NO_COMPETITION = "no_competition", "有效投标不足三个且明显缺乏竞争", "Clearly no competition"
    UNLAWFUL_DOCUMENTS = "unlawful_documents", "招标文件违反强制性规定", "Documents break a mandatory rule"
    NO_ENTRANT = "no_entrant", "无人报名或者无人具备竞买资格", "Nobody was let into the bidding"
    NO_DEAL = "no_deal", "无人报价或者最高报价低于底价", "No offer, or the highest below the reserve"
    BUYER_WITHDREW = "buyer_withdrew", "买受人拒绝签署成交确认书或者成交无效", "The buyer did not sign, or it is void"
    NO_CANDIDATE_LEFT = "no_candidate_left", "中标候选人均不符合中标条件", "No candidate can be awarded"
    ILLEGALITY = "illegality", "出现影响采购公正的违法违规行为", "Illegality that touches fairness"
    OVER_BUDGET = "over_budget", "报价超过采购预算，采购人不能支付", "The offers are above the budget"
    TASK_CANCELLED = "task_cancelled", "因重大变故，采购任务取消", "A major change cancelled the procurement"
    METHOD_GROUND_GONE = "method_ground_gone", "不再符合所用采购方式的适用情形", "The ground of the method is gone"


class FinanceLevel(Code):
    """Which finance department approved."""

    PREFECTURE = "prefecture", "设区的市、自治州以上财政部门", "Finance department of the prefecture or above"
    COUNTY = "county", "县级财政部门", "County finance department"
    NONE = "none", "未经批准", "Not approved"


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
