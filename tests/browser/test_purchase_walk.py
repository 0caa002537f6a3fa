"""A procurement by inquiry goes from registration to its result by pages alone 询价采购页面走查."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from tests.browser import course as works
from tests.browser.course import BIDDERS, OFFICERS, Course
from tests.browser.looking import Inspector, keep
from tests.builders import bank_line, offer
from tests.phases import negotiations, preparing
from tests.phases.papers import paper
from trading.beijing import beijing, law_date
from trading.codelists import ProjectType
from trading.models import Member, User
from trading.steps import Step

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PRICES = {"bidder1": "900000", "bidder2": "880000", "bidder3": "950000"}
INQUIRY = {
    "method": "inquiry", "ground": "uniform_goods", "reasons": "规格标准统一、现货货源充足",
    "evidence": [paper("依据.pdf")],
}  # fmt: skip


class Purchase(Course):
    """The course of a purchase; what only a purchase shows is inspected, the rest was with the works lot."""

    def __init__(self, app: Flask, browser: Browser, home: str) -> None:
        super().__init__(app, browser, home)
        self.eyes = Inspector()

    def see(self, login: str | None, path: str, name: str) -> None:
        """Have somebody look at a page, with the eyes of the inspector."""
        person = self.person(login)
        person.page.goto(f"{self.home}{path}")
        self.inspect(login, name)

    def inspect(self, login: str | None, name: str) -> None:
        """Inspect the page that stands open."""
        person = self.person(login)
        keep(person.page, f"purchase-{name}")
        person.inspector = self.eyes
        person.look()
        person.inspector = None
        keep(person.page, f"purchase-{name}-other")


def register(course: Purchase) -> None:
    """A procurement with its plan, budget and intention; the registration's papers."""
    owner = course.person("owner")
    owner.page.goto(f"{course.home}/projects/new?type=gpn")
    course.inspect("owner", "new")
    owner.fill({"district": "422823107"} | preparing.procurement(law_date(course.now)))
    with owner.page.expect_navigation():
        owner.page.locator("main form .actions button[type=submit]").click()
    assert "/lots/BD-" in owner.page.url, owner.said()
    course.code = urlsplit(owner.page.url).path.rsplit("/", 1)[1]
    course.take("owner", Step.SUBMIT_REGISTRATION, preparing.registration(ProjectType.GPN))
    course.take("centre", Step.ACCEPT_REGISTRATION)


def file(course: Purchase) -> None:
    """The documents ask for a price alone; the owner chooses the inquiry on its ground."""
    terms = preparing.purchase_terms(evaluation_method="lowest_evaluated_price", factors=[])
    course.take("owner", Step.PREPARE_TERMS, {name: value for name, value in terms.items() if value not in (None, [])})
    course.take("owner", Step.FILE_CONDITIONS)
    course.take("supervisor", Step.ANSWER_FILING, {"answer": "no_issue"})
    course.person("owner").press(Step.FIX_METHOD, course.code)
    course.inspect("owner", "method")
    course.take("owner", Step.FIX_METHOD, INQUIRY)


def announce(course: Purchase) -> None:
    """The notice of the inquiry in its own words."""
    course.take("owner", Step.ANNOUNCE, negotiations.notice_of(course.now))
    course.see(None, f"/lots/{course.code}", "lot")
    course.see(None, f"/lots/{course.code}/papers/notice", "notice")


def plan(course: Purchase) -> None:
    """A group of three: two experts and one of the buyer's."""
    evaluation = beijing(course.lot().bid_deadline).replace(hour=15, tzinfo=None).isoformat()
    (representative,) = course.known(select(User.id).where(User.login == "owner2"))
    needed = {
        "committee_size": 3, "representatives": [representative], "evaluation_at": evaluation, "complex": False,
        "wide_effect": False, "strata": [{"specialty": "A0104", "number": 2}],
    }  # fmt: skip
    course.take("owner", Step.PLAN_DRAW, needed)
    for party in ("centre", "supervisor"):
        course.secrets[party] = course.person(party).commit(course.code)


def bid(course: Purchase) -> None:
    """Bonds arrive; three suppliers seal one price each; the deadline comes by the clock."""
    course.until(course.now + timedelta(days=6))
    typed = beijing(course.now).replace(tzinfo=None, microsecond=0).isoformat()
    lines = [bank_line(number, course.code, course.now, amount="20000") for number in range(1, len(PRICES) + 1)]
    course.take("bank", Step.RECEIVE_BANK_LINES, {"lines": [line | {"paid_at": typed} for line in lines]})
    course.person("bidder1").press(Step.SUBMIT_BID, course.code)
    course.inspect("bidder1", "offer")
    for login, total in PRICES.items():
        course.person(login).seal(course.code, offer(total))
    for login in OFFICERS:
        course.person(login).rehearse(course.code)
    course.advance("next")
    assert course.lot().status.value == "bid_closed"


def evaluate(course: Purchase) -> None:
    """The group checks every offer alone; the report, every signature."""
    course.until(beijing(course.lot().bid_deadline).replace(hour=15, minute=0))
    members = course.logins_of(
        select(User.login).join(Member, Member.user_id == User.id).order_by(Member.is_chair.desc(), User.login)
    )
    course.person(members[0]).press(Step.SCORE, course.code)
    course.inspect(members[0], "score")
    for login in members:
        answers = {"reviews": [{"passed": True}] * len(PRICES), "time_short": False}
        course.take(login, Step.SCORE, answers)
    course.take(members[0], Step.DRAFT_REPORT, {"fatal_defect": False})
    course.see(members[0], f"/lots/{course.code}/evaluation", "evaluation")
    for login in members:
        course.take(login, Step.SIGN_REPORT, {"opinion": "agree"})
    course.take(members[0], Step.SUBMIT_REPORT)
    course.leave(*members)


def result(course: Purchase) -> None:
    """No candidates' publicity: the buyer fixes the winner, and the result is public at once."""
    course.take("supervisor", Step.RECORD_COMPLIANCE)
    course.take("owner", Step.CONFIRM, {"rank": "1"})
    course.take("owner", Step.AWARD)
    course.see(None, f"/lots/{course.code}", "result")
    course.see("bidder3", "/inbox", "inbox")
    course.see("owner", f"/lots/{course.code}/draft-contract", "contract")


STAGES: tuple[Callable[[Purchase], None], ...] = (
    register, file, works.appoint, announce, plan, bid, works.open_bids, works.draw, evaluate, result,
)  # fmt: skip


def test_an_inquiry_is_carried_from_registration_to_its_result_by_pages_alone(
    demonstration: Flask, home: str, browser: Browser
) -> None:
    assert set(PRICES) == set(BIDDERS), "the stages of the works lot know these bidders"
    course = Purchase(demonstration, browser, home)
    for stage in STAGES:
        stage(course)
    assert course.lot().status.value == "awarded"
    assert not course.eyes.wrong, course.eyes.report()
