"""One missing paper, vote or day is refused by its condition, and nothing changed 各类项目的条件."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade
from tests.phases import negotiations, variants
from tests.phases.preparing import drafted, entered, prepare, prepared, registered, registration, sale_terms
from trading.beijing import law_date
from trading.clock import StoppedClock
from trading.codelists import Method, ProjectType, Status
from trading.database import db, transaction
from trading.methods.profiles import PROFILES
from trading.models import Alarm, MethodApplication

T = ProjectType
LOTS = [{"title": "彩超一台", "category": "goods", "estimate": "1000000", "scope": "彩色超声诊断仪"}]
NO_PRICE_FACTORS = [
    {"code": "p", "title": "价格", "kind": "price", "points": "29"},
    {"code": "t", "title": "技术", "kind": "subjective", "points": "71", "intervals": "优71 良40 差0"},
]


def days_ago(trade_clock: StoppedClock, days: int) -> str:
    """A day before the test's today."""
    return str(law_date(trade_clock.now()) - timedelta(days=days))


def refused(trade: Trade, who: str, step: str, condition: str, body: dict[str, Any] | None = None) -> None:
    """The step is refused by the condition, and the lot is where it was."""
    with trade.app.app_context():
        before = (trade.lot().status, trade.lot().version)
    answer = trade.step(who, step, body, 422)
    assert condition in [one["id"] for one in answer["conditions"]], answer
    with trade.app.app_context():
        assert (trade.lot().status, trade.lot().version) == before


@pytest.mark.parametrize("project_type", [T.GP, T.GPN])
def test_a_procurement_whose_plan_is_filed_after_its_start_is_not_registered(
    app: Flask, clock: StoppedClock, project_type: ProjectType
) -> None:
    trade = drafted(app, project_type, project={"plan_filed_on": days_ago(clock, -1)})
    trade.step("owner", "submit-registration", registration(project_type))
    refused(trade, "centre", "accept-registration", "R01.C8")


FILINGS: list[tuple[ProjectType, dict[str, Any], str]] = [
    (T.GP, {"project": {"approved_budget": "999999.99"}}, "R02.C4"),
    (T.GPN, {"project": {"approved_budget": "999999.99"}}, "R02.C4"),
    (T.GP, {"terms": {"factors": NO_PRICE_FACTORS}}, "R03.C10"),
    (T.GP, {"terms": {"minimum_price": "1"}}, "R03.C5"),
    (T.GP, {"terms": {"ceiling": "1000001"}}, "R06.C1"),
    (T.GP, {"terms": {"base_prices": 2}}, "R06.C6"),
    (T.LAND, {"papers": {"planning_conditions": []}}, "R02.C6"),
    (T.LAND, {"papers": {"decision": []}}, "R02.C6"),
    (T.LAND, {"project": {"decided_on": None}}, "R02.C6"),
    (T.LAND, {"papers": {"valuation": []}}, "R02.C6"),
    (T.LAND, {"project": {"valuation_base": None}}, "R02.C9"),
    (T.SOE, {"project": {"valuation_filed": None}}, "R02.C7"),
    (T.SOE, {"project": {"gives_up_control": True}}, "R02.C7"),
    (T.SOE, {"terms": {"starting_price": "2999999.99"}}, "R06.C7"),
    (T.ADMIN, {"papers": {"decision": []}}, "R02.C8"),
    (T.ADMIN, {"papers": {"valuation": []}}, "R02.C8"),
    (T.ADMIN, {"project": {"decided_on": None}}, "R02.C8"),
    (T.RURAL, {"project": {"agreed": 29}}, "R02.C10"),
    (T.RURAL, {"project": {"by_delegates": False, "attended": 29, "agreed": 29, "reserve_agreed": 29}}, "R02.C10"),
    (T.RURAL, {"project": {"land_to_outsiders": True}}, "R02.C11"),
    (T.RURAL, {"project": {"construction_land": True}}, "R02.C12"),
    (T.OTHER, {"terms": {"object_clear": False}}, "R02.C13"),
    (T.LAND, {"terms": {"object_clear": False}}, "R02.C13"),
]


@pytest.mark.parametrize(("project_type", "changed", "condition"), FILINGS)
def test_what_is_missing_or_wrong_keeps_a_lot_from_being_filed(
    app: Flask, project_type: ProjectType, changed: dict[str, Any], condition: str
) -> None:
    trade = registered(app, project_type, **changed)
    prepare(trade, project_type, **changed)
    refused(trade, "owner", "file-conditions", condition)


