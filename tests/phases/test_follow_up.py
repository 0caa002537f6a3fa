"""The contract equals the bid, changes cumulate, bonds go back on their clocks, the file is closed 后续管理."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from tests.builders import send_form
from tests.phases.late_lots import (
    CODE,
    PRICES,
    RATING,
    SCOPE,
    acceptance,
    awarded,
    contract,
    contracted,
    evaluated,
    sign,
)
from tests.phases.papers import paper
from trading.beijing import at
from trading.clock import StoppedClock
from trading.codelists import DocumentKind, NoticeKind, Severity, Status
from trading.database import db
from trading.ledger.verify import verify_chain
from trading.models import (
    Acceptance,
    Alarm,
    Award,
    BankLine,
    Contract,
    ContractChange,
    CreditRecord,
    Document,
    LedgerEntry,
    Lot,
    Notice,
    Payment,
    Performance,
)


def failed(answer: Any) -> set[str]:
    """The conditions that refused a step."""
    assert answer.status_code == 422, answer.text
    return {one["id"] for one in answer.get_json()["conditions"]}


def alarms(lot: Any) -> set[str]:
    """The conditions of all alarms."""
    return {one.condition for one in lot.records(Alarm)}


def line_of(lot: Any, who: str) -> BankLine:
    """The bank line of a bidder."""
    home = lot.users[who].organization_id
    (found,) = [one for one in lot.records(BankLine) if one.organization_id == home]
    return found


@pytest.mark.both_databases
def test_the_winner_signs_what_he_saw_and_all_bonds_fall_due_five_days_later(app: Flask, clock: StoppedClock):
    lot = awarded(app, clock)
    lot.done("owner", "draft_contract", contract())
    assert sign(lot).status_code == 200
    found = lot.one(Contract)
    assert found.signed_on == date(2026, 3, 6) and lot.one(Lot).contracted_at == clock.now()
    assert lot.one(Lot).status is Status.CONTRACTED
    assert {one.refund_due_at for one in lot.records(BankLine)} == {at(date(2026, 3, 12))}
    (text,) = [one for one in lot.records(Document) if one.kind is DocumentKind.CONTRACT]
    kept = app.extensions["tools"].files.get(text.sha256).decode()
    assert found.digest in kept and "肆佰捌拾捌万元整" in kept and not text.public


@pytest.mark.parametrize(
    "changed",
    [
        {"price": "4880000.01"},
        {"price": "4879999.99"},
        {"duration_days": 176},
        {"quality": "优良"},
        {"manager": "另一人"},
        {"scope": SCOPE + "及绿化"},
        {"payment_days": 31},
    ],
)
def test_a_contract_that_departs_from_bid_or_tender_is_refused(
    app: Flask, clock: StoppedClock, changed: dict[str, Any]
):
    lot = awarded(app, clock)
    assert failed(lot.send("owner", "draft_contract", contract(**changed))) == {"R17.C4"}
    assert lot.records(Contract) == []


@pytest.mark.parametrize(
    ("changed", "condition"),
    [
        ({"performance_bond": "488000", "payment_guarantee": True}, None),
        ({"performance_bond": "488000.01", "payment_guarantee": True}, "R17.C5"),
        ({"performance_bond": "100000", "payment_guarantee": False}, "R17.C5"),
        ({"retention_percent": "3"}, None),
        ({"retention_percent": "3.01"}, "R17.C14"),
    ],
)
def test_bond_and_retention_of_the_contract_are_bounded(
    app: Flask, clock: StoppedClock, changed: dict[str, Any], condition: str | None
):
    lot = awarded(app, clock)
    answer = lot.send("owner", "draft_contract", contract(**changed))
    if condition is None:
        assert answer.status_code == 200, answer.text
        assert lot.one(Contract).retention_percent == (
            Decimal(changed["retention_percent"]) if "retention_percent" in changed else None
        )
    else:
        assert failed(answer) == {condition}


@pytest.mark.parametrize(
    ("day", "late"), [(date(2026, 5, 1), False), (date(2026, 5, 6), False), (date(2026, 5, 7), True)]
)
def test_v12_the_thirtieth_day_is_a_holiday_and_the_contract_still_in_time(
    app: Flask, clock: StoppedClock, day: date, late: bool
):
    lot = awarded(app, clock, at(date(2026, 4, 1), 9))
    lot.done("owner", "draft_contract", contract())
    clock.set(at(day, 23, 59, 59))
    assert sign(lot).status_code == 200
    assert alarms(lot) == ({"R17.C1"} if late else set())


def test_a_contract_changed_under_the_pen_is_not_signed(app: Flask, clock: StoppedClock):
    lot = awarded(app, clock)
    lot.done("owner", "draft_contract", contract())
    seen = lot.one(Contract).digest
    lot.done("owner", "draft_contract", contract(number="HT-2026-2"))
    answer = lot.send("bidder1", "sign_contract", {"digest": seen, "agreed": True})
    assert answer.status_code == 409 and lot.one(Contract).signed_at is None
    refused = lot.send("bidder1", "sign_contract", {"digest": lot.one(Contract).digest, "agreed": False})
    assert refused.status_code == 400 and "agreed" in refused.get_json()["fields"]
    assert sign(lot).status_code == 200


@pytest.mark.parametrize("who", ["bidder2", "owner", "centre"])
def test_nobody_but_the_winner_signs(app: Flask, clock: StoppedClock, who: str):
    lot = awarded(app, clock)
    lot.done("owner", "draft_contract", contract())
    answer = lot.send(who, "sign_contract", {"digest": lot.one(Contract).digest, "agreed": True})
    assert answer.status_code == 403


def test_a_contract_cannot_be_signed_before_it_is_drafted(app: Flask, clock: StoppedClock):
    lot = awarded(app, clock)
    answer = lot.send("bidder1", "sign_contract", {"digest": "0" * 64, "agreed": True})
    assert answer.status_code == 422 and answer.get_json()["reason"] == "no_contract"


@pytest.mark.parametrize(("day", "late"), [(date(2026, 3, 17), False), (date(2026, 3, 18), True)])
def test_the_contract_is_published_and_filed_in_seven_working_days(
    app: Flask, clock: StoppedClock, day: date, late: bool
):
    lot = awarded(app, clock)
    lot.done("owner", "draft_contract", contract())
    assert sign(lot).status_code == 200
    clock.set(at(day, 17))
    lot.done("owner", "file_contract")
    assert alarms(lot) == ({"R17.C7"} if late else set())
    assert lot.one(Contract).filed_at == clock.now()
    assert [one for one in lot.records(Notice) if one.kind is NoticeKind.CONTRACT]
    assert lot.send("owner", "file_contract").get_json()["reason"] == "filed"


@pytest.mark.parametrize(
    ("moment", "late"), [(at(date(2026, 3, 12)) - timedelta(seconds=1), False), (at(date(2026, 3, 12)), True)]
)
def test_a_bond_goes_back_with_interest_before_its_clock_runs_out(
    app: Flask, clock: StoppedClock, moment: Any, late: bool
):
    lot = contracted(app, clock)
    clock.set(moment)
    for name in ("bidder1", "bidder2", "bidder3", "bidder4"):
        lot.done("centre", "refund_bond", {}, line_of(lot, name).id)
    assert {one.interest for one in lot.records(BankLine)} == {Decimal("12.64") if late else Decimal("11.67")}
    assert alarms(lot) == ({"R09.C8"} if late else set())
    assert any("保证金已退还" in one for one in lot.inbox("bidder3"))


def test_a_bond_is_kept_on_a_listed_ground_only_and_settled_once(app: Flask, clock: StoppedClock):
    lot = contracted(app, clock)
    line = line_of(lot, "bidder2").id
    decided = {"ground": "withdrawn_late", "explanation": "截止后撤销", "evidence": [paper("letter.pdf")]}
    wrong = lot.send("owner", "forfeit_bond", decided | {"ground": "we_like_it"}, line)
    assert wrong.status_code == 400 and "ground" in wrong.get_json()["fields"]
    for name in ("explanation", "evidence"):
        short = {field: given for field, given in decided.items() if field != name}
        assert name in lot.send("owner", "forfeit_bond", short, line).get_json()["fields"]
    assert lot.send("centre", "forfeit_bond", decided, line).status_code == 403
    lot.done("owner", "forfeit_bond", decided, line)
    assert line_of(lot, "bidder2").forfeited_ground == "withdrawn_late"
    assert any("保证金不予退还" in one and "截止后撤销" in one for one in lot.inbox("bidder2"))
    again = lot.send("centre", "refund_bond", {}, line)
    assert again.status_code == 422 and again.get_json()["reason"] == "settled"
    assert lot.send("centre", "refund_bond", {}, "f" * 20).status_code == 404
    assert lot.send("owner", "refund_bond", {}, line).status_code == 403


def test_before_the_opening_the_centre_does_not_even_learn_whether_a_line_exists(app: Flask, clock: StoppedClock):
    lot = evaluated(app, clock)
    line = line_of(lot, "bidder1").id
    lot.change(Lot, status=Status.BID_CLOSED, opened_at=None)
    answers = [lot.send("centre", "refund_bond", {}, one) for one in (line, "f" * 20)]
    assert [one.status_code for one in answers] == [422, 422]
    assert answers[0].get_json() == answers[1].get_json() and answers[0].get_json()["reason"] == "sealed"
    page = lot.browser("centre").get(f"/lots/{CODE}/bonds")
    assert page.status_code == 200 and "建设有限公司" not in page.text
    seen = [lot.browser("centre").get(f"/lots/{CODE}/refund-bond/{one}") for one in (line, "f" * 20)]
    assert {one.status_code for one in seen} == {200} and "建设有限公司" not in seen[0].text


def propose(lot: Any, amount: str, **other: Any) -> str:
    """Propose a change of ``amount``; its id."""
    given = {"reason": "地质条件变化", "amount": amount, "touches_scope": False, "approver": "县发展和改革局", **other}
    return lot.done("owner", "propose_change", given)["facts"]["change"]


@pytest.mark.both_databases
def test_changes_cumulate_to_an_amber_and_then_a_red_alarm_each_once(app: Flask, clock: StoppedClock):
    lot = contracted(app, clock)
    for amount, expected in (
        ("243999.99", []),
        ("0.01", [Severity.AMBER]),
        ("243999.99", [Severity.AMBER]),
        ("0.01", [Severity.AMBER, Severity.RED]),
        ("1.00", [Severity.AMBER, Severity.RED]),
    ):
        lot.done("authority", "decide_change", {"approved": True}, propose(lot, amount))
        assert sorted(one.severity for one in lot.records(Alarm)) == expected
    assert alarms(lot) == {"R17.C9"}
    assert sum(one.kind == "alarm.raised" for one in lot.records(LedgerEntry)) == 2
    totals = sorted(Decimal(one.facts["total"]) for one in lot.records(Notice) if one.kind is NoticeKind.CHANGE)
    assert totals == [Decimal(one) for one in ("243999.99", "244000", "487999.99", "488000", "488001")]
    award = lot.one(Award)
    assert award.saved == Decimal(120_000) and award.price == PRICES[0]


def test_a_refused_change_is_not_counted_and_nothing_is_decided_twice(app: Flask, clock: StoppedClock):
    lot = contracted(app, clock)
    change = propose(lot, "100000")
    lot.done("authority", "decide_change", {"approved": False, "opinion": "依据不足"}, change)
    assert not [one for one in lot.records(Notice) if one.kind is NoticeKind.CHANGE]
    again = lot.send("authority", "decide_change", {"approved": True}, change)
    assert again.get_json()["reason"] == "decided" and lot.one(ContractChange).approved is False
    assert lot.send("owner", "decide_change", {"approved": True}, change).status_code == 403
    assert lot.send("authority", "decide_change", {"approved": True}, "f" * 20).status_code == 404


@pytest.mark.parametrize(("paid", "late"), [(date(2026, 4, 1), False), (date(2026, 4, 2), True)])
def test_a_payment_is_due_thirty_days_after_delivery(app: Flask, clock: StoppedClock, paid: date, late: bool):
    lot = contracted(app, clock)
    clock.set(at(date(2026, 4, 2), 10))
    given = {"amount": "500000", "delivered_on": "2026-03-02", "paid_on": paid.isoformat()}
    lot.done("owner", "record_payment", given)
    assert alarms(lot) == ({"R17.C12"} if late else set())
    assert lot.one(Payment).amount == Decimal(500_000)
    future = lot.send("owner", "record_payment", {**given, "paid_on": "2026-04-03"})
    assert future.status_code == 400 and "paid_on" in future.get_json()["fields"]


@pytest.mark.parametrize(("settled", "red"), [("5368000.00", False), ("5368000.01", True)])
def test_a_settlement_more_than_a_tenth_above_the_award_is_a_red_alarm(
    app: Flask, clock: StoppedClock, settled: str, red: bool
):
    lot = contracted(app, clock)
    clock.advance(timedelta(days=10))
    lot.done("owner", "accept_works", acceptance(lot, settlement=settled))
    assert alarms(lot) == ({"R17.C10"} if red else set())
    assert lot.one(Lot).status is Status.PERFORMED and lot.one(Lot).performed_at == clock.now()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"qualified": False}, "qualified"),
        ({"accepted_on": "2026-03-17"}, "accepted_on"),
        ({"accepted_on": "2026-03-05", "filed_on": None}, "accepted_on"),
        ({"filed_on": "2026-03-15"}, "filed_on"),
        ({"document": []}, "document"),
        ({"settlement": "-1"}, "settlement"),
        ({"surprise": "1"}, "surprise"),
    ],
)
def test_an_acceptance_that_cannot_be_names_its_field(
    app: Flask, clock: StoppedClock, changed: dict[str, Any], field: str
):
    lot = contracted(app, clock)
    clock.set(at(date(2026, 3, 16), 10))
    answer = lot.send("owner", "accept_works", acceptance(lot, **changed))
    assert answer.status_code == 400 and field in answer.get_json()["fields"]
    assert lot.records(Acceptance) == []


def test_works_are_not_accepted_while_the_contract_is_not_filed(app: Flask, clock: StoppedClock):
    lot = awarded(app, clock)
    lot.done("owner", "draft_contract", contract())
    assert sign(lot).status_code == 200
    assert lot.send("owner", "accept_works", acceptance(lot)).get_json()["reason"] == "not_filed"


def performed(app: Flask, clock: StoppedClock) -> Any:
    """A lot whose works are accepted."""
    lot = contracted(app, clock)
    for name in ("bidder1", "bidder2", "bidder3", "bidder4"):
        lot.done("centre", "refund_bond", {}, line_of(lot, name).id)
    clock.advance(timedelta(days=10))
    lot.done("owner", "accept_works", acceptance(lot))
    return lot


@pytest.mark.both_databases
def test_the_rating_enters_the_credit_record_and_bars_nobody(app: Flask, clock: StoppedClock):
    lot = performed(app, clock)
    lot.done("owner", "rate_performance", RATING)
    record = lot.one(CreditRecord)
    assert record.score == Decimal("92.50") and record.barred_until is None
    assert record.organization_id == lot.users["bidder1"].organization_id and record.organ == "县水利局"
    assert lot.send("owner", "rate_performance", RATING).get_json()["reason"] == "rated"
    answer = lot.send("owner", "rate_performance", {**RATING, "quality": 101})
    assert answer.status_code == 400 and "quality" in answer.get_json()["fields"]
    anonymous = app.test_client()
    assert anonymous.get("/api/v1/credit").get_json() == []
    found = anonymous.get(f"/api/v1/credit/{record.organization.uscc}").get_json()
    assert [one["score"] for one in found["performance"]] == ["92.50"]
    for page in ("/credit", f"/credit/{record.organization.uscc}", f"/credit/{record.organization.uscc}?lang=en"):
        assert anonymous.get(page).status_code == 200
    assert len(lot.records(Performance)) == 1


@pytest.mark.both_databases
def test_a_whole_file_is_archived_and_its_chain_holds(app: Flask, clock: StoppedClock):
    lot = performed(app, clock)
    lot.done("owner", "rate_performance", RATING)
    assert "没有缺项" in lot.browser("centre").get(f"/lots/{CODE}/archive").text
    receipt = lot.done("centre", "archive")
    assert receipt["facts"]["missing"] == [] and lot.one(Lot).status is Status.ARCHIVED
    assert receipt["facts"]["kept_until"] == "2041-03-16" and alarms(lot) == set()
    with app.app_context():
        assert verify_chain(db.session, CODE) == []


def test_a_file_with_a_hole_is_not_archived_and_the_hole_is_named(app: Flask, clock: StoppedClock):
    lot = performed(app, clock)
    with app.app_context():
        approval = [one for one in db.session.query(Document) if one.kind is DocumentKind.APPROVAL]
        approval[0].superseded = True
        db.session.commit()
    assert "立项批复文件" in lot.browser("centre").get(f"/lots/{CODE}/archive").text
    assert failed(lot.send("centre", "archive")) == {"R19.C3"}
    assert lot.one(Lot).archived_at is None
    assert lot.send("owner", "archive").status_code == 403


@pytest.mark.parametrize(("day", "late"), [(date(2026, 4, 15), False), (date(2026, 4, 16), True)])
def test_the_file_is_due_thirty_days_after_the_performance(app: Flask, clock: StoppedClock, day: date, late: bool):
    lot = performed(app, clock)
    clock.set(at(day, 23, 59, 59))
    lot.done("centre", "archive")
    assert alarms(lot) == ({"R19.C5"} if late else set())


def test_the_whole_follow_up_goes_by_pages(app: Flask, clock: StoppedClock):
    lot = awarded(app, clock)
    owner, winner, centre = lot.browser("owner"), lot.browser("bidder1"), lot.browser("centre")
    page = f"/lots/{CODE}/draft-contract"
    assert "4880000.00" in owner.get(page).text
    typed = {name: str(value) for name, value in contract().items()}
    assert "请核对" in send_form(owner, page, typed).text
    assert send_form(owner, page, {**typed, "confirmed": "true"}).status_code == 303
    shown = winner.get(f"/lots/{CODE}/sign-contract").text
    assert "一致" in shown and lot.one(Contract).digest in shown
    agreed = {"digest": lot.one(Contract).digest, "agreed": "true", "confirmed": "true"}
    assert send_form(winner, f"/lots/{CODE}/sign-contract", agreed).status_code == 303
    assert send_form(owner, f"/lots/{CODE}/file-contract", {"confirmed": "true"}).status_code == 303
    for line in lot.records(BankLine):
        assert line.id in centre.get(f"/lots/{CODE}/bonds").text
        filled = {"confirmed": "true"}
        assert send_form(centre, f"/lots/{CODE}/refund-bond/{line.id}", filled).status_code == 303
    change = propose(lot, "-1000")
    authority = lot.browser("authority")
    assert change in authority.get(f"/lots/{CODE}/contract").text
    decided = {"approved": "true", "confirmed": "true"}
    assert send_form(authority, f"/lots/{CODE}/decide-change/{change}", decided).status_code == 303
    for browser in (owner, winner, centre):
        assert browser.get(f"/lots/{CODE}/contract").status_code == 200
    assert lot.browser("bidder2").get(f"/lots/{CODE}/contract").status_code == 404
    assert app.test_client().get(f"/lots/{CODE}/contract").status_code == 302
