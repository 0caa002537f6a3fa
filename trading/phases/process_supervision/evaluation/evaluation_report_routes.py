"""The evaluation report as a page and as PDF 评标报告: for members once drafted, for others once handed in."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from trading.codelists import Role
from trading.database import db
from trading.errors import NotFound
from trading.models import Lot, Member
from trading.phases.process_supervision.blueprint import blueprint
from trading.phases.process_supervision.evaluation.evaluation_report import Reading, cover_of, tables_of
from trading.web import access
from trading.web.printing import printed
from trading.web.steps import find_lot
from trading.workflow.evaluation_record import report_of
from trading.workflow.secrecy import is_inside

READERS = (Role.EXPERT, Role.OWNER, Role.AGENCY, Role.CENTRE, Role.SUPERVISOR, Role.AUTHORITY, Role.OVERSIGHT)


def reading_of(lot: Lot) -> Reading:
    """As what the reader reads: a member by name; the owner's side and the offices once it is handed in.

    Until the award the names of the committee are told to its members alone (R11.C13).

    Raises:
        NotFound: for everybody else, and before there is a report.
    """
    reader, report = access.actor(), report_of(db.session, lot)
    if report is None:
        raise NotFound("没有可以查看的评标报告", "There is no report to be read")
    seat = db.session.scalar(select(Member).where(Member.lot_id == lot.id, Member.user_id == reader.id))
    if seat is not None:
        return Reading(seat, names=True)
    if report.submitted_at is None or not is_inside(db.session, reader, lot):
        raise NotFound("没有可以查看的评标报告", "There is no report to be read")
    return Reading(None, names=lot.awarded_at is not None)


def told_of(lot: Lot) -> dict[str, Any]:
    """What both forms show."""
    found = tables_of(lot, reading_of(lot))
    if found is None:
        raise NotFound("没有可以查看的评标报告", "There is no report to be read")
    report, tables = found
    return {"lot": lot, "report": report, "tables": tables, "cover": cover_of(lot, report)}


@access.allow(*READERS)
def evaluation_report(code: str) -> ResponseReturnValue:
    """The whole report as a page."""
    return render_template("process_supervision/evaluation_full.html", **told_of(find_lot(code)))


@access.allow(*READERS)
def evaluation_report_pdf(code: str) -> Response:
    """The whole report as PDF."""
    lot = find_lot(code)
    told = told_of(lot)
    pdf = printed(
        "documents/evaluation_report.html", title=_("评标报告"), subtitle=lot.name, number=lot.code,
        facts=told["cover"], issuer=_("评标委员会"), **told,
    )  # fmt: skip
    headers = {"Content-Disposition": f'inline; filename="evaluation-{lot.code}.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


blueprint.add_url_rule("/lots/<string:code>/evaluation/report", "evaluation_report", evaluation_report)
blueprint.add_url_rule("/lots/<string:code>/evaluation/report.pdf", "evaluation_report_pdf", evaluation_report_pdf)
