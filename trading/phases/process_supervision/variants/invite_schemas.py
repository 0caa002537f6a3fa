"""What is asked of an invited tender 邀请招标表单."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _l
from marshmallow import validate

from trading.codelists import SupplierSource
from trading.web import fields as f

DICE = re.compile(r"[0-9]{20}")


class NameInviteesSchema(f.StepSchema):
    """Whom the owner invites."""

    suppliers = f.several(_l("受邀请人"), required=True, hint=_l("不少于三家；名单在开标前对任何人保密"))
    reasons = f.prose(_l("邀请理由"), maxlength=1000, hint=_l("说明各受邀请人具备承担项目的能力和资信"))


class ListSuppliersSchema(f.StepSchema):
    """From whom is drawn."""

    source = f.code(_l("名单来源"), SupplierSource)
    suppliers = f.several(_l("备选供应商"), required=True, hint=_l("不少于拟邀请数量的二倍；名单先存证后抽取"))
    invites = f.whole(_l("拟邀请数量"), least=1, most=50, hint=_l("不少于三家"))
    by_owner = f.whole(
        _l("其中由采购人推荐的家数"), required=False, least=0, most=100, hint=_l("书面推荐的必须填写；不超过总数的一半")
    )
    reasons = f.prose(_l("备选供应商符合资格条件的情况"), maxlength=1000)


class InviteeDiceSchema(f.StepSchema):
    """The dice rolled before both watchers."""

    dice = f.text(_l("公开掷数"), maxlength=20, hint=_l("当众掷出的 20 位十进制数字，由两名工作人员分别录入"))
    dice.validators.append(validate.Regexp(DICE, error=_l("应为 20 位数字")))
