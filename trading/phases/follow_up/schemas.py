"""What is asked in the follow-up phase 后续管理阶段表单."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from trading.rules.r09_deposit import ForfeitGround
from trading.web import fields as f


class DraftContractSchema(f.StepSchema):
    """The contract, field by field."""

    number = f.text(_l("合同编号"), maxlength=80)
    price = f.money(_l("合同价（元）"))
    duration_days = f.whole(_l("工期（日历天）"), least=1, most=3650)
    quality = f.text(_l("质量标准"), maxlength=60)
    manager = f.text(_l("项目负责人"), maxlength=60)
    scope = f.text(_l("承包范围"), maxlength=1000, kind="textarea")
    performance_bond = f.money(
        _l("履约保证金（元）"), required=False, least="0", hint=_l("不得超过合同价的 10%，不要求的留空")
    )
    payment_guarantee = f.yes(
        _l("招标人是否同时提供工程款支付担保"), required=False, hint=_l("要求提供履约保证金的，应当同时提供")
    )
    retention_percent = f.number(_l("质量保证金比例（%）"), required=False, hint=_l("不得超过结算价的 3%"))
    payment_days = f.whole(_l("付款期限（验收后天数）"), required=False, least=1, most=365)


class SignContractSchema(f.StepSchema):
    """The fingerprint of what was shown, and consent to it."""

    digest = f.text(_l("合同内容指纹"), maxlength=64, kind="hidden")
    agreed = f.yes(_l("我已核对合同全部内容，同意签订"))


class FileContractSchema(f.StepSchema):
    """The signed contract on paper, where there is one."""

    contract = f.uploads(_l("合同扫描件"))


class RefundBondSchema(f.StepSchema):
    """Interest, or a listed ground for keeping the bond."""

    interest = f.money(_l("银行同期存款利息（元）"), required=False, least="0")
    ground = f.code(
        _l("不予退还的事由"), ForfeitGround, required=False, kind="select",
        hint=_l("退还的留空；除所列事由外不得不予退还"),
    )  # fmt: skip
    explanation = f.prose(_l("事由说明"), required=False, maxlength=2000)


class ProposeChangeSchema(f.StepSchema):
    """A change of the contract."""

    reason = f.prose(_l("变更理由"), maxlength=2000)
    amount = f.money(_l("变更金额（元）"), least="-10000000000", hint=_l("增加填正数，减少填负数"))
    touches_scope = f.yes(_l("是否改变建设地点、规模或者建设内容"))
    approver = f.text(_l("审批单位"), maxlength=120)


class DecideChangeSchema(f.StepSchema):
    """The authority's decision."""

    approved = f.yes(_l("是否同意变更"))
    opinion = f.prose(_l("审批意见"), required=False, maxlength=2000)


class PaymentSchema(f.StepSchema):
    """A payment that was made."""

    amount = f.money(_l("付款金额（元）"))
    delivered_on = f.day(_l("交付（计量确认）日期"))
    paid_on = f.day(_l("付款日期"))
    remark = f.text(_l("备注"), required=False, maxlength=200)


class AcceptanceSchema(f.StepSchema):
    """The acceptance of the works."""

    accepted_on = f.day(_l("竣工验收日期"))
    filed_on = f.day(_l("竣工验收备案日期"), required=False, hint=_l("验收合格之日起十五日内办理备案"))
    qualified = f.yes(_l("验收是否合格"))
    result = f.text(_l("验收结论"), maxlength=200)
    settlement = f.money(_l("结算价（元）"))
    participants = f.prose(_l("参加验收的单位和人员"), maxlength=1000)
    document = f.uploads(_l("竣工验收文件"), required=True)


class PerformanceSchema(f.StepSchema):
    """Four marks and words."""

    quality = f.whole(_l("质量（0—100 分）"), most=100)
    schedule = f.whole(_l("进度（0—100 分）"), most=100)
    safety = f.whole(_l("安全文明施工（0—100 分）"), most=100)
    payment_of_workers = f.whole(_l("农民工工资支付（0—100 分）"), most=100)
    remarks = f.prose(_l("评价说明"), maxlength=2000)
