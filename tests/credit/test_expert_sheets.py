"""One sheet a lot and side about each expert: by seat, closed, once; low points with reasons; his reply; the year."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.builders import client_as
from tests.credit.test_appraising import measure
from tests.phases.late_lots import Late, evaluated
from trading.clock import StoppedClock
from trading.codelists import SheetSide, Status
from trading.experts.sheets import ITEMS
from trading.models import ExpertSheet, LedgerEntry, Lot, Member, SheetReply

pytestmark = pytest.mark.both_databases
SIDE = {"owner": SheetSide.OWNER, "agency": SheetSide.OWNER, "centre": SheetSide.CENTRE,
        "supervisor": SheetSide.SUPERVISOR}  # fmt: skip


@pytest.fixture
def lot(app: Flask, clock: StoppedClock) -> Late:
    """A lot that was evaluated."""
    return evaluated(app, clock)


def experts(lot: Late) -> list[str]:
    """The seats of experts."""
    return sorted(one.id for one in lot.records(Member) if one.expert_id)


def sheets(lot: Late, who: str, points: int = 20, **last: Any) -> dict[str, Any]:
    """A full sheet; ``last`` changes the last row."""
    given = {item.value: points for item in ITEMS[SIDE[who]]}
    rows = [{"member": one, **given} for one in experts(lot)]
    rows[-1] |= last
    return {"sheets": rows}


def award(lot: Late) -> None:
    """Set the lot as the award leaves it."""
    lot.change(Lot, awarded_at=lot.clock.now(), **{"status": Status.AWARDED})


def test_each_side_fills_its_own_items_once(lot: Late) -> None:
    for who in ("owner", "centre", "supervisor"):
        lot.done(who, "fill-expert-sheet", sheets(lot, who))
        assert lot.send(who, "fill-expert-sheet", sheets(lot, who)).status_code == 422
    rows = lot.records(ExpertSheet)
    assert {(one.side, one.total) for one in rows} == {(side, 80) for side in SheetSide}
    assert len(rows) == 3 * len(experts(lot)) and all(len(one.points) == 4 for one in rows)


def test_the_agency_fills_for_the_owner(lot: Late) -> None:
    lot.done("owner", "fill-expert-sheet", sheets(lot, "owner"))
    assert lot.send("agency", "fill-expert-sheet", sheets(lot, "agency")).status_code in (403, 404, 422)


@pytest.mark.parametrize(
    "last",
    [
        {"ability": 26}, {"ability": -1}, {"ability": None}, {"ability": 14}, {"attendance": 20}, {"ability": 20.5},
        {"member": "0" * 20}, {"name": "某"},
    ],
)  # fmt: skip
def test_points_out_of_range_of_another_side_or_low_without_reason_are_refused(lot: Late, last: dict[str, Any]) -> None:
    assert lot.send("owner", "fill-expert-sheet", sheets(lot, "owner", **last)).status_code == 400
    assert lot.records(ExpertSheet) == []


def test_low_points_are_given_with_their_reason_and_fifteen_need_none(lot: Late) -> None:
    lot.done("owner", "fill-expert-sheet", sheets(lot, "owner", 15, ability=14, reason="未说明评分依据"))
    assert [one.reason for one in lot.records(ExpertSheet) if one.reason] == ["未说明评分依据"]


def test_a_seat_left_out_or_twice_is_refused(lot: Late) -> None:
    whole = sheets(lot, "centre")["sheets"]
    assert lot.send("centre", "fill-expert-sheet", {"sheets": whole[1:]}).status_code == 400
    assert lot.send("centre", "fill-expert-sheet", {"sheets": [*whole, whole[0]]}).status_code == 400
    assert lot.records(ExpertSheet) == []


@pytest.mark.parametrize("who", ["bidder1", "expert1", "administrator", "authority", "oversight"])
def test_others_fill_no_sheet(lot: Late, who: str) -> None:
    assert lot.send(who, "fill-expert-sheet", sheets(lot, "owner")).status_code == 403


def test_the_page_tells_seats_and_own_items_and_no_name(lot: Late) -> None:
    names = [one.name for one in lot.records(Member) if one.expert_id]
    for who, item, strange in (("owner", "专业能力", "出勤守时"), ("centre", "出勤守时", "专业能力")):
        page = client_as(lot.app, lot.users[who]).get(f"/lots/{lot.one(Lot).code}/fill-expert-sheet").text
        assert "席位 1" in page and item in page and strange not in page
        assert not any(f">{name}<" in page or f"{name}（" in page for name in names)


def test_the_record_tells_of_the_step_and_not_of_the_points(lot: Late) -> None:
    lot.done("supervisor", "fill-expert-sheet", sheets(lot, "supervisor", fairness=3, reason="倾向性言论"))
    bodies = [one.body for one in lot.records(LedgerEntry) if one.body and "fill_expert_sheet" in one.body]
    assert len(bodies) == 1 and "倾向性" not in bodies[0] and "fairness" not in bodies[0]


def seat(lot: Late) -> str:
    """The login of an expert of the committee."""
    members = {one.user_id for one in lot.records(Member) if one.expert_id}
    return sorted(login for login, user in lot.users.items() if user.id in members)[0]


def me(lot: Late, who: str) -> dict[str, Any]:
    """An expert's own page."""
    return client_as(lot.app, lot.users[who]).get("/api/v1/experts/me").get_json()["expert"]


