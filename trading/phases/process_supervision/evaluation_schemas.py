"""What is asked in the evaluation 评标表单."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import lazy_gettext as _l

from trading.experts.committee import Opinion
from trading.methods.rejection import RejectionClause
from trading.web import fields as f

LARGEST = Decimal("100000000000")


class ReviewRow(f.StepSchema):
    """One bid in the sheet of a lowest-price evaluation."""

    bid = f.fixed(_l("投标人"))
    passed = f.yes(_l("技术评审是否通过"))
    reason = f.text(_l("理由"), required=False, maxlength=500)
    adjustment = f.number(_l("价格调整（元，可为负）"), required=False, least=str(-LARGEST), most=str(LARGEST))
    adjustment_reason = f.text(_l("调整依据"), required=False, maxlength=300)


class PointsRow(f.StepSchema):
    """One bid and factor in the sheet of a comprehensive evaluation."""

    bid = f.fixed(_l("投标人"))
    factor = f.fixed(_l("评审因素"), maxlength=12)
    points = f.number(_l("得分"))
    reason = f.text(_l("理由"), required=False, maxlength=500)


class ScoreSchema(f.StepSchema):
    """A member's own sheet."""

    reviews = f.given_rows(_l("技术评审与价格调整"), ReviewRow)
    points = f.given_rows(_l("评分"), PointsRow, most=2000)
    time_short = f.yes(
        _l("是否认为评标时间不够"), required=False, hint=_l("超过三分之一的成员认为时间不够的，应当适当延长评标时间")
    )


class RejectSchema(f.StepSchema):
    """A motion to reject a bid."""

    bid = f.text(_l("投标"), maxlength=20)
    clause = f.code(_l("否决情形"), RejectionClause, kind="radio", hint=_l("除所列情形外，不得否决投标"))
    reason = f.prose(_l("理由"), maxlength=2000)


class VoteSchema(f.StepSchema):
    """A vote."""

    in_favour = f.yes(_l("是否同意否决"))


class LowPriceRow(f.StepSchema):
    """What a bidder explained of an abnormally low price."""

    bid = f.fixed(_l("投标人"))
    explanation = f.text(
        _l("投标人的书面说明与评标委员会意见"), required=False, maxlength=1000,
    )  # fmt: skip


class DraftReportSchema(f.StepSchema):
    """What the report needs beyond the sheets."""

    low_prices = f.given_rows(_l("报价明显偏低的投标"), LowPriceRow)
    competition_reason = f.prose(
        _l("有效投标不足三个时是否具有竞争性的论证"), required=False, hint=_l("有效投标不足三个的必须填写")
    )
    fatal_defect = f.yes(_l("招标文件是否存在违反强制性规定等致命缺陷"))


class SignSchema(f.StepSchema):
    """A signature."""

    opinion = f.code(_l("签署意见"), Opinion)
    text = f.prose(_l("不同意见或者拒绝签字的理由"), required=False)
