"""The fields that schemas are made of 表单字段: one declaration reads JSON and forms and draws the HTML input."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

import puremagic
from flask_babel import lazy_gettext as _l
from marshmallow import RAISE, Schema, ValidationError, fields, missing, validate

from trading.beijing import at
from trading.clock import BEIJING
from trading.codelists import Code
from trading.money import MoneyError, yuan

MAX_MEGABYTES = 50
ACCEPTED = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".json": "application/json",
    ".zip": "application/zip",
}


class StepSchema(Schema):
    """Base of all inputs: unknown fields are refused, order is the order of declaration.

    ``headings`` parts a long form into groups of questions: the heading by the name of the group's first field.
    """

    headings: ClassVar[dict[str, Any]] = {}
    error_messages = {"unknown": _l("未知字段"), "type": _l("内容应为一个对象")}

    class Meta:
        unknown = RAISE


class NothingAsked(StepSchema):
    """A step or form that asks nothing."""


@dataclass(frozen=True)
class Upload:
    """A file that was handed in."""

    name: str
    data: bytes
    media_type: str


def _told(label: Any, kind: str, hint: Any = None, **more: Any) -> dict[str, Any]:
    return {"label": label, "kind": kind, "hint": hint, **more}


def _words(label: Any) -> dict[str, Any]:
    return {
        "required": _l("请填写“%(label)s”", label=label),
        "null": _l("请填写“%(label)s”", label=label),
        "invalid": _l("“%(label)s”的格式不正确", label=label),
    }


def text(label: Any, *, required: bool = True, maxlength: int = 200, hint: Any = None, **told: Any) -> fields.String:
    """One line of text."""
    rules = [validate.Length(max=maxlength, error=_l("“%(label)s”不能超过 {max} 个字", label=label)), no_controls]
    if required:
        rules.insert(0, validate.Length(min=1, error=_l("请填写“%(label)s”", label=label)))
    return Text(
        required=required, load_default=None if not required else missing, validate=rules,
        allow_none=not required, error_messages=_words(label),
        metadata=_told(label, told.pop("kind", "text"), hint, maxlength=maxlength, **told),
    )  # fmt: skip


def prose(label: Any, *, required: bool = True, maxlength: int = 4000, hint: Any = None) -> fields.String:
    """Several lines of text."""
    return text(label, required=required, maxlength=maxlength, hint=hint, kind="textarea")


def no_controls(value: str) -> None:
    """Control characters have no place in a record."""
    if (
        any(ord(sign) < 32 and sign not in "\r\n\t" or "\ud800" <= sign <= "\udfff" for sign in value)
        or "\x7f" in value
    ):
        raise ValidationError(_l("含有不可见的控制字符"))


class Text(fields.String):
    """Text without blanks around it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return super()._deserialize(value, attr, data, **kwargs).strip().replace("\r\n", "\n")


