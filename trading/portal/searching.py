"""What a reader may look for 查询条件: one schema for the search form, the address and the JSON operation."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l

from trading.codelists import District, NoticeKind, ProjectType, Status
from trading.errors import InvalidInput
from trading.web import exchange
from trading.web.fields import StepSchema, code, day, money, text, whole

NOT_ASKED = frozenset({"lang"})
PUBLIC_STATUSES = tuple(
    status for status in Status
    if status not in (Status.DRAFT, Status.REGISTERED, Status.FILED, Status.METHOD_FIXED)
)  # fmt: skip


class PageSchema(StepSchema):
    """Where a page of a list begins."""

    after = text(_l("此后"), required=False, maxlength=80, kind="hidden")
    before = text(_l("此前"), required=False, maxlength=80, kind="hidden")


class LotSearchSchema(PageSchema):
    """What the list of lots is narrowed by."""

    words = text(_l("关键词"), required=False, maxlength=60, hint=_l("项目、标段名称或者标段编号"))
    status = code(_l("状态"), Status, required=False, only=PUBLIC_STATUSES, kind="select")
    district = code(_l("乡镇"), District, required=False, kind="select")
    type = code(_l("项目类型"), ProjectType, required=False, kind="select")
    published_from = day(_l("发布日期自"), required=False)
    published_to = day(_l("发布日期至"), required=False)
    amount_from = money(_l("估算金额自"), required=False, least="0")
    amount_to = money(_l("估算金额至"), required=False, least="0")


class NoticeSearchSchema(PageSchema):
    """What the list of notices is narrowed by."""

    kind = code(_l("公告类别"), NoticeKind, required=False, kind="select")


LOTS, NOTICES = LotSearchSchema(), NoticeSearchSchema()
MARKS = frozenset(PageSchema().fields)


class YearSchema(StepSchema):
    """Which year the statistics tell of."""

    year = whole(_l("年度"), required=False, least=1990, most=2200)


def asked(schema: StepSchema) -> dict[str, Any]:
    """The typed query of this request's address; blank answers count as not given.

    Raises:
        InvalidInput: each wrong field with its sentences.
    """
    return exchange.load(schema, raw())


def raw() -> dict[str, str]:
    """The query as it was typed."""
    return {name: value for name, value in request.args.items() if name not in NOT_ASKED and value.strip()}


def leniently(schema: StepSchema) -> tuple[dict[str, Any], dict[str, Any]]:
    """The query and what is wrong with it: a page shows both, with every answer still in its place."""
    try:
        return asked(schema), {}
    except InvalidInput as wrong:
        return {}, wrong.told(exchange.language())
