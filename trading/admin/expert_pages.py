"""The expert's own pages 我的专家页: apply, see how one stands, keep one's record, object."""

from __future__ import annotations

from typing import Any

from flask import jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trading.admin import applying, expert_desk, expert_view, pool_decisions
from trading.admin.account import begin_session, hasher
from trading.admin.pages import law
from trading.codelists import Role
from trading.database import db, transaction
from trading.errors import NotAllowed
from trading.models import Expert, ExpertDecision
from trading.web import access, throttle
from trading.web.steps import now, tools


def register(_record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Open the account of an applicant; who he is, is looked at when he applies."""
    throttle.knock(db.session, law(), throttle.Door.REGISTRATION, request.remote_addr or "", now())
    with transaction(db.session):
        user = applying.register_applicant(db.session, hasher(), law(), data, now())
    begin_session(user)
    return {"login": user.login, "identity_number": applying.masked(user.person)}


def hand_in(_record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Hand in an application with its papers."""
    application = applying.hand_in(db.session, tools().files, access.actor(), data, law(), now())
    return expert_view.application_json(application)


def withdraw(_record: None, _data: dict[str, Any]) -> dict[str, Any]:
    """Withdraw the application that is under way."""
    applying.withdraw(db.session, access.actor(), now())
    return {"withdrawn": True}


def take_leave(_record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Enter leave."""
    leave = expert_desk.take_leave(db.session, access.actor(), data, now())
    return {"id": leave.id, "first_day": leave.first_day.isoformat(), "last_day": leave.last_day.isoformat()}


def own_leave(leave: str) -> str:
    """The id in the path; whose leave it is, is asked where it is ended."""
    return leave


def come_back(leave: str, _data: dict[str, Any]) -> dict[str, Any]:
    """End leave early."""
    expert_desk.come_back(db.session, access.actor(), leave, now())
    return {"ended": True}


def declare(_record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Keep one's declarations up to date."""
    return {"changed": expert_desk.declare(db.session, access.actor(), data, now())}


def declared(_record: None) -> dict[str, Any]:
    """What is declared now."""
    user = access.actor()
    expert = db.session.get(Expert, user.expert_id) if user.expert_id else None
    if expert is None:
        raise NotAllowed("您尚未列入专家库", "You are not in the pool yet")
    return expert_desk.kept(expert)


def own_decision(decision: str) -> ExpertDecision:
    """A decision about the expert who calls."""
    return pool_decisions.own_decision(db.session, access.actor(), decision)


def object_to(decision: ExpertDecision, data: dict[str, Any]) -> dict[str, Any]:
    """Object to a decision."""
    days = int(law()["expert_objection_days"])
    pool_decisions.object_to(db.session, access.actor(), decision.id, data["text"], days, now())
    return {"objected": True}


def to_me(_answer: Any = None, **_path: str) -> str:
    """The expert's own page."""
    return url_for("experts.me")


def to_application(_answer: Any = None, **_path: str) -> str:
    """The form of the application."""
    return url_for("experts.apply")


@access.allow(Role.EXPERT)
def me() -> ResponseReturnValue:
    """How one stands, what waits, what one declared, what was said of one's work."""
    shown = expert_view.of_user(db.session, access.actor(), now(), law())
    return render_template("admin/expert_me.html", own=True, as_moment=expert_view.as_moment, **shown)


@access.allow(Role.EXPERT)
def me_json() -> ResponseReturnValue:
    """The same by JSON."""
    return jsonify(expert_view.of_user(db.session, access.actor(), now(), law()))
