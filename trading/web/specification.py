"""The OpenAPI 3.1 description of the JSON operations 接口说明."""

from __future__ import annotations

from typing import Any

from flask_smorest import Api

from trading.web.fields import CodeField, DayField, DecimalText, MomentField, MoneyField, UploadField, WholeField

SETTINGS: dict[str, Any] = {
    "API_TITLE": "Wutong 五统",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api/v1",
    "OPENAPI_JSON_PATH": "openapi.json",
}


def describe(api: Api) -> None:
    """Tell the specification what our own fields are in JSON."""
    api.register_field(MoneyField, "string", "decimal")
    api.register_field(DecimalText, "string", "decimal")
    api.register_field(MomentField, "string", "date-time")
    api.register_field(DayField, "string", "date")
    api.register_field(WholeField, "integer", None)
    api.register_field(CodeField, "string", None)
    api.register_field(UploadField, "object", None)
