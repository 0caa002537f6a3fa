"""What is asked from notice to opening 公告至开标表单."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import post_load, validate

from trading.codelists import BondForm, FailureGround, ObjectionTarget, SuspensionGround, TerminationGround
from trading.phases.process_supervision.deposits.bond_lines import rows_of_csv
from trading.rules.r07_notice import Medium
from trading.web import exchange
from trading.web import fields as f
from trading.web.signed import SignedSchema, made_object


class AnnouncementSchema(f.StepSchema):
    """What the notice needs beyond the record."""

    bid_deadline = f.moment(
        _l("投标截止时间"), hint=_l("北京时间，精确到秒；依法必须招标的，自招标文件发出之日起不少于20日")
    )
    documents_until = f.moment(_l("招标文件获取截止时间"), hint=_l("北京时间；不少于5日"))
    place = f.text(_l("开标地点"), maxlength=120)
    contact = f.text(_l("联系人及联系方式"), maxlength=120)
    media = f.codes(_l("发布媒介"), Medium, hint=_l("依法必须招标的，应当包括国家或者省级平台"))
    together = f.ticks(_l("与本项目的其他标段一并发布"))
    farmland = f.yes(_l("标的是否为农用地"), required=False, hint=_l("农村产权必须填写"))
    agricultural_use_kept = f.yes(_l("是否载明不改变农业用途"), required=False, hint=_l("农用地必须填写"))


class ContactSchema(f.StepSchema):
    """How somebody who is not logged in wants to be told of clarifications."""

    contact = f.text(_l("电子邮箱或者电话"), maxlength=180)


class AskSchema(f.StepSchema):
    """A question."""

    text = f.prose(_l("疑问内容"), hint=_l("提问人不向任何人公开；答复以澄清的方式发给全体"))


class ClarifySchema(f.StepSchema):
    """A clarification or change."""

    text = f.prose(_l("澄清与修改的内容"), maxlength=8000)
    affects_preparation = f.yes(
        _l("是否可能影响投标文件编制"), hint=_l("选“是”且距投标截止不足15日的，截止时间自动顺延")
    )
    ceiling = f.money(_l("新的最高投标限价（元）"), required=False, hint=_l("不变的留空；变更视为影响投标文件编制"))
    changes_object = f.yes(
        _l("是否改变采购标的或者资格条件"), required=False, hint=_l("政府采购填写；澄清不得改变采购标的和资格条件")
    )
    answers = f.ticks(_l("本次答复的疑问"))
    tender_document = f.uploads(_l("更新的招标文件"))
    drawings = f.uploads(_l("更新的图纸与工程量清单"))
    contract_draft = f.uploads(_l("更新的合同草案"))


class ObjectionSchema(f.StepSchema):
    """An objection."""

    target = f.code(_l("异议对象"), ObjectionTarget)
    text = f.prose(_l("异议内容与理由"))


class AnswerObjectionSchema(f.StepSchema):
    """The answer to an objection."""

    answer = f.prose(_l("答复内容"))
    upheld = f.yes(_l("异议是否成立"))


class GuaranteeSchema(f.StepSchema):
    """A bond given as a guarantee or an insurance."""

    form = f.code(_l("保证金形式"), BondForm, only=(BondForm.GUARANTEE, BondForm.INSURANCE))
    issuer = f.text(_l("出具机构"), maxlength=120)
    number = f.text(_l("保函或者保单编号"), maxlength=80)
    amount = f.money(_l("担保金额（元）"))
    valid_until = f.day(_l("有效期至"))


class LineRow(f.StepSchema):
    """One line of the deposit account."""

    reference = f.text(_l("流水号"), maxlength=64)
    payer_name = f.text(_l("付款人"), maxlength=200)
    payer_account = f.text(_l("付款账户"), maxlength=64)
    amount = f.money(_l("金额（元）"))
    paid_at = f.moment(_l("到账时间"))
    remark = f.text(_l("附言"), required=False, maxlength=200)
    virtual_account = f.text(_l("虚拟子账号"), required=False, maxlength=64)
    cash = f.yes(_l("是否现金缴存"), required=False)

    @post_load
    def plain(self, data: dict[str, Any], **_more: Any) -> dict[str, Any]:
        """What is not said to be cash is a transfer; an empty number is none."""
        virtual = data["virtual_account"] or None
        return data | {"cash": bool(data["cash"]), "virtual_account": virtual, "remark": data["remark"] or ""}


class BankLinesSchema(f.StepSchema):
    """Lines of the deposit account: the bank's own file under a declared layout, or rows, or CSV text."""

    profile = f.text(_l("流水文件的银行格式"), required=False, maxlength=20)
    statement = f.upload(_l("银行流水文件"), required=False, hint=_l("CSV 或文本文件；有一行不合格的，全部不导入"))

    lines = f.rows(_l("到账流水"), LineRow, required=False, most=500, blank=3)
    csv = f.prose(
        _l("或者粘贴CSV文本"),
        required=False,
        maxlength=200_000,
        hint=_l("首行为 reference,payer_name,payer_account,amount,paid_at,remark"),
    )

    @post_load
    def join(self, data: dict[str, Any], **_more: Any) -> dict[str, Any]:
        """Rows and text together, read by the same fields."""
        text = data.pop("csv")
        if text:
            raw = [{name: cell for name, cell in row.items() if cell.strip()} for row in rows_of_csv(text)]
            data["lines"] = data["lines"] + [exchange.load(LineRow(), row) for row in raw]
        return data


