"""One works lot from registration to archive 一个标段的全程: what each person does on the pages, stage by stage."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from tests.browser.looking import Inspector
from tests.browser.persons import Person
from tests.browser.serving import apart
from tests.builders import announcement, bank_line, offer
from tests.phases.papers import paper, project, terms
from trading.beijing import beijing, law_date
from trading.database import db
from trading.models import BankLine, Invitation, Lot, Member, User
from trading.steps import Step

NAME = project()["name"]
BIDDERS = {"bidder1": "4700000", "bidder2": "4800000", "bidder3": "4900000"}
DICE = {"dice": "31415926535897932384"}
OFFICERS = ("opening_officer", "officer2", "officer3")
SIGNERS = ("centre", "supervisor", "notary", *BIDDERS, "bidder4", *OFFICERS)
EXAMINED = {
    "criteria_followed": True, "objective_scores_equal": True, "low_price_studied": True, "no_random_rejection": True,
}  # fmt: skip
PRINTING = 120_000
RATING = {"quality": 90, "schedule": 85, "safety": 95, "payment_of_workers": 100, "remarks": "履约良好"}


class Course:
    """The way of one lot, walked by persons before browsers; the application is asked only for what they would know.

    Arguments:
        app: the product in demonstration mode, served at ``home``.
        inspector: looks at every page; None: nobody does.
    """

    def __init__(self, app: Flask, browser: Browser, home: str, inspector: Inspector | None = None) -> None:
        self.app, self.browser, self.home, self.inspector = app, browser, home, inspector
        self.persons: dict[str | None, Person] = {}
        self.code = ""
        self.secrets: dict[str, bytes] = {}

    def person(self, login: str | None) -> Person:
        """This person's browser; logged in when it is first needed."""
        if login not in self.persons:
            self.persons[login] = Person(self.browser, self.home, login, self.inspector)
        return self.persons[login]

    def leave(self, *logins: str) -> None:
        """These persons are done and close their browsers."""
        for login in logins:
            self.persons.pop(login).close()

    def take(self, login: str, step: Step, answers: dict[str, Any] | None = None) -> None:
        """One step as one person."""
        self.person(login).take(step, self.code, answers)

    @property
    def now(self) -> datetime:
        """The training clock."""
        return self.app.extensions["clock"].now()

    def advance(self, to: str, times: int = 1) -> None:
        """Press a button of the training bar."""
        person = self.person(None)
        person.page.goto(self.home + "/")
        for _ in range(times):
            with person.page.expect_navigation():
                person.page.locator(f'.training button[value="{to}"]').click()

    def until(self, moment: datetime) -> None:
        """Press the training bar until ``moment`` has come."""
        for to, span in (("week", timedelta(weeks=1)), ("day", timedelta(days=1)), ("hour", timedelta(hours=1))):
            while moment - self.now >= span:
                self.advance(to)
        if self.now < moment:
            self.advance("hour")

    def known(self, query: Any) -> list[Any]:
        """What the records say; for what a person would know from a letter or a telephone call."""
        return apart(lambda: self._asked(query))

    def _asked(self, query: Any) -> list[Any]:
        with self.app.app_context():
            return list(db.session.scalars(query))

    def lot(self) -> Lot:
        """The lot as it is kept."""
        return self.known(select(Lot).where(Lot.code == self.code))[0]

    def logins_of(self, query: Any) -> list[str]:
        """Login names, in order."""
        return self.known(query)


def register(course: Course) -> None:
    """交易条件备案: the owner enters a project, corrects what was wrong, hands it in; the centre accepts."""
    owner = course.person("owner")
    page = owner.page
    page.locator(".site-nav a[href='/projects']").click()
    owner.look()
    page.locator('main a[href="/projects/new"]').click()
    owner.look()
    page.locator('main a[href="/projects/new?type=works"]').click()
    owner.look()
    answers = {name: value for name, value in project().items() if name != "type"}
    owner.fill(answers | {"name": ""})
    page.locator("main form .actions button[type=submit]").click()
    expect(page.locator(".error-summary a[href='#field-name']")).to_be_visible()
    assert page.input_value("[name=approval_number]") == answers["approval_number"], "what was typed must stay"
    assert page.input_value("[name=lots-0-estimate]") == answers["lots"][0]["estimate"], "what was typed must stay"
    owner.look()
    page.locator(".error-summary a[href='#field-name']").click()
    expect(page.locator("#field-name")).to_be_focused()
    owner.fill({"name": answers["name"]})
    page.locator("main form .actions button[type=submit]").click()
    page.wait_for_url(re.compile(r"/lots/BD-"))
    course.code = urlsplit(page.url).path.rsplit("/", 1)[1]
    owner.look()
    course.take("owner", Step.SUBMIT_REGISTRATION, {"approval": [paper("批复.pdf")], "funds": [paper("资金.pdf")]})
    course.take("centre", Step.ACCEPT_REGISTRATION)