def test_an_expert_sees_his_own_sheets_after_the_award_alone_and_replies_once(lot: Late) -> None:
    who = seat(lot)
    lot.done("owner", "fill-expert-sheet", sheets(lot, "owner"))
    assert me(lot, who)["evaluations"] == [] and me(lot, who)["years"] == []
    assert lot.send(who, "reply-to-sheets", {"text": "谢谢"}).status_code == 409
    award(lot)
    (one,) = me(lot, who)["evaluations"]
    assert [sheet["total"] for sheet in one["sheets"]] == [80] and one["may_reply"]
    assert me(lot, who)["years"] == [{"year": 2026, "lots": 1, "sheets": 1, "mean": "80.00", "flagged": False}]
    page = client_as(lot.app, lot.users[who]).get(f"/lots/{one['lot']}/reply-to-sheets")
    assert page.status_code == 200 and "80" in page.text
    lot.done(who, "reply-to-sheets", {"text": "已按文件评审"})
    assert lot.send(who, "reply-to-sheets", {"text": "再"}).status_code == 422
    assert me(lot, who)["evaluations"][0]["reply"] == "已按文件评审"
    assert lot.one(SheetReply).text == "已按文件评审"


def test_a_measure_stands_on_the_experts_page_without_its_lot(lot: Late) -> None:
    lot.done("supervisor", "appraise-expert", measure(lot, seat(lot)))
    (one,) = me(lot, seat(lot))["measures"]
    assert one["measure"]["code"] == "warning" and one["act"] == "评标期间擅自离席"
    page = client_as(lot.app, lot.users[seat(lot)]).get("/experts/me").text
    assert "评标期间擅自离席" in page and lot.one(Lot).code not in page


def test_a_stranger_and_an_expert_without_a_sheet_do_not_reply(lot: Late) -> None:
    award(lot)
    seated = {one.user_id for one in lot.records(Member)}
    stranger = next(login for login, user in lot.users.items() if login.startswith("expert") and user.id not in seated)
    assert lot.send(stranger, "reply-to-sheets", {"text": "x"}).status_code == 403
    assert lot.send(seat(lot), "reply-to-sheets", {"text": "x"}).status_code == 422


def year(lot: Late, who: str = "supervisor") -> Any:
    """The totals of the year."""
    return client_as(lot.app, lot.users[who]).get("/api/v1/experts/year")


@pytest.mark.parametrize(("points", "flagged"), [(15, False), (14, True)])
def test_the_years_totals_are_of_told_lots_and_flag_who_is_low(lot: Late, points: int, flagged: bool) -> None:
    body = sheets(lot, "centre", points)
    for row in body["sheets"]:
        row["reason"] = "考勤记录"
    lot.done("centre", "fill-expert-sheet", body)
    assert year(lot).get_json()["experts"] == []
    award(lot)
    rows = year(lot).get_json()["experts"]
    assert {(row["mean"], row["flagged"]) for row in rows} == {(f"{points * 4}.00", flagged)}
    assert len(rows) == len(experts(lot))
    assert year(lot, "centre").status_code == 403 and year(lot, "administrator").status_code == 403
    assert client_as(lot.app, lot.users["authority"]).get("/experts/year").status_code == 200
