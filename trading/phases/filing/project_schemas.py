"""What is asked of a new project 项目登记表单: one form a type, of which only its own questions are asked."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, validates_schema

from trading.codelists import Category, District, Method, ProjectType
from trading.methods.profiles import PROFILES
from trading.web import fields as f


def type_field(project_type: ProjectType) -> f.CodeField:
    """The type of the project, which the page sends along."""
    return f.code(_l("项目类型"), ProjectType, only=(project_type,), kind="hidden")


def category_field(project_type: ProjectType) -> f.CodeField:
    """The categories that a lot of this type has."""
    return f.code(_l("类别"), Category, only=PROFILES[project_type].categories)


def method_field(project_type: ProjectType) -> f.CodeField:
    """The method of the approved plan, among those of the type."""
    methods = PROFILES[project_type].methods
    return f.code(_l("批准的交易方式"), Method, only=methods, hint=_l("以批准的方案载明的方式为准"))


class LotRow(f.StepSchema):
    """One lot of a new works project."""

    title = f.text(_l("标段名称"))
    category = category_field(ProjectType.WORKS)
    estimate = f.money(_l("合同估算价（元）"))
    scope = f.text(_l("招标范围"), maxlength=1000)


class PackageRow(f.StepSchema):
    """One package of a procurement."""

    title = f.text(_l("采购包名称"))
    category = category_field(ProjectType.GPN)
    estimate = f.money(_l("采购预算（元）"))
    scope = f.text(_l("采购内容"), maxlength=1000)


class TenderedPackageRow(PackageRow):
    """One package of a procurement by tender: goods or services."""

    category = category_field(ProjectType.GP)


def object_row(project_type: ProjectType) -> type[f.StepSchema]:
    """The rows of the things that a project of this type disposes of."""

    class ObjectRow(f.StepSchema):
        """One thing that is disposed of, let or granted."""

        title = f.text(_l("标的名称"))
        category = category_field(project_type)
        estimate = f.money(_l("评估价（元；出租、发包的为年租金）"))
        scope = f.text(_l("标的情况"), maxlength=1000)

    return ObjectRow


class EnteredSchema(f.StepSchema):
    """What every project is asked."""

    name = f.text(_l("项目名称"), maxlength=120)
    district = f.code(_l("项目所在乡镇"), District)
    description = f.prose(_l("项目概况"), required=False)


class ProjectSchema(EnteredSchema):
    """A new works project with its lots."""

    headings: ClassVar[dict[str, Any]] = {
        "name": _l("项目"), "investment_code": _l("立项"), "estimate_total": _l("资金"), "lots": _l("划分的标段"),
    }  # fmt: skip
    type = type_field(ProjectType.WORKS)
    investment_code = f.text(
        _l("投资项目在线审批监管平台项目代码"), maxlength=40, required=False, hint=_l("形如 2026-422823-48-01-123456")
    )
    approval_number = f.text(_l("立项批复文号"), maxlength=80)
    approval_organ = f.text(_l("批复机关"), maxlength=80)
    approval_date = f.day(_l("批复日期"))
    estimate_total = f.money(_l("批准的概算总额（元）"))
    state_controlled = f.yes(_l("国有资金是否占控股或者主导地位"))
    public_share = f.number(_l("使用预算资金占投资额的比例（%）"))
    funding_source = f.text(_l("资金来源"), maxlength=500)
    funds_in_place = f.yes(_l("资金或者资金来源是否已经落实"))
    contractor_prefinancing = f.yes(_l("是否要求施工单位垫资建设"))
    lots = f.rows(_l("标段"), LotRow, most=20, blank=2)


class ProcurementSchema(EnteredSchema):
    """A new government procurement otherwise than by tender, with its packages."""

    headings: ClassVar[dict[str, Any]] = {
        "name": _l("项目"), "plan_number": _l("采购计划与预算"), "demand_clear": _l("采购需求"),
        "lots": _l("划分的采购包"),
    }  # fmt: skip
    type = type_field(ProjectType.GPN)
    plan_number = f.text(_l("采购实施计划编号"), maxlength=60)
    plan_filed_on = f.day(
        _l("采购实施计划备案日期"), hint=_l("采购活动开始前报本级财政部门备案（政府采购法实施条例第二十九条）")
    )
    approved_budget = f.money(_l("批准的采购预算（元）"), hint=_l("没有预算不得采购（政府采购法第三十三条）"))
    budget_item = f.text(_l("预算项目名称或者编码"), maxlength=120)
    budget_changed = f.yes(_l("本年度该预算项目是否经批准调整过"))
    intention_published_on = f.day(
        _l("采购意向公开日期"), required=False, hint=_l("一般应当早于采购活动开始三十日公开")
    )
    funding_source = f.text(_l("资金来源"), maxlength=500)
    demand_clear = f.yes(_l("采购需求是否完整、明确"))
    needs_survey_on = f.day(_l("需求调查日期"), required=False)
    standard_goods = f.yes(
        _l("技术、服务等标准是否统一"), hint=_l("标准统一的货物、服务应当采用最低评标价法（实施条例第三十四条）")
    )
    price_fixed_by_state = f.yes(_l("是否执行国家统一定价标准"))
    imported = f.yes(_l("是否采购进口产品"))
    domestic_competes = f.yes(_l("是否有本国产品与非本国产品竞争"))
    sme_reserved_percent = f.whole(_l("预留给中小企业的预算份额（%）"), required=False, least=0, most=100)
    lots = f.rows(_l("采购包"), PackageRow, most=20, blank=2)


class TenderedProcurementSchema(ProcurementSchema):
    """A new government procurement by tender."""

    type = type_field(ProjectType.GP)
    lots = f.rows(_l("采购包"), TenderedPackageRow, most=20, blank=2)


class DisposalSchema(EnteredSchema):
    """What every disposal is asked: who approved it, how it goes, what it is worth."""

    title_certificate = f.text(_l("权属证书编号"), required=False, maxlength=120)
    charges = f.prose(
        _l("抵押、出租等权利负担"), required=False, maxlength=1000, hint=_l("没有的留空；有的应当在公告中披露")
    )
    needs_valuation = f.yes(_l("依法是否应当评估"), required=False)
    valuer = f.text(_l("评估机构"), required=False, maxlength=120)
    valuation_base = f.day(_l("评估基准日"), required=False, hint=_l("评估结果自基准日起一年内有效"))

    @validates_schema
    def the_valuation_is_whole(self, data: dict[str, Any], **_more: Any) -> None:
        """Where something is valued, by whom and on which day is said."""
        if data.get("valuation_base") and not data.get("valuer"):
            raise ValidationError({"valuer": [_l("填写了评估基准日的，请填写评估机构")]})


class LandSchema(DisposalSchema):
    """A new grant of land-use rights."""

    headings: ClassVar[dict[str, Any]] = {
        "name": _l("项目"), "title_certificate": _l("权属"), "needs_valuation": _l("地价评估"),
        "approval_number": _l("出让方案"), "land_use": _l("规划条件"), "lots": _l("出让的宗地"),
    }  # fmt: skip
    type = type_field(ProjectType.LAND)
    approval_number = f.text(
        _l("出让方案批准文号"), maxlength=80, hint=_l("由市、县人民政府批准（土地管理法实施条例第十八条）")
    )
    approval_organ = f.text(_l("批准的人民政府"), maxlength=80)
    approval_date = f.day(_l("批准日期"))
    method = method_field(ProjectType.LAND)
    decided_on = f.day(_l("底价、保证金集体决策日期"), required=False)
    least_price = f.money(_l("最低价标准（元）"), required=False, hint=_l("工业用地不得低于国家最低价标准"))
    land_use = f.text(_l("土地用途"), maxlength=80)
    area = f.text(_l("面积（平方米）"), maxlength=40)
    plot_ratio = f.text(_l("容积率等规划指标"), maxlength=200)
    term_years = f.whole(_l("出让年限（年）"), least=1, most=70)
    lots = f.rows(_l("宗地"), object_row(ProjectType.LAND), most=20)


class StateAssetsSchema(DisposalSchema):
    """A new transfer of state-owned equity or assets."""

    headings: ClassVar[dict[str, Any]] = {
        "name": _l("项目"), "title_certificate": _l("权属"), "needs_valuation": _l("资产评估"),
        "approval_number": _l("决策与批准"), "lots": _l("转让的标的"),
    }  # fmt: skip
    type = type_field(ProjectType.SOE)
    approval_number = f.text(
        _l("转让决定文号"), maxlength=80, hint=_l("由履行出资人职责的机构决定（企业国有资产法第五十三条）")
    )
    approval_organ = f.text(_l("履行出资人职责的机构"), maxlength=80)
    approval_date = f.day(_l("决定日期"))
    method = method_field(ProjectType.SOE)
    decided_on = f.day(_l("企业内部决策日期"), required=False)
    valuation_filed = f.text(
        _l("评估核准或者备案文号"),
        required=False,
        maxlength=80,
        hint=_l("评估结果应当经核准或者备案（企业国有资产法第五十五条）"),
    )
    gives_up_control = f.yes(_l("是否转让全部国有资产或者丧失控股地位"))
    government_approval = f.text(
        _l("本级人民政府批准文号"), required=False, maxlength=80, hint=_l("转让全部或者丧失控股地位的填写")
    )
    lots = f.rows(_l("标的"), object_row(ProjectType.SOE), most=20)


class AdministrativeAssetsSchema(DisposalSchema):
    """A new disposal or letting of administrative assets."""

    headings: ClassVar[dict[str, Any]] = {
        "name": _l("项目"), "title_certificate": _l("权属"), "needs_valuation": _l("资产评估"),
        "approval_number": _l("决策与批准"), "lots": _l("处置的标的"),
    }  # fmt: skip
    type = type_field(ProjectType.ADMIN)
    approval_number = f.text(
        _l("处置批准文号"), maxlength=80, hint=_l("经集体决策并按权限批准（行政事业性国有资产管理条例第十九条）")
    )
    approval_organ = f.text(_l("批准机关"), maxlength=80)
    approval_date = f.day(_l("批准日期"))
    method = method_field(ProjectType.ADMIN)
    decided_on = f.day(_l("集体决策日期"), required=False)
    lots = f.rows(_l("标的"), object_row(ProjectType.ADMIN), most=20)


class OtherRightsSchema(DisposalSchema):
    """A new sale, letting or grant of another public resource."""

    headings: ClassVar[dict[str, Any]] = {
        "name": _l("项目"), "title_certificate": _l("权属"), "needs_valuation": _l("评估"),
        "approval_number": _l("决策与批准"), "lots": _l("交易的标的"),
    }  # fmt: skip
    type = type_field(ProjectType.OTHER)
    approval_number = f.text(_l("批准文号"), maxlength=80)
    approval_organ = f.text(_l("批准机关"), maxlength=80)
    approval_date = f.day(_l("批准日期"))
    method = method_field(ProjectType.OTHER)
    decided_on = f.day(_l("集体决策日期"), required=False)
    lots = f.rows(_l("标的"), object_row(ProjectType.OTHER), most=20)


class VillageAssetsSchema(DisposalSchema):
    """A new letting, contracting out or transfer of village assets."""

    headings: ClassVar[dict[str, Any]] = {
        "name": _l("项目"), "title_certificate": _l("权属"), "needs_valuation": _l("资产评估"),
        "method": _l("交易方式"), "by_delegates": _l("民主决策"), "land_to_outsiders": _l("土地"),
        "lots": _l("交易的标的"),
    }  # fmt: skip
    type = type_field(ProjectType.RURAL)
    valuation_published_on = f.day(
        _l("评估结果向成员公布日期"), required=False, hint=_l("公告前向成员公布不少于十五日（本县规定）")
    )
    method = method_field(ProjectType.RURAL)
    by_delegates = f.yes(_l("是否由成员代表大会表决"), hint=_l("“否”为成员大会表决"))
    entitled = f.whole(
        _l("应到人数"), least=1, most=100_000, hint=_l("成员大会填具有完全民事行为能力的成员数；代表大会填全体代表数")
    )
    attended = f.whole(_l("实到人数"), least=0, most=100_000)
    agreed = f.whole(
        _l("同意人数"),
        least=0,
        most=100_000,
        hint=_l("应当达到三分之二以上（农村集体经济组织法第二十七条、第二十八条）"),
    )
    reserve_agreed = f.whole(_l("同意起始价、底价的人数"), least=0, most=100_000)
    called_on = f.day(_l("会议通知日期"), hint=_l("应当提前十日通知"))
    met_on = f.day(_l("会议日期"))
    land_to_outsiders = f.yes(_l("是否将本集体土地发包给集体以外的单位或者个人"))
    township_approval = f.text(
        _l("乡镇人民政府批准文号"), required=False, maxlength=80, hint=_l("发包给集体以外的填写")
    )
    construction_land = f.yes(_l("是否集体经营性建设用地"))
    plan_filed_on = f.day(
        _l("出让、出租方案报县级人民政府日期"), required=False, hint=_l("集体经营性建设用地填写，公告十个工作日前报送")
    )
    government_objected = f.yes(_l("县级人民政府是否提出修改意见"), required=False)
    government_answered_on = f.day(_l("提出意见的日期"), required=False)
    lots = f.rows(_l("标的"), object_row(ProjectType.RURAL), most=20)

    @validates_schema
    def the_vote_counts(self, data: dict[str, Any], **_more: Any) -> None:
        """Nobody agrees who did not attend, nobody attends who is not entitled; called before met."""
        pairs = (("attended", "entitled"), ("agreed", "attended"), ("reserve_agreed", "attended"))
        wrong: dict[str, Any] = {
            less: [_l("人数前后不符：同意人数不超过实到人数，实到人数不超过应到人数")]
            for less, more in pairs
            if less in data and more in data and data[less] > data[more]
        }
        if "called_on" in data and "met_on" in data and data["called_on"] > data["met_on"]:
            wrong["met_on"] = [_l("会议日期不能早于通知日期")]
        if wrong:
            raise ValidationError(wrong)


PROJECT_SCHEMAS: dict[ProjectType, type[f.StepSchema]] = {
    ProjectType.WORKS: ProjectSchema,
    ProjectType.GP: TenderedProcurementSchema,
    ProjectType.GPN: ProcurementSchema,
    ProjectType.LAND: LandSchema,
    ProjectType.SOE: StateAssetsSchema,
    ProjectType.ADMIN: AdministrativeAssetsSchema,
    ProjectType.RURAL: VillageAssetsSchema,
    ProjectType.OTHER: OtherRightsSchema,
}