def file(course: Course) -> None:
    """备案与方式核准: tender documents, the supervisor's answer, the method by the table."""
    course.take("owner", Step.PREPARE_TERMS, terms())
    course.take("owner", Step.FILE_CONDITIONS)
    course.take("supervisor", Step.ANSWER_FILING, {"answer": "no_issue"})
    course.take("owner", Step.FIX_METHOD)


def appoint(course: Course) -> None:
    """密钥与开标密钥持有人: everybody who signs makes a key; the centre appoints the opening officers."""
    for login in SIGNERS:
        course.person(login).make_key()
    rows = [
        {"group": group, "threshold": 1, "officer": course.known(select(User.id).where(User.login == login))[0]}
        for login, group in zip(OFFICERS, (1, 1, 2), strict=True)
    ]
    course.take("centre", Step.APPOINT_OFFICERS, {"officers": rows})


def announce(course: Course) -> None:
    """发布公告: the owner publishes; anybody reads the notice and takes the documents."""
    notice = announcement(course.now)
    course.take("owner", Step.ANNOUNCE, notice)
    reader = course.person(None)
    page = reader.page
    page.goto(course.home + "/")
    reader.look()
    page.locator("main ul.rows a.title").filter(has_text=NAME).first.click()
    reader.look()
    page.locator(f'main a[href="/lots/{course.code}"]').first.click()
    reader.look()
    page.locator(f'main a[href="/lots/{course.code}/documents"]').first.click()
    reader.look()
    with page.expect_download() as download:
        page.locator(f'main a[href^="/lots/{course.code}/documents/"]').first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.fill("[name=contact]", "13900001111")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile("/holders/"))
    reader.look()


def question(course: Course) -> None:
    """澄清与异议: a question is answered to all; an objection in time suspends until it is answered."""
    course.take("bidder1", Step.ASK, {"text": "取水口高程以哪张图为准？"})
    course.take("owner", Step.CLARIFY, {"text": "以取水口平面图为准。", "affects_preparation": False})
    course.take("bidder2", Step.OBJECT, {"target": "documents", "text": "资质等级要求偏高，请说明理由。"})
    course.person(None).page.goto(f"{course.home}/lots/{course.code}")
    course.person(None).look()
    course.take("owner", Step.ANSWER_OBJECTION, {"answer": "与工程规模相适应，维持原要求。", "upheld": False})


def plan(course: Course) -> None:
    """抽取准备: the owner states the committee needed; centre and supervisor commit before bidding closes."""
    evaluation = beijing(course.lot().bid_deadline).replace(hour=15, tzinfo=None).isoformat()
    (representative,) = course.known(select(User.id).where(User.login == "owner2"))
    needed = {
        "committee_size": 5, "representatives": [representative], "evaluation_at": evaluation,
        "strata": [{"specialty": "A0104", "number": 3}, {"specialty": "A0201", "number": 1}],
    }  # fmt: skip
    course.take("owner", Step.PLAN_DRAW, needed)
    for party in ("centre", "supervisor"):
        course.secrets[party] = course.person(party).commit(course.code)


def bond(course: Course) -> None:
    """保证金到账: the bank enters what arrived; nobody else sees it."""
    course.until(course.now + timedelta(days=6))
    lines = [bank_line(number, course.code, course.now) for number in range(1, len(BIDDERS) + 2)]
    typed = beijing(course.now).replace(tzinfo=None, microsecond=0).isoformat()
    lines = [line | {"paid_at": typed} for line in lines]
    course.take("bank", Step.RECEIVE_BANK_LINES, {"lines": lines})


def bid(course: Course) -> None:
    """投标: bids are handed in, one is replaced, one withdrawn; then the deadline comes by the clock."""
    for login, total in BIDDERS.items():
        course.person(login).seal(course.code, offer(total))
    bidder = course.person("bidder1")
    bidder.page.goto(f"{course.home}/lots/{course.code}/my-bid")
    bidder.look()
    course.person("bidder1").seal(course.code, offer("4690000"))
    course.person("bidder4").seal(course.code, offer("4600000"))
    course.take("bidder4", Step.WITHDRAW_BID)
    for login in OFFICERS:
        course.person(login).rehearse(course.code)
    course.advance("next")
    assert course.lot().status.value == "bid_closed"


def open_bids(course: Course) -> None:
    """开标: officers of every group unwrap their shares; the record is public, open for objections, then final."""
    for login in (OFFICERS[0], OFFICERS[2]):
        course.person(login).hand_in(course.code, len(BIDDERS))
    course.person(None).page.goto(f"{course.home}/lots/{course.code}/opening")
    course.person(None).look()
    course.leave(*OFFICERS)
    course.take("owner", Step.OPEN_BIDS)
    course.person(None).page.goto(f"{course.home}/lots/{course.code}")
    course.person(None).look()
    course.advance("hour")
    course.take("owner", Step.CLOSE_OPENING_RECORD)