def test_a_meeting_called_nine_days_before_is_no_lawful_vote(app: Flask, clock: StoppedClock) -> None:
    late = {"project": {"called_on": days_ago(clock, 37)}}
    trade = registered(app, T.RURAL, **late)
    prepare(trade, T.RURAL)
    refused(trade, "owner", "file-conditions", "R02.C10")


def test_a_valuation_of_more_than_a_year_ago_is_no_longer_in_force(app: Flask, clock: StoppedClock) -> None:
    trade = registered(app, T.SOE, project={"valuation_base": days_ago(clock, 367)})
    prepare(trade, T.SOE)
    refused(trade, "owner", "file-conditions", "R02.C9")


@pytest.mark.parametrize(
    ("project_type", "changed", "field"),
    [
        (T.LAND, {"land_use": ""}, "land_use"),
        (T.LAND, {"method": "public_lease"}, "method"),
        (T.LAND, {"investment_code": "1"}, "investment_code"),
        (T.GP, {"lots": [LOTS[0] | {"category": "construction"}]}, "lots"),
        (T.GP, {"plan_number": ""}, "plan_number"),
        (T.RURAL, {"agreed": 41}, "agreed"),
        (T.RURAL, {"attended": 46}, "attended"),
        (T.RURAL, {"met_on": "2020-01-01"}, "met_on"),
        (T.SOE, {"valuer": None}, "valuer"),
        (T.OTHER, {"stranger": 1}, "stranger"),
    ],
)
def test_a_form_of_one_type_refuses_what_is_not_its_own_and_keeps_nothing(
    app: Flask, project_type: ProjectType, changed: dict[str, Any], field: str
) -> None:
    trade = drafted(app, project_type)
    with app.app_context():
        today = law_date(trade.clock.now())
    planned = PROFILES[project_type].methods[0]
    from_clerk = entered(project_type, planned, today) | changed
    assert field in trade.send("owner", "/projects", from_clerk, 400)["fields"]


def test_a_paper_of_the_profile_is_asked_for_at_the_registration(app: Flask) -> None:
    trade = drafted(app, T.RURAL)
    answer = trade.step("owner", "submit-registration", registration(T.RURAL) | {"vote": []}, 400)
    assert "vote" in answer["fields"]
    assert "approval" in trade.step("owner", "submit-registration", {"approval": []}, 400)["fields"]


def test_a_lease_by_the_year_has_a_term(app: Flask) -> None:
    trade = registered(app, T.ADMIN)
    asked = sale_terms(T.ADMIN, False)
    assert "lease_from" in trade.step("owner", "prepare-sale", asked | {"lease_from": None}, 400)["fields"]
    assert "lease_until" in trade.step("owner", "prepare-sale", asked | {"lease_until": "2026-07-01"}, 400)["fields"]
    with app.app_context():
        assert trade.lot().status is Status.REGISTERED


@pytest.mark.parametrize(("own", "told"), [(2, False), (3, True)])
def test_a_buyer_who_recommends_more_than_half_of_the_suppliers_raises_an_alarm(
    app: Flask, own: int, told: bool
) -> None:
    trade = prepared(app, T.GPN, Method.NEGOTIATION)
    listed = {
        "source": "recommended", "suppliers": variants.usccs(trade, 1, 2, 3, 4), "invites": 3, "reasons": "均合格",
    }  # fmt: skip
    for wrong in (None, 5):
        assert "by_owner" in trade.step("owner", "list-suppliers", listed | {"by_owner": wrong}, 400)["fields"]
    trade.step("owner", "list-suppliers", listed | {"by_owner": own})
    trade.step("owner", "draw-invitees", {"dice": variants.DICE})
    trade.step("owner2", "witness-invitees", {"dice": variants.DICE})
    trade.step("owner", "announce", negotiations.notice(trade))
    with app.app_context():
        assert ("R04.C5" in db.session.scalars(select(Alarm.condition)).all()) is told


@pytest.mark.parametrize(("attempt", "approved"), [(2, False), (3, True), (3, False)])
def test_works_that_failed_twice_are_awarded_without_tender_by_leave_alone(
    app: Flask, attempt: int, approved: bool
) -> None:
    trade = prepared(app, T.WORKS, Method.DIRECT, ground="patent")
    trade.step("owner", "publish-reasons", {"reasons": "需要采用专有技术", "basis": "实施条例第九条第一项"})
    negotiations.name_the_one(trade)
    with app.app_context(), transaction(db.session):
        trade.lot().attempt = attempt
        db.session.scalars(select(MethodApplication)).one().approved = approved
    if approved:
        trade.step("owner", "announce", negotiations.notice(trade))
        return
    answer = trade.step("owner", "announce", negotiations.notice(trade), 422)
    assert ("R16.C2" in {one["id"] for one in answer["conditions"]}) is (attempt == 3)
