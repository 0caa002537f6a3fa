"""What is asked in the filing phase 备案阶段表单."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from trading.codelists import (
    DocumentKind,
    EntryRefusal,
    EvaluationMethod,
    FilingAnswer,
    PriceFormula,
    ProjectType,
    ScanAnswer,
)
from trading.methods.comprehensive import FactorKind
from trading.methods.profiles import PROFILES
from trading.web import fields as f
from trading.web.exchange import language


class SubmitRegistrationSchema(f.StepSchema):
    """Handing a lot in for registration; the papers are those of its type."""


def paper_label(kind: DocumentKind) -> Any:
    """The kind of a paper in the reader's language."""
    return LazyString(lambda: kind.word(language()))


def registration_schema(project_type: ProjectType) -> type[f.StepSchema]:
    """The papers that the profile of the type wants with the registration, and those that its conditions want."""
    profile = PROFILES[project_type]
    wanted = {kind.value: f.uploads(paper_label(kind), required=True) for kind in profile.papers}
    further = {kind.value: f.uploads(paper_label(kind)) for kind in profile.further_papers}
    name = f"{project_type.value.title()}RegistrationSchema"
    return type(name, (SubmitRegistrationSchema,), {"__doc__": SubmitRegistrationSchema.__doc__, **wanted, **further})


REGISTRATION_SCHEMAS = {one: registration_schema(one) for one in ProjectType}


class RefuseRegistrationSchema(f.StepSchema):
    """Refusing entry: only for a listed reason, always in writing."""

    reason = f.code(_l("不予受理的理由"), EntryRefusal, hint=_l("除所列理由外，不得拒绝进场"))
    explanation = f.prose(_l("书面说明"))


class FactorRow(f.StepSchema):
    """One factor of a comprehensive evaluation."""

    code = f.text(_l("编号"), maxlength=12)
    title = f.text(_l("评审因素"), maxlength=60)
    kind = f.code(_l("类型"), FactorKind, kind="select")
    points = f.number(_l("分值"))
    intervals = f.text(_l("量化区间"), required=False, maxlength=300)


class TermsSchema(f.StepSchema):
    """What the tender documents say, and the documents."""

    headings: ClassVar[dict[str, Any]] = {
        "budget": _l("价格与担保"), "qualification": _l("资格与期限"), "evaluation_method": _l("评标与定标"),
        "payment_days": _l("付款与异议"), "standard_text": _l("公平竞争审查"), "tender_document": _l("文件"),
    }  # fmt: skip
    budget = f.money(_l("经批准的标段预算（元）"))
    ceiling = f.money(_l("最高投标限价（元）"), required=False)
    minimum_price = f.money(_l("最低投标限价（元）"), required=False, hint=_l("法律禁止规定最低投标限价，请留空"))
    base_prices = f.whole(
        _l("标底个数"), least=0, most=9, hint=_l("不设标底的填 0；标底最多一个，由招标人保密至开标，且只能作为评标参考")
    )
    bond = f.money(
        _l("投标保证金（元）"), required=False, least="0", hint=_l("不得超过估算价的 2%，施工不超过 80 万元")
    )
    performance_bond_percent = f.number(_l("履约保证金比例（%）"), hint=_l("不得超过中标合同金额的 10%"))
    bid_validity_days = f.whole(_l("投标有效期（日历天）"), least=1, most=730)
    qualification = f.prose(_l("投标人资格要求"), maxlength=2000)
    consortium_allowed = f.yes(_l("是否接受联合体投标"))
    duration_days = f.whole(
        _l("履行期限（日历天）"), least=1, most=3650, hint=_l("工程填工期，货物填交付期，服务填服务期")
    )
    quality = f.text(_l("质量标准"), maxlength=60)
    place = f.text(_l("建设地点"), maxlength=120)
    evaluation_method = f.code(_l("评标办法"), EvaluationMethod)
    factors = f.rows(
        _l("综合评估法的评审因素"),
        FactorRow,
        required=False,
        most=30,
        hint=_l("分值合计应为 100；采用经评审的最低投标价法的留空"),
    )
    price_formula = f.code(
        _l("价格分计算公式"),
        PriceFormula,
        required=False,
        hint=_l("采用综合评估法的填写，不填为低价优先法；平均价下浮基准法须本县开放后方可采用"),
    )
    benchmark_deltas = f.text(
        _l("公布的下浮系数（%）"),
        required=False,
        maxlength=100,
        hint=_l("用逗号分隔，如 0, 1, 2；开标时由平台公开抽取一个"),
    )
    benchmark_above = f.number(_l("每高于基准价 1% 扣分"), required=False)
    benchmark_below = f.number(_l("每低于基准价 1% 扣分"), required=False)
    sme_deduction_percent = f.number(_l("小微企业价格扣除比例（%）"), required=False, hint=_l("政府采购项目填写"))
    sme_bonus_percent = f.number(
        _l("小微企业价格分加分比例（%）"),
        required=False,
        hint=_l("适用招标投标法且未采用低价优先法计算价格分的工程填写"),
    )
    domestic_deduction_percent = f.number(_l("本国产品价格扣除比例（%）"), required=False)
    candidates_count = f.whole(_l("推荐中标候选人数"), least=1, most=3)
    rejection_clauses = f.prose(_l("否决投标的条款"), hint=_l("应当集中列明"))
    payment_days = f.whole(_l("付款期限（验收后天数）"), least=1, most=365)
    payment_terms = f.prose(_l("付款方式"), required=False, maxlength=1000)
    objection_contact = f.text(_l("异议受理人及联系方式"), maxlength=120)
    standard_text = f.yes(_l("是否使用国家标准招标文件文本"))
    competition_reviewer = f.text(_l("公平竞争审查人"), maxlength=60)
    competition_reviewed_on = f.day(_l("公平竞争审查日期"))
    competition_verdict = f.text(_l("公平竞争审查结论"), maxlength=200)
    object_clear = f.yes(_l("标的是否无权属争议、未被依法限制"))
    two_envelopes = f.yes(
        _l("技术标与商务标是否分装两个信封"),
        required=False,
        hint=_l("分装的，先开启技术标，商务标另行开启；不分装的留空"),
    )
    tender_document = f.uploads(_l("招标文件"), required=True)
    drawings = f.uploads(_l("图纸与工程量清单"))
    contract_draft = f.uploads(_l("合同草案"), required=True)


class AnswerScanSchema(f.StepSchema):
    """The owner's answer to a hit of the fair-competition scan."""

    answer = f.code(_l("答复"), ScanAnswer)
    reason = f.prose(
        _l("理由或者修改说明"), maxlength=1000, hint=_l("保留的，写明为何与项目需要相适应；修改的，写明改在何处")
    )


class AnswerFilingSchema(f.StepSchema):
    """The supervisor's answer, from the closed list."""

    answer = f.code(_l("备案答复"), FilingAnswer)
    reason = f.prose(_l("理由"), required=False, hint=_l("答复需整改或者退回的，必须说明理由"))
