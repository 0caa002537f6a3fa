"""What is asked in a negotiation 谈判磋商表单."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from trading.web import fields as f
from trading.web.signed import made_object


class HoldTalkSchema(f.StepSchema):
    """The record of a talk."""

    supplier = f.text(_l("供应商"), maxlength=32)
    round = f.whole(_l("轮次"), least=1, most=20)
    text = f.prose(_l("谈判（磋商）记录"), maxlength=8000)


class ConfirmTalkSchema(f.StepSchema):
    """The supplier's consent."""

    agreed = f.yes(_l("记录与谈判（磋商）情况一致"))


class ChangeRequirementsSchema(f.StepSchema):
    """What changes."""

    text = f.prose(_l("变动的采购需求、技术服务要求或者合同条款"), maxlength=4000)


class LeaveSchema(f.StepSchema):
    """Why a supplier leaves."""

    reason = f.prose(_l("退出原因"), maxlength=1000)


class CallFinalOffersSchema(f.StepSchema):
    """Until when."""

    deadline = f.moment(_l("最后报价截止时间"))


class FinalOfferSchema(f.StepSchema):
    """The final offer, sealed on the supplier's own machine."""

    envelope = made_object(
        _l("最后报价信封"), hint=_l("在您自己的设备上密封至开标密钥持有人，规定时间前任何人都不能读取")
    )


class AgreePriceSchema(f.StepSchema):
    """The record of an agreed price."""

    price = f.money(_l("商定的成交价格（元）"))
    people = f.prose(_l("采购人员及其专业、职称"), maxlength=1000)
    basis = f.prose(
        _l("价格合理性说明"), maxlength=4000, hint=_l("成本构成、同类项目合同价格、专利或者专有技术情况")
    )


class ConfirmPriceSchema(f.StepSchema):
    """The supplier's consent."""

    agreed = f.yes(_l("同意以商定的价格成交"))
