"""The training clock 训练时钟: moved by hand in demonstration mode alone, due effects happening on the way."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import abort, current_app, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from trading.admin.account import blueprint, local
from trading.clock import TrainingClock
from trading.database import db
from trading.errors import TradingError
from trading.web import access, exchange
from trading.web.steps import tools
from trading.workflow import clockwork
from trading.workflow.taking import Tools

SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}


def advance(session: Session, clock: TrainingClock, tools: Tools, goal: datetime) -> int:
    """Move the clock to ``goal``, stopping at each due moment, so that what is due happens at its own time.

    Returns:
        How many steps the clock took.

    Raises:
        TradingError: a due step was refused; the clock stands where it was due.
    """
    taken = len(clockwork.tick(session, clock.now(), tools))
    while True:
        due = clockwork.next_due(session, clock.now())
        if due is None or due[0] > goal:
            break
        clock.advance_to(due[0])
        taken += len(clockwork.tick(session, clock.now(), tools))
    if clock.now() < goal:
        clock.advance_to(goal)
    return taken


@access.public
def training_clock() -> ResponseReturnValue:
    """Move the training clock; anybody may in a demonstration, nobody elsewhere."""
    clock = current_app.extensions["clock"]
    if not isinstance(clock, TrainingClock) or current_app.config["TRADING_MODE"] == "production":
        abort(404)
    to = request.form.get("to", "")
    due = clockwork.next_due(db.session, clock.now())
    if to not in SPANS and not (to == "next" and due):
        abort(400)
    goal = clock.now() + SPANS[to] if to in SPANS else due[0]  # type: ignore[index]
    try:
        taken = advance(db.session, clock, tools(), goal)
        if taken:
            flash(_("时钟已前进，期间有 %(count)s 项到期事项自动办理。", count=taken), "success")
    except TradingError as refusal:
        flash(refusal.sentence(exchange.language()), "error")
    g.pop("now", None)
    return redirect(referer() or url_for("portal.home"), 303)


def referer() -> str | None:
    """The page of this site from which the form was sent."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.host:
        return None
    return local(parts.path + (f"?{parts.query}" if parts.query else ""))


blueprint.add_url_rule("/training-clock", "training_clock", training_clock, methods=["POST"])
