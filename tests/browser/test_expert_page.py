"""The expert's own page and the office of the list, on a phone and on a desk, in both languages 专家页."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.admin.pool_people import ACCOUNT, DECISION, admitted, expert, handed_in, post
from tests.browser.looking import PHONE, Inspector
from tests.browser.serving import apart
from tests.builders import PASSWORD, client_as, people

pytestmark = pytest.mark.browser


@pytest.fixture
def county(demonstration: Flask) -> Flask:
    """An admitted expert with leave and a decision about him, and an application that waits."""

    def made() -> None:
        client = admitted(demonstration)
        post(client, "me/leave", {"first_day": "2026-03-10", "last_day": "2026-03-12", "reason": "出差"})
        body = {"act": "suspend", "until": "2026-06-30", "files": []} | DECISION
        authority = client_as(demonstration, people(demonstration)["authority"])
        post(authority, f"pool/{expert(demonstration).id}/decide", body)
        second = demonstration.test_client()
        post(second, "register", ACCOUNT | {"login": "second", "person": "P-SECOND-1122"})
        handed_in(demonstration, second)

    apart(made)
    return demonstration


def entered(browser: Browser, home: str, login: str, password: str) -> Page:
    """A phone in which this person is logged in."""
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    page.goto(f"{home}/login")
    page.fill("#field-login", login)
    page.fill("#field-password", password)
    page.click("form[novalidate] button[type=submit]")
    page.wait_for_url(f"{home}/my-work")
    return page


PATHS = {
    "applicant": ("/experts/me", "/experts/me/leave", "/experts/me/declaration", "/experts/application", "/account"),
    "authority": ("/experts/office", "/experts/applications", "/experts/trainings/new", "/experts/year",
                  "/admin/experts"),
    "supervisor": ("/experts/office", "/experts/year"),
}  # fmt: skip


@pytest.mark.parametrize("login", list(PATHS))
def test_the_pages_fit_a_phone_and_a_desk_in_both_languages(
    county: Flask, home: str, browser: Browser, login: str
) -> None:
    inspector = Inspector()
    page = entered(browser, home, login, ACCOUNT["password"] if login == "applicant" else PASSWORD)
    inspector.listen(page, home)
    waiting = first_link(page, home, "/experts/applications") if login == "authority" else ()
    for path in (*PATHS[login], *waiting):
        for language in ("zh", "en"):
            page.goto(f"{home}{path}?lang={language}")
            inspector.look(page, path)
    assert inspector.wrong == {}, inspector.report()


def first_link(page: Page, home: str, path: str) -> tuple[str, ...]:
    """The pages of the first record of a list, and of its decision."""
    page.goto(home + path)
    found = page.locator("main td a, main th a").first.get_attribute("href") or path
    return found, f"{found}/decide"
