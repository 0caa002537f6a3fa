"""What is asked in the confirmation phase 结果确认阶段表单."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from trading.rules.r15_result_confirmation import SkipGround
from trading.web import fields as f
from trading.web.signed import SignedSchema


class PublicizeSchema(f.StepSchema):
    """The signed examination of the report, and how long and where."""

    criteria_followed = f.yes(_l("评标委员会是否按照招标文件规定的评标标准和方法评标"))
    objective_scores_equal = f.yes(_l("各评委对客观评审因素的评分是否一致"))
    low_price_studied = f.yes(_l("是否已对异常低价投标进行分析研判"))
    no_random_rejection = f.yes(_l("否决投标是否均有招标文件依据、不存在随意否决"))
    remarks = f.prose(_l("审查说明"), required=False, maxlength=2000)
    days = f.whole(_l("公示天数"), required=False, least=1, most=60, hint=_l("留空的取最短；末日为节假日的自动顺延"))
    objection_channel = f.text(_l("异议受理人及联系方式"), required=False, maxlength=120)
    village_board_on = f.day(_l("在村务公开栏公示的日期"), required=False, hint=_l("农村产权必须填写"))


class RecordComplianceSchema(f.StepSchema):
    """The supervisor's remarks."""

    remarks = f.prose(_l("备注"), required=False, maxlength=2000)


class ConfirmSchema(f.StepSchema):
    """Which candidate, and why not the first."""

    rank = f.text(_l("中标人"), required=False, maxlength=2)
    ground = f.code(
        _l("不确定排名第一的候选人的法定事由"), SkipGround, required=False, kind="select",
        hint=_l("确定第一名为中标人的留空"),
    )  # fmt: skip
    explanation = f.prose(_l("事由说明"), required=False, maxlength=2000)


class ReportSchema(f.StepSchema):
    """What the owner adds to the generated report."""

    remarks = f.prose(_l("补充说明"), required=False, maxlength=2000)


class DraftDealSchema(f.StepSchema):
    """What the deal confirmation needs beyond the record."""

    contract_by = f.day(
        _l("约定的合同签订截止日"), required=False, hint=_l("国有建设用地必须填写，不晚于成交后十个工作日")
    )
    auctioneer = f.text(_l("拍卖师（主持人）姓名"), required=False, maxlength=60, hint=_l("拍卖的必须填写"))
    commission_percent = f.number(_l("佣金比例（%，买卖双方各自）"), required=False, hint=_l("不收取的留空"))
    commission_agreed = f.yes(_l("佣金是否事先约定"), required=False, hint=_l("未约定的，不超过成交价的百分之五"))


class SignDealSchema(SignedSchema):
    """The digest of what was shown, and consent to it."""

    digest = f.text(_l("成交确认书指纹"), maxlength=64, kind="hidden")
    agreed = f.yes(_l("我已核对成交确认书全部内容，同意签署"))


class PublishDealSchema(f.StepSchema):
    """How long and where the deal is published."""

    days = f.whole(
        _l("公示天数"), required=False, least=1, most=60,
        hint=_l("不少于三日；国有资产为不少于五个工作日；留空的取最短"),
    )  # fmt: skip
    objection_channel = f.text(_l("异议受理人及联系方式"), maxlength=120)
    village_board_on = f.day(_l("在村务公开栏公示的日期"), required=False, hint=_l("农村产权必须填写"))
