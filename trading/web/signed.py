"""Input of a step under which the person puts his own signature 签名环节的表单."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from marshmallow import fields as ma
from marshmallow import validate

from trading.ledger.actions import SIGNATURE
from trading.web import fields as f


class SignedSchema(f.StepSchema):
    """What a signed step asks beside its own questions: the signature, made after the content was shown."""

    sig = ma.String(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(rf"\A{SIGNATURE.pattern}\Z", error=_l("签名应为 128 位小写十六进制数")),
        metadata={"label": _l("签名"), "kind": "hidden"},
    )
