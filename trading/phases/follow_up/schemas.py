"""What is asked in the follow-up phase 后续管理阶段表单."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from trading.codelists import DepositUse
from trading.web import fields as f


class DraftContractSchema(f.StepSchema):
    """The contract, field by field."""

    number = f.text(_l("合同编号"), maxlength=80)
    price = f.money(_l("合同价（元）"))
    duration_days = f.whole(
        _l("履行期限（日历天）"), least=1, most=3650, hint=_l("工程填工期，货物填交付期，服务填服务期")
    )
    quality = f.text(_l("质量标准"), maxlength=60)
    manager = f.text(_l("项目负责人"), maxlength=60)
    scope = f.text(_l("标的及范围"), maxlength=1000, kind="textarea")
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
    """What the bank really paid; all left open, the formula alone speaks."""

    paid_at = f.moment(_l("银行退付时间"), required=False, hint=_l("北京时间；现在退付的留空"))
    bank_interest = f.money(
        _l("银行实付利息（元）"), required=False, least="0", hint=_l("与系统按公式计算的一致时留空")
    )
    difference = f.prose(_l("利息差异原因"), required=False, maxlength=500)
    late_charge_paid = f.money(
        _l("采购人已付超期资金占用费（元）"), required=False, least="0", hint=_l("政府采购逾期退还的填写")
    )


class ForfeitBondSchema(f.StepSchema):
    """The owner's decision to keep a deposit."""

    ground = f.text(_l("不予退还的事由"), maxlength=40, hint=_l("除所列事由外不得不予退还"))
    explanation = f.prose(_l("事实与理由"), maxlength=2000)
    evidence = f.uploads(_l("证据材料"), required=True)


class TransferDepositSchema(f.StepSchema):
    """What the winner's deposit becomes."""

    use = f.code(_l("转作"), DepositUse, hint=_l("土地竞得人的保证金转作定金"))


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


class DraftSaleContractSchema(f.StepSchema):
    """The contract of a disposal, field by field."""

    number = f.text(_l("合同编号"), maxlength=80)
    price = f.money(_l("合同总价（元）"), hint=_l("租赁的为租期内租金合计；应当等于成交总价"))
    scope = f.text(_l("合同标的"), maxlength=1000, kind="textarea")
    performance_bond = f.money(
        _l("履约保证金（元）"), required=False, least="0", hint=_l("不得超过合同价的 10%，不要求的留空")
    )
    instalments = f.yes(_l("是否分期付款"))
    due_before = f.money(
        _l("交付前应付清的价款（元）"), required=False, hint=_l("留空为全部价款；租赁按期付租的，填写交付前应付的租金")
    )
    pay_by = f.day(_l("出让方案约定的全部价款付清期限"), required=False)
    rest_secured = f.yes(_l("分期付款的，其余价款是否有担保"), required=False)
    interest_agreed = f.yes(_l("分期付款的，是否约定利息"), required=False)
    to_business = f.yes(_l("是否为工商企业租赁农村土地"), required=False, hint=_l("农村产权填写"))


class ReceivePriceSchema(f.StepSchema):
    """A part of the price that came in."""

    amount = f.money(_l("到账金额（元）"))
    received_on = f.day(_l("到账日期"))
    from_deposit = f.yes(_l("是否由保证金转作价款"))
    remark = f.text(_l("备注"), required=False, maxlength=200)


class RemitIncomeSchema(f.StepSchema):
    """Income that was handed on."""

    amount = f.money(_l("上缴（划转）金额（元）"), hint=_l("国有资产处置收入上缴国库，农村产权收入划转村集体账户"))
    paid_on = f.day(_l("上缴（划转）日期"))
    reference = f.text(_l("缴款凭证号"), maxlength=120)


class HandOverSchema(f.StepSchema):
    """Delivery and registration."""

    delivered_on = f.day(_l("交付日期"))
    registered_on = f.day(_l("权属变更登记（备案）日期"), hint=_l("租赁的为租赁备案日期"))
    registration = f.text(_l("不动产权证、过户或者备案编号"), maxlength=120)
    filed_with_giver = f.yes(_l("流转合同是否已报发包方备案"), required=False, hint=_l("工商企业租赁农村土地的填写"))
    document = f.uploads(_l("交接清单、登记证明"), required=True)


class CheckUseSchema(f.StepSchema):
    """What the owner found when he looked."""

    checked_on = f.day(_l("检查日期"))
    use_kept = f.yes(_l("是否按约定用途使用、合同是否正常履行"))
    filed_with_giver = f.yes(_l("流转合同是否已报发包方备案"), required=False)
    remarks = f.prose(_l("检查情况"), maxlength=2000)
