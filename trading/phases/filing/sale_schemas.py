"""What the plan of a disposal is asked 处置方案表单: for live bidding, and for bids in envelopes."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, validates_schema

from trading.codelists import EvaluationMethod, PriceFormula
from trading.phases.filing.schemas import FactorRow
from trading.web import fields as f


class SaleSchema(f.StepSchema):
    """The terms on which something is sold, let or granted in live bidding, and their documents."""

    headings: ClassVar[dict[str, Any]] = {
        "description": _l("标的"), "starting_price": _l("价格"), "deposit": _l("保证金与竞买人"),
        "payment_days": _l("付款与异议"), "competition_reviewer": _l("公平竞争审查"), "tender_document": _l("文件"),
    }  # fmt: skip
    description = f.prose(_l("标的说明"), maxlength=4000, hint=_l("位置、面积、用途、现状、瑕疵和权利负担"))
    a_year = f.yes(_l("是否按年计价（出租、发包）"))
    lease_from = f.day(_l("租赁（承包）起始日"), required=False, hint=_l("按年计价的填写"))
    lease_until = f.day(_l("租赁（承包）终止日的次日"), required=False)
    starting_price = f.money(_l("起始价（元；按年计价的为每年）"))
    increment = f.money(_l("增价幅度（元）"))
    has_reserve = f.yes(_l("是否设底价（保留价）"), hint=_l("底价另行密封，起始价不高于底价；不设的应当在公告中说明"))
    price_consent = f.text(
        _l("低价再次转让的书面同意文号"), required=False, maxlength=80,
        hint=_l("国有资产再次公告的价格低于评估结果 90% 的填写"),
    )  # fmt: skip
    begun_anew = f.yes(_l("是否已重新审计、评估"), required=False, hint=_l("首次披露满十二个月未成交的国有资产填写"))
    deposit = f.money(_l("竞买保证金（元）"), required=False, least="0")
    qualification = f.prose(_l("竞买人条件"), maxlength=2000, hint=_l("没有法律依据不得限制竞买人"))
    consortium_allowed = f.yes(_l("是否接受联合竞买"))
    priority = f.text(
        _l("优先购买（承租）权人"), required=False, maxlength=500, hint=_l("有的写明权利人和依据；同等条件下优先")
    )
    payment_days = f.whole(_l("价款付清期限（签约后天数）"), least=1, most=1825)
    payment_terms = f.prose(_l("付款方式"), required=False, maxlength=1000)
    objection_contact = f.text(_l("异议受理人及联系方式"), maxlength=120)
    object_clear = f.yes(_l("标的是否无权属争议、未被依法限制"))
    competition_reviewer = f.text(_l("公平竞争审查人"), maxlength=60)
    competition_reviewed_on = f.day(_l("公平竞争审查日期"))
    competition_verdict = f.text(_l("公平竞争审查结论"), maxlength=200)
    tender_document = f.uploads(_l("交易文件"), required=True)
    contract_draft = f.uploads(_l("合同草案"), required=True)

    @validates_schema
    def the_lease_has_a_term(self, data: dict[str, Any], **_more: Any) -> None:
        """What is offered for by the year has a first day and an end after it."""
        since, until = data.get("lease_from"), data.get("lease_until")
        if data.get("a_year") and (since is None or until is None):
            raise ValidationError({"lease_from": [_l("按年计价的，请填写租赁（承包）的起始日和终止日")]})
        if since is not None and until is not None and until <= since:
            raise ValidationError({"lease_until": [_l("终止日应当在起始日之后")]})


class SaleByBidsSchema(SaleSchema):
    """The same where bids in envelopes are evaluated: also how."""

    headings: ClassVar[dict[str, Any]] = SaleSchema.headings | {"evaluation_method": _l("评标与定标")}
    evaluation_method = f.code(
        _l("评标办法"), EvaluationMethod, only=(EvaluationMethod.COMPREHENSIVE, EvaluationMethod.HIGHEST_PRICE)
    )
    factors = f.rows(
        _l("综合评估法的评审因素"), FactorRow, required=False, most=30,
        hint=_l("分值合计应为 100；采用最高报价法的留空"),
    )  # fmt: skip
    price_formula = f.code(
        _l("价格分计算公式"), PriceFormula, required=False, only=(PriceFormula.HIGHEST_PRICE,),
        hint=_l("采用综合评估法的填写"),
    )  # fmt: skip
    two_envelopes = f.yes(_l("是否分技术标与商务标两个信封"), required=False)
    duration_days = f.whole(_l("交付期（日历天）"), least=1, most=3650)
    performance_bond_percent = f.number(_l("履约保证金比例（%）"))
    bid_validity_days = f.whole(_l("投标有效期（日历天）"), least=1, most=730)
    candidates_count = f.whole(_l("推荐中标候选人数"), least=1, most=3)
    rejection_clauses = f.prose(_l("否决投标的条款"), hint=_l("应当集中列明"))
