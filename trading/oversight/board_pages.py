"""The board of alarms 电子监察台: as a page, as a table to download, and as JSON; one search for all three."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from flask import jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from trading.codelists import AlarmAge, AlarmGrouping, AlarmOrder, Role, Severity
from trading.database import db
from trading.errors import InvalidInput
from trading.models import Alarm, Lot
from trading.oversight import alarm_board
from trading.oversight.alarm_board import Asked
from trading.oversight.blueprint import blueprint
from trading.rules import CONDITIONS
from trading.web import access, exchange
from trading.web.fields import StepSchema, code, text, whole
from trading.web.spreadsheet import csv_line, download, safe
from trading.web.steps import now

WATCHING = (Role.SUPERVISOR, Role.OVERSIGHT)
HEADS = (
    "lot", "name", "condition", "title", "severity", "level", "responsible", "owner", "due_at", "raised_at",
    "escalated_at", "days", "expected", "actual", "response", "responded_at", "closed_at", "closing_reason",
)  # fmt: skip


class AlarmSearchSchema(StepSchema):
    """What the board is narrowed by."""

    severity = code(_l("预警颜色"), Severity, required=False, only=(Severity.RED, Severity.AMBER), kind="select")
    age = code(_l("发生时间"), AlarmAge, required=False, kind="select")
    rule = text(_l("制度或者条件"), required=False, maxlength=10, hint=_l("例如 R08 或者 R08.C5"))
    group = code(_l("分组"), AlarmGrouping, required=False, kind="select")
    order = code(_l("排序"), AlarmOrder, required=False, kind="select")
    unit = text(_l("责任单位"), required=False, maxlength=64, kind="hidden")
    closed = whole(_l("已销号"), required=False, most=1)
    page = whole(_l("页"), required=False, least=1, most=100_000)


HIDDEN = frozenset({"unit", "closed", "page"})


def raw() -> dict[str, str]:
    """The query as it was typed."""
    return {name: value for name, value in request.args.items() if name != "lang" and value.strip()}


def asked() -> tuple[Asked, int]:
    """What this request asks of the board, and the page.

    Raises:
        InvalidInput: each wrong field with its sentences.
    """
    found = exchange.load(AlarmSearchSchema(), raw())
    page = found.pop("page", None) or 1
    found["closed"] = bool(found.get("closed"))
    found["order"] = found.get("order") or AlarmOrder.OLDEST
    return Asked(**found), page


@access.allow(*WATCHING)
def board() -> ResponseReturnValue:
    """All open alarms, the oldest first, grouped and narrowed as asked; closed ones on demand."""
    errors: dict[str, Any] = {}
    try:
        what, page = asked()
    except InvalidInput as wrong:
        (what, page), errors = (Asked(), 1), wrong.told(exchange.language())
    drawn = exchange.inputs(AlarmSearchSchema(), raw(), errors)
    figures = alarm_board.severities(db.session, what, now())
    found = alarm_board.rows(db.session, what, now(), page)
    counts = alarm_board.counts(db.session, what, now())
    return (
        render_template(
            "oversight/board.html", what=what, figures=figures, counts=counts, groups=grouped(what, found, counts),
            conditions=CONDITIONS, by=AlarmGrouping, now=now(), errors=exchange.flat(errors),
            fields=[one for one in drawn if one["name"] not in HIDDEN], kept=kept_fields(),
            narrowed=bool(set(raw()) - {"closed", "page"}), narrow=narrow,
            download=url_for("oversight.board_csv", **raw()),
            previous_url=narrow(page=page - 1) if page > 1 else None,
            next_url=narrow(page=page + 1) if figures["total"] > page * alarm_board.PAGE else None,
        ),
        400 if errors else 200,
    )  # fmt: skip


def kept_fields() -> dict[str, str]:
    """What the search form carries on unseen."""
    return {name: value for name, value in raw().items() if name in ("unit", "closed")}


def narrow(**changed: Any) -> str:
    """The board's address with the present search, changed; None leaves a question out."""
    rest = {name: value for name, value in raw().items() if name != "page"} | changed
    return url_for("oversight.board", **{name: value for name, value in rest.items() if value is not None})


def grouped(what: Asked, found: list[tuple[Alarm, Lot, str]], counts: Any) -> list[tuple[Any, list[tuple[Alarm, Lot]]]]:
    """The alarms under the heads of their groups; under one empty head where none is asked for."""
    heads = {group.key: group for group in counts[what.group]} if what.group else {}
    return [
        (heads.get(key), [(alarm, lot) for alarm, lot, _key in part])
        for key, part in groupby(found, key=lambda row: row[2])
    ]


@access.allow(*WATCHING)
def board_csv() -> ResponseReturnValue:
    """The same alarms as a table, all of them."""
    what, _page = asked()
    return download("alarms.csv", table(alarm_board.rows(db.session, what, now(), None)))


def table(found: list[tuple[Alarm, Lot, str]]) -> Iterator[str]:
    """The lines of the table."""
    yield csv_line(HEADS)
    for alarm, lot, _key in found:
        told = as_json(alarm, lot)
        yield csv_line([safe(str(told[name])) if told[name] is not None else "" for name in HEADS])


@access.allow(*WATCHING)
def board_json() -> ResponseReturnValue:
    """The same alarms and counts."""
    what, page = asked()
    figures = alarm_board.severities(db.session, what, now())
    counts = alarm_board.counts(db.session, what, now())
    return jsonify({
        **figures, "page": page, "more": figures["total"] > page * alarm_board.PAGE,
        "counts": {
            grouping.value: [{"key": one.key, "zh": one.zh, "en": one.en, "count": one.count} for one in groups]
            for grouping, groups in counts.items()
        },
        "alarms": [as_json(alarm, lot) for alarm, lot, _key in alarm_board.rows(db.session, what, now(), page)],
    })  # fmt: skip


def as_json(alarm: Alarm, lot: Lot) -> dict[str, Any]:
    """One alarm with its lot."""
    condition, language = CONDITIONS.get(alarm.condition), exchange.language()
    moments = ("due_at", "raised_at", "escalated_at", "responded_at", "closed_at")
    return {
        "id": alarm.id, "lot": lot.code, "name": lot.name, "owner": lot.project.owner.name, "about": alarm.about,
        "condition": alarm.condition, "rule": alarm.condition.partition(".")[0],
        "title": "" if condition is None else condition.en if language == "en" else condition.zh,
        "severity": alarm.severity.value, "level": alarm.level, "responsible": alarm.responsible.value,
        "days": ((alarm.closed_at or now()) - alarm.raised_at).days,
        "expected": alarm.should_be(language), "actual": alarm.was(language),
        "response": alarm.response, "closing_reason": alarm.closing_reason,
        **{name: None if (at := getattr(alarm, name)) is None else at.isoformat() for name in moments},
    }  # fmt: skip


def declare() -> None:
    """Hang the three on the room's address."""
    blueprint.add_url_rule("/oversight", "board", board)
    blueprint.add_url_rule("/oversight/alarms.csv", "board_csv", board_csv)
    parameters = [
        {"name": name, "in": "query", "required": False, "schema": {"type": "string"}}
        for name in AlarmSearchSchema().fields
    ]
    answers = {"200": {"description": "Alarms"}, "400": {"description": "The query is not understood"}}
    described = blueprint.doc(
        summary="Alarms of all lots, narrowed, counted and paged", parameters=parameters, responses=answers
    )(board_json)
    described.callers = board_json.callers  # type: ignore[attr-defined]
    blueprint.route("/api/v1/alarms", methods=["GET"], endpoint="board_json")(described)


declare()
