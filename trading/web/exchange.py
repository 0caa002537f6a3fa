"""One reader for JSON and forms, one drawer of inputs 读取与呈现: both from the same schema."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from flask import current_app, request
from flask.json.provider import DefaultJSONProvider
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from marshmallow import Schema, ValidationError, fields
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from trading.codelists import Code
from trading.errors import InvalidInput
from trading.sealing.files import FileStore
from trading.web.fields import CodeField, Upload, UploadField, YesNo

CELL = re.compile(r"^(?P<table>[a-z_]+)-(?P<row>\d{1,3})-(?P<column>[a-z_]+)$")
OWN = {"csrf_token", "version", "confirmed", "draft", "back"}
KEPT = "__kept"


class Json(DefaultJSONProvider):
    """JSON as Flask reads it; what is nested too deep to be read is malformed, and no fault of ours."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read a text.

        Raises:
            ValueError: it is no JSON, or nested too deep.
        """
        try:
            return super().loads(s, **kwargs)
        except RecursionError as wrong:
            raise ValueError("nested too deep") from wrong


def read(schema: Schema, choices: Mapping[str, list[tuple[str, str]]] | None = None) -> dict[str, Any]:
    """Read this request's JSON or form by ``schema``.

    Arguments:
        choices: fields whose allowed values depend on the record (value, label).

    Raises:
        InvalidInput: each wrong field with its sentences.
    """
    raw = from_json() if request.is_json else from_form(schema)
    return load(schema, raw, choices)


def load(
    schema: Schema, raw: dict[str, Any], choices: Mapping[str, list[tuple[str, str]]] | None = None
) -> dict[str, Any]:
    """Raw values to typed ones.

    Raises:
        InvalidInput: each wrong field with its sentences.
    """
    try:
        data: dict[str, Any] = schema.load(raw)  # type: ignore[assignment]
    except ValidationError as wrong:
        raise InvalidInput(tidy(wrong.messages)) from wrong
    for name, allowed in (choices or {}).items():
        given = data.get(name)
        chosen = given if isinstance(given, list) else [] if given is None else [given]
        if not set(chosen) <= {value for value, _label in allowed}:
            raise InvalidInput({name: [_("所选内容不在可选范围内")]})
    return data


def from_json() -> dict[str, Any]:
    """The JSON object of this request; its content type keeps forms of other sites out (no CSRF token is asked).

    Raises:
        InvalidInput: it is not one.
    """
    try:
        raw = request.get_json()
    except (BadRequest, UnsupportedMediaType) as wrong:
        raise InvalidInput({"_schema": [_("请求内容不是有效的 JSON")]}) from wrong
    if not isinstance(raw, dict):
        raise InvalidInput({"_schema": [_("请求内容应为一个 JSON 对象")]})
    return {name: value for name, value in raw.items() if name not in OWN}


def from_form(schema: Schema) -> dict[str, Any]:
    """The form of this request as the schema expects it; blank answers count as not given."""
    raw: dict[str, Any] = {}
    form: MultiDict[str, str] = request.form
    for name, field in schema.fields.items():
        if isinstance(field, UploadField):
            found = _uploaded(name)
            if found:
                raw[name] = found[0]
        elif isinstance(field, fields.List) and isinstance(field.inner, UploadField):
            raw[name] = _uploaded(name)
        elif isinstance(field, fields.List) and isinstance(field.inner, fields.Nested):
            raw[name] = _rows(form, name)
        elif isinstance(field, fields.List):
            raw[name] = [value for value in form.getlist(name) if value]
        elif form.get(name, "").strip():
            raw[name] = form[name]
    known = set(schema.fields) | OWN
    strangers = {
        name: value
        for name, value in form.items()
        if name not in known and not name.endswith(KEPT) and not ((m := CELL.match(name)) and m["table"] in known)
    }
    return raw | strangers


def _rows(form: MultiDict[str, str], table: str) -> list[dict[str, str]]:
    cells: dict[int, dict[str, str]] = {}
    for name, value in form.items():
        match = CELL.match(name)
        if match and match["table"] == table and value.strip():
            cells.setdefault(int(match["row"]), {})[match["column"]] = value
    return [cells[row] for row in sorted(cells)]


def signer() -> URLSafeSerializer:
    """Signs the names of files that wait for the form to be right."""
    return URLSafeSerializer(current_app.secret_key or "", salt="kept-upload")


def store() -> FileStore:
    """The installation's file store."""
    return current_app.extensions["tools"].files


def _cover() -> AESSIV:
    """The cipher under which files wait: a bid is not sealed yet while its writer checks it."""
    return AESSIV(hashlib.sha512(f"kept-upload:{current_app.secret_key}".encode()).digest())


def _keep(upload: Upload) -> str:
    return str(signer().dumps((upload.name, store().put(_cover().encrypt(upload.data, None)))))


