"""The pages of the public side 公众页面."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import abort, render_template, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_smorest import Blueprint

from trading.codelists import Phase, Status
from trading.database import db
from trading.models import Lot
from trading.steps import Step
from trading.web import access
from trading.web.formats import moment, word
from trading.web.steps import PAGES, find_lot, step_url
from trading.workflow.engine import open_steps
from trading.workflow.transitions import PHASE_OF_STATUS

blueprint = Blueprint("portal", __name__, description="公众服务 The public side")


@access.public
def home() -> ResponseReturnValue:
    """The first page."""
    return render_template("portal/home.html")


def progress(lot: Lot) -> list[tuple[Phase, str]]:
    """The five phases as done, now, next or stopped."""
    standing = lot.held_status or lot.status
    stopped = lot.status in (Status.SUSPENDED, Status.FAILED, Status.TERMINATED)
    current = PHASE_OF_STATUS.get(standing, Phase.PROCESS_SUPERVISION)
    order = list(Phase)
    here = order.index(current)
    if lot.status is Status.ARCHIVED:
        return [(phase, "done") for phase in order]
    now_word = "stopped" if stopped else "now"
    return [(phase, "done" if at < here else now_word if at == here else "next") for at, phase in enumerate(order)]


def task_items(lot: Lot) -> list[dict[str, Any]]:
    """What this reader may do on this lot now."""
    return [
        {"url": step_url(lot, row.step), "title": word(row.step), "status": "todo"}
        for row in open_steps(db.session, lot, access.caller())
        if row.step in PAGES
    ]


@access.public
def lot(code: str) -> ResponseReturnValue:
    """One lot: where it stands, what this reader can do, what stands in the way."""
    found = find_lot(code)
    return render_template("portal/lot.html", lot=found, progress=progress(found), items=task_items(found))


@access.allow()
def receipt(code: str) -> ResponseReturnValue:
    """The confirmation of the step just taken."""
    taken = session.get("receipt")
    if not taken or taken["code"] != code:
        abort(404)
    found = find_lot(code)
    rows = [
        {"label": _("办理时间"), "value": moment(datetime.fromisoformat(taken["at"]))},
        {"label": _("标段编号"), "value": code},
        {"label": _("存证指纹"), "value": taken["leaf"]},
    ]
    rows += [{"label": name, "value": value} for name, value in taken["facts"].items()]
    return render_template("portal/receipt.html", lot=found, step=Step(taken["step"]), rows=rows, body=None)


@access.allow()
def my_work() -> ResponseReturnValue:
    """What waits for this reader, in due order."""
    return render_template("portal/my_work.html")


@access.public
def lots() -> ResponseReturnValue:
    """All published lots."""
    return render_template("portal/lots.html")


@access.public
def notices() -> ResponseReturnValue:
    """All notices."""
    return render_template("portal/notices.html")


@access.public
def statistics() -> ResponseReturnValue:
    """Savings and premiums."""
    return render_template("portal/statistics.html")


blueprint.add_url_rule("/", "home", home)
blueprint.add_url_rule("/lots", "lots", lots)
blueprint.add_url_rule("/lots/<string:code>", "lot", lot)
blueprint.add_url_rule("/lots/<string:code>/receipt", "receipt", receipt)
blueprint.add_url_rule("/my-work", "my_work", my_work)
blueprint.add_url_rule("/notices", "notices", notices)
blueprint.add_url_rule("/statistics", "statistics", statistics)
