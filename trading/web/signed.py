"""Input of a step under which the person puts his own signature 签名环节的表单."""

from __future__ import annotations

import json
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields as ma
from marshmallow import validate

from trading.ledger.actions import SIGNATURE
from trading.web import fields as f


class SignedSchema(f.StepSchema):
    """What a signed step asks beside its own questions: the signature, made after the content was shown."""

    sig = f.text(_l("签名"), required=False, maxlength=128, kind="hidden")
    sig.validators.append(validate.Regexp(rf"\A{SIGNATURE.pattern}\Z", error=_l("签名应为 128 位小写十六进制数")))


class JsonObject(ma.Dict):
    """An object that was made on the person's own machine: JSON carries it as it is, a form as its text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError) as wrong:
                raise self.make_error("invalid") from wrong
        return super()._deserialize(value, attr, data, **kwargs)


def made_object(label: Any, *, required: bool = True, hint: Any = None, kind: str = "textarea") -> JsonObject:
    """A field for such an object; its script fills it in, and without one it is pasted."""
    return JsonObject(
        keys=ma.String(), required=required, allow_none=not required,
        error_messages={
            "required": _l("请填写“%(label)s”", label=label),
            "null": _l("请填写“%(label)s”", label=label),
            "invalid": _l("“%(label)s”应为一个 JSON 对象", label=label),
        },
        metadata={"label": label, "kind": kind, "hint": hint},
    )  # fmt: skip