def _uploaded(name: str) -> list[Upload]:
    """Files of this request, and those handed in with an earlier try of the same form."""
    found: list[Upload] = []
    given: list[FileStorage] = [one for one in request.files.getlist(name) if one.filename]
    if given:
        return [Upload(str(one.filename), one.read(), "") for one in given]
    for token in request.form.getlist(name + KEPT):
        try:
            kept_name, digest = signer().loads(token)
        except BadSignature:
            continue
        found.append(Upload(kept_name, _cover().decrypt(store().get(digest), None), ""))
    return found


def keep_uploads(raw: Mapping[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Keep the files of a form that is shown again: (name, token) a field, so that nothing must be handed in twice."""
    kept: dict[str, list[tuple[str, str]]] = {}
    for name, value in raw.items():
        uploads = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, Upload)]
        if uploads:
            kept[name] = [(one.name, _keep(one)) for one in uploads if one.data]
    return kept


def tidy(messages: Any) -> dict[str, Any]:
    """marshmallow's messages: field → sentences, or for a table row number → field → sentences."""
    if not isinstance(messages, dict):
        return {"_schema": sentences(messages)}
    result: dict[str, Any] = {}
    for name, value in messages.items():
        result[str(name)] = tidy(value) if isinstance(value, dict) else sentences(value)
    return result


def sentences(value: Any) -> list[str]:
    """One or several lazy sentences as text."""
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def flat(errors: Mapping[str, Any], prefix: str = "") -> list[tuple[str | None, str]]:
    """(field id, sentence) pairs for the error summary."""
    pairs: list[tuple[str | None, str]] = []
    for name, value in errors.items():
        label = f"{prefix}{name}"
        if isinstance(value, dict):
            pairs += flat(value, f"{label}-")
        else:
            pairs += [(None if name == "_schema" else label, sentence) for sentence in value]
    return pairs


def language() -> str:
    """The language of this reader, "zh" or "en"."""
    function: Callable[[], str] = current_app.extensions["language"]
    return function()


def inputs(
    schema: Schema, values: Mapping[str, Any] | None = None, errors: Mapping[str, Any] | None = None,
    choices: Mapping[str, list[tuple[str, str]]] | None = None, kept: Mapping[str, list[tuple[str, str]]] | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """The inputs of a schema as the form macros draw them, with what was typed and what was wrong."""
    drawn = []
    for name, field in schema.fields.items():
        told = field.metadata
        f = {
            "name": name,
            "label": told.get("label", name),
            "hint": told.get("hint"),
            "kind": told.get("kind", "text"),
            "required": field.required,
            "maxlength": told.get("maxlength"),
            "choices": (choices or {}).get(name) or _choices(field),
            "value": shown(field, (values or {}).get(name)),
            "errors": (errors or {}).get(name) or [],
            "accept": told.get("accept"),
            "kept": (kept or {}).get(name, []),
            "heading": getattr(schema, "headings", {}).get(name),
        }
        if name in (choices or {}) and not f["choices"] and not field.required:
            continue
        if choices and name in choices and f["kind"] == "text":
            f["kind"] = "radio" if len(choices[name]) <= 5 else "select"
        if f["kind"] == "checkboxes" and not f["choices"]:
            continue
        if f["kind"] == "table":
            _draw_table(f, told, values, errors, (choices or {}))
        if f["kind"] != "table" or f["rows"] or f["blank"]:
            drawn.append(f)
    return drawn


def _draw_table(
    f: dict[str, Any], told: Mapping[str, Any], values: Mapping[str, Any] | None, errors: Mapping[str, Any] | None,
    choices: Mapping[str, list[tuple[str, str]]],
) -> None:  # fmt: skip
    row_schema = told["row"]()
    wrong = (errors or {}).get(f["name"]) or {}
    by_row = wrong if isinstance(wrong, dict) else {}
    f["errors"] = [] if isinstance(wrong, dict) else wrong
    f["columns"] = inputs(row_schema, choices=choices)
    for column in f["columns"]:
        column["kind"] = "select" if column["kind"] == "radio" else column["kind"]
    f["blank"] = told.get("blank", 1)
    f["rows"] = []
    for number, row in enumerate((values or {}).get(f["name"]) or []):
        cells = {
            name: shown(row_schema.fields[name], value) for name, value in row.items() if name in row_schema.fields
        }
        cells["errors"] = by_row.get(str(number))
        f["rows"].append(cells)


def _choices(field: fields.Field[Any]) -> list[tuple[str, str]] | None:
    if isinstance(field, fields.List):
        return _choices(field.inner)
    if isinstance(field, CodeField):
        return [(member.value, member.word(language())) for member in field.members]
    if isinstance(field, YesNo):
        return [("true", _("是")), ("false", _("否"))]
    return None


def shown(field: fields.Field[Any], value: Any) -> Any:
    """A typed or raw value as its input shows it."""
    if value is None or isinstance(value, str) and not isinstance(value, Code):
        return value
    if isinstance(value, Code):
        return value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(field, fields.List):
        return value
    return field._serialize(value, None, None)
