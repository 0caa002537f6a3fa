"""What the documents of a procurement are asked 采购文件表单: for tenders, negotiation, consultation and inquiry."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l

from trading.codelists import EvaluationMethod
from trading.phases.filing.schemas import FactorRow
from trading.web import fields as f


class PurchaseTermsSchema(f.StepSchema):
    """What the procurement documents say, and the documents."""

    headings: ClassVar[dict[str, Any]] = {
        "budget": _l("价格与担保"), "qualification": _l("资格与履约"), "evaluation_method": _l("评审与成交"),
        "sme_deduction_percent": _l("政府采购政策"), "payment_days": _l("付款与质疑"),
        "competition_reviewer": _l("公平竞争审查"), "tender_document": _l("文件"),
    }  # fmt: skip
    budget = f.money(_l("经批准的采购包预算（元）"), hint=_l("不得超过批准的采购预算"))
    ceiling = f.money(_l("最高限价（元）"), required=False, hint=_l("不得超过采购预算"))
    minimum_price = f.money(_l("最低限价（元）"), required=False, hint=_l("法律禁止规定最低限价，请留空"))
    base_prices = f.whole(_l("标底个数"), least=0, most=9, hint=_l("不设标底的填 0"))
    bond = f.money(_l("投标（响应）保证金（元）"), required=False, least="0", hint=_l("不得超过采购预算金额的 2%"))
    performance_bond_percent = f.number(_l("履约保证金比例（%）"), hint=_l("不得超过合同金额的 10%"))
    bid_validity_days = f.whole(_l("投标（响应）有效期（日历天）"), least=1, most=730)
    qualification = f.prose(
        _l("供应商资格要求"),
        maxlength=2000,
        hint=_l("不得以注册资本、营业收入、从业人员、利润、纳税额等规模条件为要求"),
    )
    consortium_allowed = f.yes(_l("是否接受联合体"))
    duration_days = f.whole(_l("交付期或者服务期（日历天）"), least=1, most=3650)
    quality = f.text(_l("质量与验收标准"), maxlength=60)
    place = f.text(_l("交付或者服务地点"), maxlength=120)
    evaluation_method = f.code(
        _l("评审方法"), EvaluationMethod,
        only=(EvaluationMethod.LOWEST_EVALUATED_PRICE, EvaluationMethod.COMPREHENSIVE),
        hint=_l("谈判、询价采用最低价；磋商采用综合评分；标准统一的货物、服务招标采用最低评标价"),
    )  # fmt: skip
    factors = f.rows(
        _l("综合评分的评审因素"), FactorRow, required=False, most=30,
        hint=_l("分值合计应为 100；价格分权重货物不低于 30%，服务不低于 10%；采用最低价的留空"),
    )  # fmt: skip
    candidates_count = f.whole(_l("推荐中标（成交）候选人数"), least=1, most=3)
    two_envelopes = f.yes(
        _l("技术标与商务标是否分装两个信封"), required=False,
        hint=_l("分装的，先开启技术标，商务标另行开启；不分装的留空"),
    )  # fmt: skip
    rejection_clauses = f.prose(_l("投标（响应）无效的情形"), hint=_l("应当集中列明"))
    sme_deduction_percent = f.number(_l("小微企业价格扣除比例（%）"), hint=_l("货物、服务 10% 至 20%，工程 3% 至 5%"))
    domestic_deduction_percent = f.number(
        _l("本国产品价格扣除比例（%）"), required=False, hint=_l("有本国产品与非本国产品竞争的填写")
    )
    low_price_percent = f.number(
        _l("异常低价判定比例（%）"), required=False,
        hint=_l("可以高于规定的比例，但不超过 65%；留空的，按规定的比例"),
    )  # fmt: skip
    payment_days = f.whole(_l("付款期限（验收后天数）"), least=1, most=365)
    payment_terms = f.prose(_l("付款方式"), required=False, maxlength=1000)
    objection_contact = f.text(_l("询问、质疑受理人及联系方式"), maxlength=120)
    competition_reviewer = f.text(_l("公平竞争审查人"), maxlength=60)
    competition_reviewed_on = f.day(_l("公平竞争审查日期"))
    competition_verdict = f.text(_l("公平竞争审查结论"), maxlength=200)
    object_clear = f.yes(_l("采购标的是否无权属争议、未被依法限制"))
    tender_document = f.uploads(_l("采购文件"), required=True)
    drawings = f.uploads(_l("清单与技术附件"))
    contract_draft = f.uploads(_l("合同草案"), required=True)