def draw(course: Course) -> None:
    """专家抽取: recusals by four eyes, dice before witnesses, both parties reveal, the experts accept."""
    course.take("centre", Step.EXCLUDE_EXPERTS)
    course.take("supervisor", Step.CONFIRM_EXCLUSIONS)
    course.take("owner", Step.ROLL_DICE, DICE)
    for witness in ("notary", "bidder2"):
        course.take(witness, Step.WITNESS_DICE)
    for party in ("centre", "supervisor"):
        course.person(party).reveal(course.code, course.secrets[party])
    watcher = course.person("supervisor")
    watcher.page.goto(f"{course.home}/lots/{course.code}/draw")
    watcher.look()
    for login in course.logins_of(
        select(User.login).join(Invitation, Invitation.expert_id == User.expert_id).order_by(User.login)
    ):
        course.take(login, Step.ACCEPT_INVITATION, {"no_conflict": True})
    course.take("centre", Step.SEAT_COMMITTEE)


def evaluate(course: Course) -> None:
    """评标: each member alone, the report, every signature."""
    deadline = beijing(course.lot().bid_deadline)
    course.until(deadline.replace(hour=15, minute=0))
    members = course.logins_of(
        select(User.login).join(Member, Member.user_id == User.id).order_by(Member.is_chair.desc(), User.login)
    )
    for login in members:
        person = course.person(login)
        person.press(Step.SCORE, course.code)
        rows = person.page.locator('main input[type=hidden][name^="reviews-"][name$="-bid"]').count()
        assert rows == len(BIDDERS)
        course.take(login, Step.SCORE, {"reviews": [{"passed": True}] * rows, "time_short": False})
    chair = members[0]
    course.person(chair).page.goto(f"{course.home}/lots/{course.code}/evaluation")
    course.person(chair).look()
    course.take(chair, Step.DRAFT_REPORT, {"fatal_defect": False})
    for login in members:
        course.take(login, Step.SIGN_REPORT, {"opinion": "agree"})
    course.take(chair, Step.SUBMIT_REPORT)
    course.leave(*members)


def confirm(course: Course) -> None:
    """结果确认: publicity, the supervisor's record, the winner, the award notice, the written report."""
    course.take("owner", Step.PUBLICIZE, EXAMINED)
    course.person(None).page.goto(f"{course.home}/notices")
    course.person(None).look()
    course.until(course.lot().publicity_until + timedelta(minutes=1))
    course.take("supervisor", Step.RECORD_COMPLIANCE)
    course.take("owner", Step.CONFIRM, {"rank": "1"})
    course.take("owner", Step.AWARD)
    loser = course.person("bidder2")
    loser.page.locator(".who a[href='/inbox']").click()
    loser.look()
    loser.page.locator("main ul.tasks a").first.click()
    loser.look()
    course.take("owner", Step.REPORT_RESULT)


def contract(course: Course) -> None:
    """合同: drafted as the bid says, signed by the winner, filed; bonds go back."""
    agreed = {
        "number": "HT-2026-1", "price": "4690000", "duration_days": 170, "quality": "合格", "manager": "赵经理",
        "scope": project()["lots"][0]["scope"], "payment_days": 30,
    }  # fmt: skip
    course.take("owner", Step.DRAFT_CONTRACT, agreed)
    course.take("bidder1", Step.SIGN_CONTRACT, {"agreed": True})
    course.take("owner", Step.FILE_CONTRACT)
    unrefunded = select(BankLine.id).where(BankLine.refunded_at.is_(None))
    while course.known(unrefunded):
        course.take("centre", Step.REFUND_BOND, {})


def perform(course: Course) -> None:
    """履约: a payment, the acceptance, the owner's marks."""
    course.advance("week", 2)
    today = law_date(course.now).isoformat()
    course.take("owner", Step.RECORD_PAYMENT, {"amount": "1000000", "delivered_on": today, "paid_on": today})
    accepted = {
        "accepted_on": today, "filed_on": today, "qualified": True, "result": "合格", "settlement": "4690000",
        "participants": "建设、施工、监理、设计单位", "document": [paper("验收.pdf")],
    }  # fmt: skip
    course.take("owner", Step.ACCEPT_WORKS, accepted)
    course.take("owner", Step.RATE_PERFORMANCE, RATING)


def archive(course: Course) -> None:
    """归档, and an oversight officer exports the dossier."""
    course.take("centre", Step.ARCHIVE)
    officer = course.person("oversight")
    officer.page.goto(f"{course.home}/lots/{course.code}")
    officer.look()
    with officer.page.expect_download(timeout=PRINTING) as download:
        officer.page.locator(f'main a[href="/lots/{course.code}/dossier.pdf"]').click(timeout=PRINTING)
    assert download.value.path().read_bytes().startswith(b"%PDF")


STAGES: tuple[Callable[[Course], None], ...] = (
    register, file, appoint, announce, question, plan, bond, bid, open_bids, draw, evaluate, confirm, contract, perform,
    archive,
)  # fmt: skip
