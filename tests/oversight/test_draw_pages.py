"""How often experts are drawn 专家抽取统计: only of draws that are no secret any more; names for the offices alone."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from tests.builders import client_as
from tests.phases.draws import drawn, invited
from trading.database import db, transaction
from trading.models import Expert, Invitation

FIGURES = "/api/v1/statistics/draws?year=2026"


def test_calls_are_counted_once_the_lot_is_awarded_and_names_stay_with_the_offices(app: Flask) -> None:
    trade = drawn(app)
    called = invited(trade)
    trade.step("supervisor", "refuse-invitation", {
        "code": "no-answer", "leaf": _leaf(trade), "call_record": "09:00、09:15 两次无人接听",
    })  # fmt: skip
    names = _names(app)
    public, office = client_as(app, None), client_as(app, trade.people["oversight"])
    before = public.get(FIGURES).get_json()
    assert before["draws"] == 0 and before["calls"] == 0 and before["distribution"] == [{"calls": 0, "experts": 30}]
    with app.app_context(), transaction(db.session):
        trade.lot().awarded_at = trade.clock.now()
    told = public.get(FIGURES).get_json()
    assert (told["draws"], told["calls"], told["refusals"], told["alarms"]) == (1, len(called), 1, 0)
    assert told["distribution"] == [{"calls": 0, "experts": 26}, {"calls": 1, "experts": 4}]
    page = public.get("/statistics/draws?year=2026").text
    assert not [name for name in names if name in page]
    page = office.get("/oversight/draws?year=2026").text
    assert all(name in page for name in names) and "监管机构" in page
    assert public.get("/oversight/draws").status_code in (302, 401)
    assert client_as(app, trade.people["centre"]).get("/oversight/draws").status_code == 403
    for year in ("", "x", "0", "99999999999", "-1"):
        assert public.get(f"/statistics/draws?year={year}").status_code == 200


def _leaf(trade: object) -> str:
    with trade.app.app_context():  # type: ignore[attr-defined]
        return db.session.scalars(select(Invitation.leaf_id).order_by(Invitation.leaf_id)).first() or ""


def _names(app: Flask) -> list[str]:
    with app.app_context():
        return [one.name for one in db.session.scalars(select(Expert))]
