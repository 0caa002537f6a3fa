"""The OpenAPI 3.1 description of the JSON operations 接口说明."""

from __future__ import annotations

from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from flask_smorest import Api
from marshmallow import Schema

from trading.web.fields import CodeField, DayField, DecimalText, MomentField, MoneyField, UploadField, WholeField

SETTINGS: dict[str, Any] = {
    "API_TITLE": "Wutong 五统",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api/v1",
    "OPENAPI_JSON_PATH": "openapi.json",
}


def schema_name(schema: type[Schema] | Schema) -> str:
    """A name that says the room as well: two rooms may call their schemas alike."""
    kind = schema if isinstance(schema, type) else type(schema)
    room = kind.__module__.removeprefix("trading.").removeprefix("phases.").split(".")[0]
    return f"{room}.{kind.__name__.removesuffix('Schema')}"


def plugin() -> MarshmallowPlugin:
    """The part of the specification that reads our schemas."""
    return MarshmallowPlugin(schema_name_resolver=schema_name)


def describe(api: Api) -> None:
    """Tell the specification what our own fields are in JSON."""
    api.register_field(MoneyField, "string", "decimal")
    api.register_field(DecimalText, "string", "decimal")
    api.register_field(MomentField, "string", "date-time")
    api.register_field(DayField, "string", "date")
    api.register_field(WholeField, "integer", None)
    api.register_field(CodeField, "string", None)
    api.register_field(UploadField, "object", None)