class BalanceSchema(f.StepSchema):
    """What stood on the sub-account."""

    day = f.day(_l("余额日期"))
    balance = f.money(_l("当日日终余额（元）"), least="0")


class RefundWithdrawnSchema(f.StepSchema):
    """What the bank paid back."""

    paid_at = f.moment(_l("银行退付时间"), required=False, hint=_l("北京时间；现在退付的留空"))
    bank_interest = f.money(
        _l("银行实付利息（元）"), required=False, least="0", hint=_l("与系统按公式计算的一致时留空")
    )
    difference = f.prose(_l("利息差异原因"), required=False, maxlength=500)


class SettleLineSchema(f.StepSchema):
    """Whose an unmatched line is."""

    organization = f.text(_l("归属的投标人"), required=False, maxlength=20, hint=_l("不属于任何投标人的留空，款项退回"))
    reason = f.prose(_l("处理理由"))


class SheetSchema(f.StepSchema):
    """What a price sheet says; asked on the bidder's own machine, never by the step."""

    total = f.money(_l("投标总报价（元）"))
    duration_days = f.whole(
        _l("履行期限（日历天）"), least=1, most=3650, hint=_l("工程填工期，货物填交付期，服务填服务期")
    )
    quality = f.text(_l("质量标准"), maxlength=60)
    manager = f.text(_l("项目负责人"), maxlength=60)
    manager_certificate = f.text(_l("项目负责人证书编号"), maxlength=80, hint=_l("不要求证书的填“无”"))
    small_micro = f.yes(
        _l("声明：本单位为小型、微型企业"), required=False,
        hint=_l("招标文件规定价格扣除的填写；声明不实的，依法承担责任"),
    )
    domestic = f.yes(_l("声明：所投产品为本国产品"), required=False)
    consortium = f.prose(
        _l("联合体成员"), required=False, maxlength=2000,
        hint=_l("联合体投标的填写，牵头人在首行；每行：统一社会信用代码,名称,份额%,分工。协议书作为附件，文件名含“联合体”"),
    )  # fmt: skip
    files = f.uploads(_l("投标文件（商务与技术部分）"), required=True)


class BidSchema(SignedSchema):
    """A bid as the step takes it: the header of the sealed envelope, and the bidder's signature."""

    header = made_object(_l("信封头"), hint=_l("header.json 的全部内容"))


class WithdrawSchema(SignedSchema):
    """Which envelope is taken back; needed only where a bid has two."""

    part = f.text(_l("信封"), required=False, maxlength=6, kind="hidden")
    part.validators.append(validate.OneOf(("single", "price", "tech"), error=_l("没有这个信封")))


class TechnicalSchema(f.StepSchema):
    """What the opening of the technical envelopes asks."""

    go_on = f.yes(
        _l("不再等待未到的密钥或者损坏的密文"),
        required=False,
        hint=_l("某组持有人不能到场、或者平台所存密文损坏时使用；仍不能解开的投标按未开启处理"),
    )


class OpeningSchema(TechnicalSchema):
    """What the opening needs beyond the bids."""

    base_price = f.money(_l("标底（元）"), required=False, hint=_l("设有标底的必须在开标时公布；不设标底的留空"))


class SuspendSchema(f.StepSchema):
    """A suspension."""

    ground = f.code(_l("中止事由"), SuspensionGround, only=tuple(SuspensionGround)[1:])
    reason = f.prose(_l("情况说明"))


class ResumeSchema(f.StepSchema):
    """The end of a suspension."""

    reason = f.prose(_l("中止事由消除的情况"))


class TerminateSchema(f.StepSchema):
    """The end of a trade."""

    ground = f.code(_l("终止事由"), TerminationGround)
    reason = f.prose(_l("情况说明"))
    reminded_on = f.day(_l("催告日期"), required=False, hint=_l("事由为登记后逾期未推进的必须填写"))


class FailSchema(f.StepSchema):
    """The failure of a tender."""

    ground = f.code(_l("流标事由"), FailureGround)
    cause = f.prose(_l("流标原因"))
    remedy = f.prose(_l("拟采取的改进措施"), required=False, hint=_l("也可以在重新招标时填写"))


class RetenderSchema(f.StepSchema):
    """The next attempt."""

    cause = f.prose(_l("流标原因分析"), required=False)
    remedy = f.prose(_l("改进措施"), hint=_l("依法应当分析招标失败的原因并采取相应措施后，再重新招标"))


class SignChecklistSchema(f.StepSchema):
    """The signature under a checklist item."""

    holds = f.yes(_l("经核查，该事项是否成立"))
    evidence = f.prose(_l("核查依据"), hint=_l("写明看了什么材料、在什么时间地点核查、由谁证明"))
    files = f.uploads(_l("证据材料"))


class AnswerAlarmSchema(f.StepSchema):
    """The answer to an alarm."""

    response = f.prose(_l("整改情况或者说明"))


class CloseAlarmSchema(f.StepSchema):
    """The end of an alarm."""

    reason = f.prose(_l("销号理由"))
