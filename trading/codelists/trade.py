"""What is traded, by which way, and how it is judged 交易对象与方式."""

from __future__ import annotations

from trading.codelists.code import Code


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
