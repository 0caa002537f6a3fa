"""The timetable 合规时间表: first and last days as the rulebook's vectors have them, with the rule that sets each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from trading.beijing import at
from trading.codelists import Category, EvaluationMethod, ProjectType
from trading.planning.acts import ACTS
from trading.planning.course import Ground, Scheme
from trading.planning.plan import plan
from trading.values import load
from trading.working_days import Calendar

WORKS = Scheme(
    ProjectType.WORKS, Category.CONSTRUCTION, Decimal(5_000_000), state_controlled=True,
    evaluation=EvaluationMethod.COMPREHENSIVE, bid_validity_days=90, duration_days=60,
)  # fmt: skip
NOT_SAID = replace(WORKS, bid_validity_days=None, duration_days=None)


def ground(today="2026-03-02", years=(2025, 2026), book=None):
    """What a plan of ``today`` stands on."""
    moment = at(date.fromisoformat(today), 9)
    return Ground(book or load(), Calendar.official(years), moment, moment)


def table(scheme=WORKS, today="2026-03-02", given=None, years=(2025, 2026), book=None, **wishes):
    """The timetable of wished days; what is given happened at 09:00 of its day."""
    days = {key: date.fromisoformat(day) for key, day in wishes.items()}
    moments = {key: at(date.fromisoformat(day), 9) for key, day in (given or {}).items()}
    return plan(scheme, ground(today, years, book), days, moments)


def first(found, key):
    line = found.line(key)
    return str(line.first_day), [one.condition.id for one in line.set_by]


def last(found, key):
    line = found.line(key)
    return str(line.last_day), line.late_by.id if line.late_by else None


def broken(found):
    return [(line.act.key, one.verdict.condition.id if one.verdict else None) for line, one in found.breaches]


REPORTED = {
    "submit_registration": "2026-01-05", "accept_registration": "2026-01-05", "file_conditions": "2026-01-06",
    "answer_filing": "2026-01-06", "fix_method": "2026-01-06", "announce": "2026-01-07",
    "documents_until": "2026-01-12",
    "close_bidding": "2026-01-28", "object": "2026-01-07", "clarify": "2026-01-07", "open_bids": "2026-01-28",
    "close_opening_record": "2026-01-28", "reveal_draw": "2026-01-28", "evaluate": "2026-01-28",
}  # fmt: skip


def reported(day, today=None, **more):
    """A lot whose report came on ``day``."""
    given = {**REPORTED, "submit_report": day}
    return {"today": today or day, "given": given, **more}


def test_a_registered_lot_has_every_act_in_order_with_the_rules_that_set_its_days():
    found = table(accept_registration="2026-03-02")
    assert {key: first(found, key) for key in ("documents_until", "close_bidding", "open_bids", "publicity_end")} == {
        "documents_until": ("2026-03-07", ["R07.C2"]),
        "close_bidding": ("2026-03-22", ["R07.C3"]),
        "open_bids": ("2026-03-22", ["R10.C6"]),
        "publicity_end": ("2026-03-25", ["R14.C2"]),
    }
    assert first(found, "confirm") == ("2026-03-26", ["R14.C2"])
    assert not found.breaches and not found.standing
    moments = [line.at for line in found.lines if line.at and line.act.key != "documents_until"]
    assert moments == sorted(moments)
    assert [line.act.key for line in found.lines] == [act.key for act in ACTS]


@pytest.mark.parametrize(
    ("key", "day", "condition"),
    [
        ("accept_registration", "2026-03-03", "R01.C5"),
        ("answer_filing", "2026-03-05", "R02.C14"),
        ("object", "2026-03-12", "R08.C6"),
        ("clarify", "2026-03-07", "R08.C1"),
        ("publicize", "2026-03-25", "R14.C1"),
        ("report_result", "2026-04-10", "R15.C10"),
        ("award", "2026-06-20", "R12.C20"),
        ("sign_contract", "2026-04-27", "R17.C1"),
        ("file_contract", "2026-04-07", "R17.C7"),
        ("refund_bond", "2026-03-31", "R09.C8"),
        ("completion_filed", "2026-06-09", "R17.C13"),
    ],
)
def test_the_last_day_of_an_act_is_the_one_its_rule_sets(key, day, condition):
    assert last(table(accept_registration="2026-03-02"), key) == (day, condition)


@pytest.mark.parametrize(
    ("deadline", "breaches"),
    [("2026-03-21", [("close_bidding", "R07.C3")]), ("2026-03-22", []), ("2026-03-23", [])],
)
def test_v1_nineteen_days_are_a_breach_and_twenty_are_none(deadline, breaches):
    assert broken(table(announce="2026-03-02", close_bidding=deadline)) == breaches


@pytest.mark.parametrize(
    ("deadline", "clarified"),
    [("2026-03-24", "2026-03-09"), ("2026-03-25", "2026-03-10"), ("2026-03-26", "2026-03-11")],
)
def test_v2_a_clarification_of_the_tenth_needs_a_deadline_of_the_twenty_fifth(deadline, clarified):
    found = table(announce="2026-03-02", close_bidding=deadline)
    assert last(found, "clarify") == (clarified, "R08.C1")


@pytest.mark.parametrize(
    ("day", "breaches"),
    [("2026-03-06", []), ("2026-03-09", []), ("2026-03-10", [("publicize", "R14.C1")])],
)
def test_v10_the_publicity_begins_on_the_third_day_at_the_latest(day, breaches):
    found = table(NOT_SAID, publicize=day, **reported("2026-03-06"))
    assert last(found, "publicize") == ("2026-03-09", "R14.C1")
    assert broken(found) == breaches


@pytest.mark.parametrize(
    ("day", "breaches"),
    [("2026-05-01", []), ("2026-05-06", []), ("2026-05-07", [("sign_contract", "R17.C1")])],
)
def test_v12_the_thirtieth_day_is_a_holiday_and_the_contract_may_follow_on_the_next_working_day(day, breaches):
    given = {
        **REPORTED, "submit_report": "2026-03-20", "publicize": "2026-03-20", "publicity_end": "2026-03-24",
        "confirm": "2026-03-24", "award": "2026-04-01",
    }  # fmt: skip
    found = table(NOT_SAID, today="2026-04-01", given=given, sign_contract=day)
    assert last(found, "sign_contract") == ("2026-05-06", "R17.C1")
    assert broken(found) == breaches


@pytest.mark.parametrize(
    ("started", "ends", "confirmed"),
    [
        ("2026-03-09", "2026-03-12", "2026-03-13"),
        ("2026-03-11", "2026-03-16", "2026-03-17"),
        ("2026-09-29", "2026-10-08", "2026-10-09"),
    ],
)
def test_a_publicity_that_would_end_on_a_day_off_ends_on_the_next_working_day(started, ends, confirmed):
    found = table(NOT_SAID, publicize=started, **reported(started))
    assert first(found, "publicity_end") == (ends, ["R14.C2"])
    assert first(found, "confirm") == (confirmed, ["R14.C2"])


def test_v21_a_tender_that_need_not_be_has_no_twenty_days():
    below, reached = (replace(WORKS, estimate=Decimal(amount)) for amount in ("3999999.99", "4000000"))
    assert first(table(below, announce="2026-03-02"), "close_bidding") == ("2026-03-07", [])
    assert first(table(reached, announce="2026-03-02"), "close_bidding") == ("2026-03-22", ["R07.C3"])


def test_no_period_is_typed_in_twice_a_tightened_number_moves_the_day(tmp_path):
    county = tmp_path / "county.toml"
    county.write_text("[works_issue_to_deadline]\nlines = [{ from = 2020-01-01, value = 25 }]\n", encoding="utf-8")
    found = table(announce="2026-03-02", book=load(county=county))
    assert first(found, "close_bidding") == ("2026-03-27", ["R07.C3"])


def test_a_date_that_hangs_on_an_unknown_year_is_unknown_and_so_is_what_follows_it():
    found = table(NOT_SAID, publicize="2026-12-30", **reported("2026-12-30"))
    begins = found.line("publicize")
    assert (begins.state, begins.at) == ("unknown", None)
    assert "2027" in begins.why_zh and "R14.C2" in begins.why_en
    after = [found.line(key) for key in ("publicity_end", "confirm", "award", "sign_contract", "archive")]
    assert {line.state for line in after} == {"unknown"} and not any(line.at for line in after)
    assert all(line.why_zh and line.why_en for line in after)


def test_a_date_in_calendar_days_alone_is_known_in_an_unknown_year_but_not_whether_people_work_on_it():
    line = table(today="2026-12-20", accept_registration="2026-12-20").line("close_bidding")
    assert str(line.day) == "2027-01-09" and line.working is None
    assert table(accept_registration="2026-03-02").line("close_bidding").working is False


def test_without_a_registration_the_plan_begins_on_the_last_day_that_keeps_the_wished_deadline():
    found = table(close_bidding="2026-04-15")
    assert str(found.line("accept_registration").day) == "2026-03-26"
    assert not found.breaches
    late = table(close_bidding="2026-03-21")
    assert str(late.line("accept_registration").day) == "2026-03-02"
    assert broken(late) == [("close_bidding", "R07.C3")]


def test_the_notice_waits_for_a_contract_that_is_wished_later_and_is_marked_as_fitted():
    found = table(NOT_SAID, accept_registration="2026-03-02", sign_contract="2026-06-30")
    assert not found.breaches
    assert (found.line("award").state, str(found.line("award").day)) == ("fitted", "2026-05-31")


def test_a_contract_outside_the_bid_validity_is_a_breach_that_no_waiting_mends():
    found = table(accept_registration="2026-03-02", sign_contract="2026-06-30")
    assert broken(found) == [("sign_contract", "R17.C1")]


def test_the_experts_are_drawn_no_earlier_than_the_county_s_hours_before_the_evaluation():
    found = table(announce="2026-03-02", evaluate="2026-04-08")
    assert first(found, "reveal_draw") == ("2026-04-07", ["R11.C10"])


def test_without_the_duration_of_the_works_what_follows_the_acceptance_is_unknown():
    found = table(NOT_SAID, accept_registration="2026-03-02")
    assert [found.line(key).state for key in ("accept_works", "completion_filed", "archive")] == ["unknown"] * 3


def test_what_has_happened_is_given_and_nothing_is_planned_before_the_present():
    found = table(NOT_SAID, **reported("2026-03-06", today="2026-03-20"))
    assert found.line("submit_report").state == "given"
    line = found.line("publicize")
    assert str(line.day) == "2026-03-20" and line.overdue
    assert all(line.at >= at(date(2026, 3, 20), 9) for line in found.lines if line.state == "planned" and line.at)


def test_the_law_day_is_the_day_on_which_the_plan_begins():
    assert table(accept_registration="2026-05-06").law_day == date(2026, 5, 6)