class MoneyField(fields.Field[Decimal]):
    """An amount in yuan: text or integer, never a float."""

    default_error_messages = {"invalid": _l("格式不正确")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        label = self.metadata["label"]
        cleaned = value.replace(",", "").replace("，", "").strip() if isinstance(value, str) else value
        try:
            amount = yuan(cleaned)
        except MoneyError as wrong:
            raise ValidationError(_l("“%(label)s”应为金额（元），最多两位小数", label=label)) from wrong
        if isinstance(cleaned, str) and Decimal(cleaned) != amount:
            raise ValidationError(_l("“%(label)s”最多两位小数", label=label))
        if amount < self.metadata["least"]:
            raise ValidationError(
                _l("“%(label)s”不能小于 %(least)s 元", label=label, least=str(self.metadata["least"]))
            )
        return amount

    def _serialize(self, value: Decimal | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value)


def money(label: Any, *, required: bool = True, hint: Any = None, least: Decimal | str = "0.01") -> MoneyField:
    """An amount in yuan, not below ``least``."""
    return MoneyField(
        required=required, load_default=None if not required else missing, allow_none=not required,
        error_messages=_words(label), metadata=_told(label, "money", hint, least=Decimal(least)),
    )  # fmt: skip


class WholeField(fields.Integer):
    """A whole number; JSON floats and booleans are refused."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool | float):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


def whole(label: Any, *, required: bool = True, least: int = 0, most: int = 1_000_000, hint: Any = None) -> WholeField:
    """A whole number between ``least`` and ``most``."""
    span = validate.Range(least, most, error=_l("“%(label)s”应在 {min} 与 {max} 之间", label=label))
    return WholeField(
        required=required, load_default=None if not required else missing, allow_none=not required,
        validate=span, error_messages=_words(label) | {"too_large": _l("数字过大")},
        metadata=_told(label, "integer", hint),
    )  # fmt: skip


class DecimalText(fields.Field[Decimal]):
    """A decimal number given as text or integer."""

    default_error_messages = {"invalid": _l("格式不正确")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        label, least, most = self.metadata["label"], self.metadata["least"], self.metadata["most"]
        if isinstance(value, bool | float):
            raise self.make_error("invalid")
        try:
            number = Decimal(str(value).strip())
        except InvalidOperation as wrong:
            raise self.make_error("invalid") from wrong
        if not number.is_finite() or not least <= number <= most:
            raise ValidationError(
                _l("“%(label)s”应在 %(least)s 与 %(most)s 之间", label=label, least=str(least), most=str(most))
            )
        return number

    def _serialize(self, value: Decimal | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value)


def number(label: Any, *, required: bool = True, least: str = "0", most: str = "100", hint: Any = None) -> DecimalText:
    """A decimal number, for example a percentage or points."""
    return DecimalText(
        required=required, load_default=None if not required else missing, allow_none=not required,
        error_messages=_words(label),
        metadata=_told(label, "text", hint, least=Decimal(least), most=Decimal(most), inputmode="decimal"),
    )  # fmt: skip


class MomentField(fields.Field[datetime]):
    """A moment: ISO 8601; without a zone it is Beijing time."""

    default_error_messages = {"invalid": _l("格式不正确")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError as wrong:
            raise self.make_error("invalid") from wrong
        if not 1990 <= moment.year <= 2200:
            raise self.make_error("invalid")
        return at(moment.date(), moment.hour, moment.minute, moment.second) if moment.tzinfo is None else moment

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else value.astimezone(BEIJING).replace(tzinfo=None).isoformat()


def moment(label: Any, *, required: bool = True, hint: Any = None) -> MomentField:
    """A moment, Beijing time."""
    return MomentField(
        required=required, load_default=None if not required else missing, allow_none=not required,
        error_messages=_words(label), metadata=_told(label, "datetime", hint or _l("北京时间")),
    )  # fmt: skip


class DayField(fields.Date):
    """A calendar day between 1990, or the year that is told as the earliest, and 2200."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        day: date = super()._deserialize(value, attr, data, **kwargs)
        if not self.metadata.get("earliest", 1990) <= day.year <= 2200:
            raise self.make_error("invalid", input=value, obj_type="date")
        return day


def day(label: Any, *, required: bool = True, hint: Any = None, earliest: int = 1990) -> DayField:
    """A calendar day, not before the year ``earliest``."""
    return DayField(
        required=required, load_default=None if not required else missing, allow_none=not required,
        error_messages=_words(label), metadata=_told(label, "date", hint, earliest=earliest),
    )  # fmt: skip


class CodeField(fields.Field[Code]):
    """One member of a codelist."""

    default_error_messages = {"invalid": _l("格式不正确")}

    def __init__(self, codelist: type[Code], only: tuple[Code, ...] | None = None, **more: Any) -> None:
        super().__init__(**more)
        self.codelist = codelist
        self.members = only or tuple(codelist)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Code:
        for member in self.members:
            if member.value == value:
                return member
        raise ValidationError(_l("“%(label)s”不在可选范围内", label=self.metadata["label"]))

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(getattr(value, "value", value))


def code(
    label: Any, codelist: type[Code], *, required: bool = True, only: tuple[Code, ...] | None = None,
    hint: Any = None, kind: str | None = None,
) -> CodeField:  # fmt: skip
    """One of a codelist: radios up to five, else a select."""
    members = only or tuple(codelist)
    drawn = kind or ("radio" if len(members) <= 5 else "select")
    return CodeField(
        codelist, only, required=required, load_default=None if not required else missing,
        allow_none=not required, error_messages=_words(label), metadata=_told(label, drawn, hint),
    )  # fmt: skip


def codes(label: Any, codelist: type[Code], *, required: bool = True, hint: Any = None) -> fields.List:
    """Several of a codelist, ticked."""
    rules = [validate.Length(min=1, error=_l("请选择“%(label)s”", label=label))] if required else []
    return fields.List(
        CodeField(codelist, error_messages=_words(label), metadata=_told(label, "checkbox")), required=required,
        validate=rules, load_default=list if not required else missing, error_messages=_words(label),
        metadata=_told(label, "checkboxes", hint),
    )  # fmt: skip


def ticks(label: Any, *, hint: Any = None) -> fields.List:
    """Any of what the record offers, ticked; the allowed values come with the page."""
    return fields.List(
        fields.String(error_messages=_words(label), metadata=_told(label, "checkbox")), load_default=list,
        error_messages=_words(label),
        validate=validate.Length(max=200, error=_l("最多 {max} 项")), metadata=_told(label, "checkboxes", hint),
    )  # fmt: skip


class YesNo(fields.Boolean):
    """Yes or no; an answer is demanded, nothing is taken for granted."""


def yes(label: Any, *, required: bool = True, hint: Any = None) -> YesNo:
    """A question answered by yes or no."""
    return YesNo(
        required=required, load_default=None if not required else missing, allow_none=not required,
        error_messages=_words(label), metadata=_told(label, "radio", hint),
    )  # fmt: skip


class UploadField(fields.Field[Upload]):
    """A file: from a form as an :class:`Upload`, from JSON as ``{"name", "content": base64}``."""

    default_error_messages = {"invalid": _l("格式不正确")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Upload:
        if isinstance(value, dict) and set(value) == {"name", "content"}:
            try:
                value = Upload(str(value["name"])[:200], base64.b64decode(value["content"], validate=True), "")
            except (binascii.Error, TypeError, ValueError) as wrong:
                raise self.make_error("invalid") from wrong
        if not isinstance(value, Upload):
            raise self.make_error("invalid")
        return checked(value)


def checked(upload: Upload) -> Upload:
    """The same file with the media type that its content proves.

    Raises:
        ValidationError: empty, too large, of a kind not accepted, or disguised.
    """
    ending = "." + upload.name.rpartition(".")[2].lower()
    if not upload.data:
        raise ValidationError(_l("文件“%(name)s”是空的", name=upload.name))
    if len(upload.data) > MAX_MEGABYTES * 2**20:
        raise ValidationError(_l("文件“%(name)s”超过 %(most)s MB", name=upload.name, most=MAX_MEGABYTES))
    if ending not in ACCEPTED:
        raise ValidationError(_l("不接受“%(ending)s”类型的文件", ending=ending))
    if not _is_what_it_says(ending, upload.data):
        raise ValidationError(_l("文件“%(name)s”的内容与扩展名不符", name=upload.name))
    return Upload(upload.name.replace("/", "_").replace("\\", "_"), upload.data, ACCEPTED[ending])


def _is_what_it_says(ending: str, data: bytes) -> bool:
    if ending in (".txt", ".csv", ".json"):
        return b"\x00" not in data[:4096]
    try:
        found = {match.extension for match in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        return False
    family = {
        ".jpeg": {".jpg", ".jpeg"},
        ".jpg": {".jpg", ".jpeg"},
        ".docx": {".docx", ".zip"},
        ".xlsx": {".xlsx", ".zip"},
    }
    return bool(found & family.get(ending, {ending}))


def upload(label: Any, *, required: bool = True, hint: Any = None) -> UploadField:
    """One file."""
    accept = ",".join(ACCEPTED)
    return UploadField(
        required=required, load_default=None if not required else missing, allow_none=not required,
        error_messages=_words(label),
        metadata=_told(label, "file", hint or _l("PDF、Word、Excel、图片或压缩包"), accept=accept),
    )  # fmt: skip


def uploads(label: Any, *, required: bool = False, most: int = 20, hint: Any = None) -> fields.List:
    """Several files."""
    rules: list[Any] = [validate.Length(max=most, error=_l("最多 {max} 个文件"))]
    if required:
        rules.append(validate.Length(min=1, error=_l("请上传“%(label)s”", label=label)))
    return fields.List(
        UploadField(error_messages=_words(label), metadata=_told(label, "file")), required=required,
        load_default=list if not required else missing, validate=rules, error_messages=_words(label),
        metadata=_told(label, "files", hint or _l("PDF、Word、Excel、图片或压缩包"), accept=",".join(ACCEPTED)),
    )  # fmt: skip


def rows(
    label: Any, row: type[StepSchema], *, required: bool = True, most: int = 200, hint: Any = None, blank: int = 1
) -> fields.List:
    """A small table: one nested schema a row."""
    rules: list[Any] = [validate.Length(max=most, error=_l("最多 {max} 行"))]
    if required:
        rules.append(validate.Length(min=1, error=_l("“%(label)s”至少一行", label=label)))
    return fields.List(
        fields.Nested(row, error_messages=_words(label)), required=required, validate=rules,
        load_default=list if not required else missing, error_messages=_words(label),
        metadata=_told(label, "table", hint, row=row, blank=blank),
    )  # fmt: skip


def fixed(label: Any, *, maxlength: int = 64) -> fields.String:
    """A cell that names its row: given by the page, sent back unchanged; the record's choices give it its words."""
    return text(label, maxlength=maxlength, kind="fixed")


def given_rows(label: Any, row: type[StepSchema], *, most: int = 500, hint: Any = None) -> fields.List:
    """A table whose rows the page gives (one a bid, for instance); without rows it is not drawn."""
    return rows(label, row, required=False, most=most, hint=hint, blank=0)


def several(label: Any, *, required: bool = False, hint: Any = None) -> fields.List:
    """Any number of the offered choices, drawn as boxes to tick; the values come from the page's ``offer``."""
    short = validate.Length(max=64, error=_l("所选内容不在可选范围内"))
    return fields.List(
        fields.String(validate=short, error_messages=_words(label)), required=required, error_messages=_words(label),
        load_default=list if not required else missing, metadata=_told(label, "checkboxes", hint),
    )  # fmt: skip
