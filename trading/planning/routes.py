"""The pages and operations of planning 时间规划: open to everybody, like the law they are reckoned from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_smorest import Blueprint

from trading.beijing import beijing
from trading.database import db
from trading.errors import InvalidInput, Refused
from trading.models import Lot
from trading.planning.calendar_file import calendar_file
from trading.planning.course import Ground
from trading.planning.existing import timetable_of
from trading.planning.plan import plan
from trading.planning.rows import Row, as_json, rows_of
from trading.planning.schemas import PlanSchema, scheme_of, wishes_of
from trading.planning.timetable import Timetable
from trading.web import access, exchange
from trading.web.printing import printed
from trading.web.steps import find_lot, now, tools
from trading.workflow.calendars import calendar_in_force

blueprint = Blueprint("planning", __name__, description="时间规划 Planning")
NOT_ASKED = frozenset({"lang"})
FIRST_SHOWN = {"type": "works", "category": "construction", "method": "open_tender"}


@dataclass(frozen=True)
class Shown:
    """A timetable with its rows and the addresses of its files."""

    table: Timetable
    rows: list[Row]
    title: str
    pdf: str
    ics: str
    json: str


def typed() -> dict[str, str]:
    """The query as it was typed; blank answers count as not given."""
    return {name: value for name, value in request.args.items() if name not in NOT_ASKED and value.strip()}


def asked() -> Timetable:
    """The timetable that this request's address asks for.

    Raises:
        InvalidInput: each wrong field with its sentences.
    """
    data = exchange.load(PlanSchema(), typed())
    scheme, wishes = scheme_of(data), wishes_of(data, now())
    ground = Ground(tools().book, calendar_in_force(db.session, tools().calendar), now(), now())
    return plan(scheme, ground, wishes)


def of_lot(lot: Lot) -> Timetable:
    """The timetable of a lot that this reader may know.

    Raises:
        Refused: none can be made of it.
    """
    return timetable_of(db.session, lot, now(), tools())


def shown(table: Timetable, title: str, endpoint: str, **values: Any) -> Shown:
    """A timetable with the addresses of its files."""
    pdf, ics, json = (url_for(f"planning.{endpoint}_{kind}", **values) for kind in ("pdf", "ics", "json"))
    return Shown(table, rows_of(table), title, pdf, ics, json)


@access.public
def page() -> ResponseReturnValue:
    """The form; with an answer, the timetable below it; with mistakes, every answer still in its place."""
    raw, errors, found = typed(), {}, None
    if raw:
        try:
            found = shown(asked(), _("时间规划"), "planning", **raw)
        except InvalidInput as wrong:
            errors = wrong.told(exchange.language())
    form = exchange.inputs(PlanSchema(), raw or FIRST_SHOWN, errors)
    status = 400 if errors else 200
    return render_template(
        "planning/page.html", fields=form, errors=exchange.flat(errors), found=found, asked=bool(raw)
    ), status  # fmt: skip


@access.public
def lot_page(code: str) -> ResponseReturnValue:
    """The timetable of a lot: what has happened, and what comes."""
    lot = find_lot(code)
    found, sentence = None, ""
    try:
        found = shown(of_lot(lot), _("时间规划") + " " + lot.name, "lot_planning", code=code)
    except Refused as refusal:
        sentence = refusal.sentence(exchange.language())
    return render_template("planning/lot.html", lot=lot, found=found, sentence=sentence, now=now())


def pdf_of(found: Shown, name: str, lot: Lot | None = None) -> Response:
    """The timetable on paper."""
    pdf = printed("documents/timetable.html", found=found, lot=lot, today=beijing(now()).date())
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def ics_of(found: Shown, name: str) -> Response:
    """The timetable as a calendar file."""
    content = calendar_file(found.table, found.rows, found.title, now())
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return Response(content, content_type="text/calendar; charset=utf-8", headers=headers)


@access.public
def planning_pdf() -> ResponseReturnValue:
    """The timetable asked for, as PDF."""
    return pdf_of(shown(asked(), _("时间规划"), "planning"), "timetable")


@access.public
def planning_ics() -> ResponseReturnValue:
    """The timetable asked for, as iCalendar."""
    return ics_of(shown(asked(), _("时间规划"), "planning"), "timetable")


@access.public
def planning_json() -> ResponseReturnValue:
    """The timetable asked for."""
    return jsonify(as_json(asked()))


def of_code(code: str) -> tuple[Shown, Lot]:
    """The timetable of the lot of this code."""
    lot = find_lot(code)
    return shown(of_lot(lot), _("时间规划") + " " + lot.name, "lot_planning", code=code), lot


@access.public
def lot_planning_pdf(code: str) -> ResponseReturnValue:
    """The timetable of a lot, as PDF."""
    found, lot = of_code(code)
    return pdf_of(found, f"timetable-{lot.code}", lot)


@access.public
def lot_planning_ics(code: str) -> ResponseReturnValue:
    """The timetable of a lot, as iCalendar."""
    found, lot = of_code(code)
    return ics_of(found, f"timetable-{lot.code}")


@access.public
def lot_planning_json(code: str) -> ResponseReturnValue:
    """The timetable of a lot."""
    lot = find_lot(code)
    return jsonify({"lot": lot.code, "status": lot.status.value, **as_json(of_lot(lot))})


def parameters() -> list[dict[str, Any]]:
    """The query of a timetable, as the specification lists it."""
    return [
        {"name": name, "in": "query", "required": field.required, "schema": {"type": "string"},
         "description": str(field.metadata["label"])}
        for name, field in PlanSchema().fields.items()
    ]  # fmt: skip


def serve(path: str, name: str, view: Any, summary: str, asks: list[dict[str, Any]]) -> None:
    """Mount one reading operation with its description."""
    answers = {"200": {"description": summary}, "400": {"description": "The query is not understood"}}
    described = blueprint.doc(summary=summary, parameters=asks, responses=answers)(view)
    described.callers = view.callers
    blueprint.route(path, methods=["GET"], endpoint=name)(described)


blueprint.add_url_rule("/planning", "planning", page)
blueprint.add_url_rule("/planning.pdf", "planning_pdf", planning_pdf)
blueprint.add_url_rule("/planning.ics", "planning_ics", planning_ics)
blueprint.add_url_rule("/lots/<string:code>/planning", "lot_planning", lot_page)
blueprint.add_url_rule("/lots/<string:code>/planning.pdf", "lot_planning_pdf", lot_planning_pdf)
blueprint.add_url_rule("/lots/<string:code>/planning.ics", "lot_planning_ics", lot_planning_ics)
serve(
    "/api/v1/planning", "planning_json", planning_json, "The compliant timetable of works by open tender", parameters()
)
serve(
    "/api/v1/lots/<string:code>/planning", "lot_planning_json", lot_planning_json,
    "The timetable of one lot: what has happened, what comes", [],
)  # fmt: skip
