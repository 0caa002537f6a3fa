"""What is asked about banks, issuers and refunds 保证金管理表单."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from trading.codelists import BondForm, Code
from trading.web import fields as f


class Encoding(Code):
    """How a bank's file is encoded."""

    UTF8 = "utf-8", "UTF-8（国际通用）", "UTF-8 (international)"
    GB18030 = "gb18030", "GB18030（含GBK）", "GB18030 (GBK included)"


class Separator(Code):
    """What stands between two cells."""

    COMMA = "comma", "逗号", "Comma"
    SEMICOLON = "semicolon", "分号", "Semicolon"
    TAB = "tab", "制表符", "Tab"
    BAR = "bar", "竖线", "Bar"


class ProfileSchema(f.StepSchema):
    """How a bank writes its statements: the heading of each column."""

    name = f.text(_l("银行与格式名称"), maxlength=80)
    encoding = f.code(_l("文件编码"), Encoding)
    separator = f.code(_l("分隔符"), Separator)
    time_format = f.text(
        _l("时间格式"), maxlength=40,
        hint=_l("以 YYYY MM DD hh mm ss 代表年月日时分秒，例如 YYYY-MM-DD hh:mm:ss 或者 YYYYMMDDhhmmss"),
    )  # fmt: skip
    reference = f.text(_l("流水号的列名"), maxlength=60)
    payer_name = f.text(_l("付款人的列名"), maxlength=60)
    payer_account = f.text(_l("付款账户的列名"), maxlength=60)
    amount = f.text(_l("金额的列名"), maxlength=60)
    paid_at = f.text(_l("到账时间的列名"), maxlength=60)
    virtual_account = f.text(_l("虚拟子账号的列名"), required=False, maxlength=60)
    remark = f.text(_l("附言的列名"), required=False, maxlength=60)
    currency = f.text(_l("币种的列名"), required=False, maxlength=60, hint=_l("声明后，非人民币的行一律拒收"))
    channel = f.text(_l("交易方式的列名"), required=False, maxlength=60, hint=_l("其中写有“现金”的，记为现金缴存"))


class TrySchema(f.StepSchema):
    """A statement to try a layout on; nothing of it is kept."""

    statement = f.upload(_l("银行流水文件"), hint=_l("只预览，不保存"))


class IssuerSchema(f.StepSchema):
    """An issuer whose guarantees or policies the centre knows."""

    name = f.text(_l("机构全称"), maxlength=120)
    form = f.code(_l("出具的担保"), BondForm, only=(BondForm.GUARANTEE, BondForm.INSURANCE))


class InstructSchema(f.StepSchema):
    """Which refunds the bank is told to make."""

    lines = f.ticks(_l("待退还的保证金"))


class ConfirmationSchema(f.StepSchema):
    """What the bank says it has paid."""

    file = f.upload(
        _l("银行退款结果文件"),
        hint=_l("CSV（UTF-8），首行为 original_reference,result,total,paid_at,bank_reference,explanation"),
    )


class PeriodSchema(f.StepSchema):
    """Which lot and days are reconciled."""

    code = f.text(_l("标段编号"), required=False, maxlength=40)
    since = f.day(_l("起始日"), required=False)
    until = f.day(_l("截止日"), required=False)
