"""What is asked in the evaluation 评标表单."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import lazy_gettext as _l

from trading.experts.committee import Opinion
from trading.web import fields as f
from trading.web.signed import SignedSchema

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


class PolicyRow(f.StepSchema):
    """One bidder's declaration that policy favours him, and whether the member confirms it."""

    bid = f.fixed(_l("投标人"))
    small_micro = f.yes(_l("认定为小型、微型企业"), required=False)
    domestic = f.yes(_l("认定为本国产品"), required=False)
    reason = f.text(_l("不予认定的理由"), required=False, maxlength=500)


class ScoreSchema(f.StepSchema):
    """A member's own sheet."""

    reviews = f.given_rows(_l("技术评审与价格调整"), ReviewRow)
    points = f.given_rows(_l("评分"), PointsRow, most=2000)
    policies = f.given_rows(_l("政策性价格扣除的认定"), PolicyRow)
    time_short = f.yes(
        _l("是否认为评标时间不够"), required=False, hint=_l("超过三分之一的成员认为时间不够的，应当适当延长评标时间")
    )


class RejectSchema(f.StepSchema):
    """A motion to reject a bid."""

    bid = f.text(_l("投标"), maxlength=20)
    clause = f.text(_l("否决情形"), maxlength=40, hint=_l("除所列情形外，不得否决投标"))
    reason = f.prose(_l("理由"), maxlength=2000)


class LetterSchema(f.StepSchema):
    """A letter to one bidder."""

    bid = f.text(_l("投标"), maxlength=20)
    question = f.prose(_l("要求说明的事项"), maxlength=2000)
    due_at = f.moment(_l("书面答复截止时间"))


class AnswerSchema(f.StepSchema):
    """The bidder's answer."""

    answer = f.prose(_l("书面答复"), maxlength=4000, hint=_l("不得超出投标文件的范围或者改变投标文件的实质性内容"))
    files = f.uploads(_l("证明材料"), most=10)


class LowPriceDecisionSchema(f.StepSchema):
    """A member's judgement of an explanation."""

    accepted = f.yes(_l("说明是否合理、证明材料是否充分"))
    reason = f.prose(_l("理由"), maxlength=1000)


class PriceLineRow(f.StepSchema):
    """One line of the price sheet as the bid has it."""

    item = f.text(_l("项目名称"), maxlength=100)
    quantity = f.number(_l("工程量或者数量"), most=str(LARGEST))
    unit_price = f.number(_l("单价（元）"), most=str(LARGEST))
    total = f.money(_l("合价（元）"), least="0")


class CorrectionSchema(f.StepSchema):
    """What the committee found in the arithmetic of a bid."""

    bid = f.text(_l("投标"), maxlength=20)
    question = f.prose(_l("发现的算术性错误"), maxlength=2000, hint=_l("写明在投标文件的何处"))
    in_bid = f.money(
        _l("投标文件中的总价（元）"),
        required=False,
        hint=_l("政府采购项目与开标一览表不一致时填写"),
    )
    words = f.money(_l("大写金额折合（元）"), required=False, hint=_l("大写与小写不一致时填写"))
    lines = f.rows(_l("分项报价"), PriceLineRow, required=False, most=200, blank=3)
    due_at = f.moment(_l("书面确认截止时间"))


class ConfirmationSchema(f.StepSchema):
    """The bidder's word on a correction."""

    agrees = f.yes(_l("是否确认修正后的报价"), hint=_l("不确认，或者逾期未确认的，投标将被否决（投标无效）"))


class MoreTimeSchema(f.StepSchema):
    """The end of the evaluation that is planned from now on."""

    ends_at = f.moment(_l("延长至"))
    reason = f.prose(_l("情况说明"), maxlength=1000)


class VoteSchema(f.StepSchema):
    """A vote."""

    in_favour = f.yes(_l("是否同意否决"))


class DraftReportSchema(f.StepSchema):
    """What the report needs beyond the sheets."""

    competition_reason = f.prose(
        _l("有效投标不足三个时是否具有竞争性的论证"), required=False, hint=_l("有效投标不足三个的必须填写")
    )
    fatal_defect = f.yes(_l("招标文件是否存在违反强制性规定等致命缺陷"))


class SignSchema(SignedSchema):
    """A signature."""

    opinion = f.code(_l("签署意见"), Opinion)
    text = f.prose(_l("不同意见或者拒绝签字的理由"), required=False)
