"""A person before the browser 办事人: logs in, presses a task, fills in, checks, confirms, has a receipt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.looking import WIDE, Inspector
from tests.builders import PASSWORD
from tests.phases.papers import PDF
from trading.steps import Step

Answers = Mapping[str, Any]
PATIENCE = 15_000


def is_paper(value: Any) -> bool:
    """Whether an answer is a file (or several), as JSON would carry it."""
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict) and set(first) == {"name", "content"}


class Person:
    """One person with a browser of his own.

    Arguments:
        browser: the running Chromium.
        home: the address of the platform.
        login: the login name; None: somebody without an account.
        inspector: looks at every page this person sees; None: nobody does.
        context: how this browser differs from a usual one (``java_script_enabled=False``, a phone's viewport).
    """

    def __init__(
        self, browser: Browser, home: str, login: str | None, inspector: Inspector | None = None,
        password: str = PASSWORD, **context: Any,
    ) -> None:  # fmt: skip
        self.home, self.login, self.password, self.inspector = home, login, password, inspector
        usual = {
            "viewport": {"width": WIDE[0], "height": WIDE[1]}, "locale": "zh-CN", "timezone_id": "Asia/Shanghai",
            "reduced_motion": "reduce",
        }  # fmt: skip
        self.context: BrowserContext = browser.new_context(**(usual | context))
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        if inspector:
            inspector.listen(self.page, home)
        self.enter()

    def enter(self) -> None:
        """Come to the first page, and log in by its link."""
        self.page.goto(self.home + "/")
        if self.login is None:
            return
        self.page.locator(".who a[href='/login']").click()
        self.look()
        self.log_in(self.login)
        self.look()

    def log_in(self, login: str) -> None:
        """Fill in the log-in form that stands open."""
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", self.password)
        self.page.locator("main form button[type=submit]").click()
        expect(self.page.locator(".who .person")).to_be_visible()

    def look(self) -> None:
        """Have the page inspected in both languages; work goes on in the other one, as it went on in the first.

        A receipt and an answer to a wrong form are inspected in the language in which they came.
        """
        if self.inspector is None:
            return
        self.inspector.look(self.page, self.login or "anybody")
        other = self.page.locator(".who a[rel=alternate]")
        if self.page.locator("[name=back]").count():
            self._check_in("zh" if self.page.locator("html").get_attribute("lang") == "en" else "en")
        elif "/receipt" in self.page.url or self.page.locator(".error-summary, .note-error").count():
            return
        else:
            with self.page.expect_navigation():
                other.click()
        self.inspector.look(self.page, self.login or "anybody")

    def _check_in(self, language: str) -> None:
        """Ask for the same check page in another language: what it carries is sent once more, unconfirmed."""
        with self.page.expect_navigation():
            self.page.evaluate(
                "language => { const form = document.querySelector('main form:has([name=version])');"
                " form.action = `?lang=${language}`; form.submit(); }",
                language,
            )

    def task(self, step: Step, code: str) -> Locator:
        """The link of a task on the page that stands open."""
        path = f"/lots/{code}/{step.value.replace('_', '-')}"
        return self.page.locator(f'main a[href="{path}"], main a[href^="{path}/"], main a[href^="{path}?"]').first

    def press(self, step: Step, code: str) -> None:
        """Go to what waits, or to the lot, and press the task."""
        with self.page.expect_navigation():
            self.page.locator(".site-nav a[href='/my-work']").click()
        if not self.task(step, code).count():
            self.page.goto(f"{self.home}/lots/{code}")
            self.look()
            folded = self.page.locator("details:not([open]) > summary")
            for _ in range(folded.count()):
                folded.first.click()
        self.task(step, code).click()
        expect(self.page.locator("main h1")).to_be_visible()

    def fill(self, answers: Answers) -> None:
        """Fill in the form that stands open; papers are chosen, tables filled row by row."""
        for name, value in answers.items():
            if is_paper(value):
                self._hand_in(name, value if isinstance(value, list) else [value])
            elif isinstance(value, list) and value and isinstance(value[0], dict):
                self._fill_rows(name, value)
            elif isinstance(value, list):
                for one in value:
                    self.page.locator(f'[name="{name}"][value="{one}"]').check()
            else:
                self._fill_one(self.page.locator(f'main [name="{name}"]'), value)

    def _hand_in(self, name: str, papers: list[dict[str, str]]) -> None:
        files = [{"name": paper["name"], "mimeType": "application/pdf", "buffer": PDF} for paper in papers]
        self.page.set_input_files(f'main input[type=file][name="{name}"]', files)

    def _fill_rows(self, name: str, rows: list[dict[str, Any]]) -> None:
        for number, row in enumerate(rows):
            if not self.page.locator(f'[name^="{name}-{number}-"]').count():
                self.page.locator(f'[data-add-row="field-{name}"]').click()
            for column, value in row.items():
                self._fill_one(self.page.locator(f'main [name="{name}-{number}-{column}"]'), value)

    def _fill_one(self, control: Locator, value: Any) -> None:
        kind = control.first.evaluate("one => one.tagName === 'SELECT' ? 'select' : one.type")
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if kind in ("radio", "checkbox"):
            self.page.locator(f'main [name="{control.first.get_attribute("name")}"][value="{text}"]').check()
        elif kind == "select":
            control.first.select_option(text)
        else:
            control.first.fill(text)

    def send(self) -> None:
        """Press the form's own button."""
        with self.page.expect_navigation():
            self.page.locator("main form:has([name=version]) .actions button[type=submit]").first.click()

    def take(self, step: Step, code: str, answers: Answers | None = None) -> None:
        """A whole step: press the task, fill in, check the answers, confirm, stand before the receipt."""
        self.press(step, code)
        self.look()
        self.fill(answers or {})
        self.send()
        if "/receipt" in self.page.url:
            self.receive(step)
        else:
            self.confirm(step)

    def make_key(self) -> bytes:
        """Make and register one's keys on the page for it; the key file."""
        self.page.goto(f"{self.home}/account/keys")
        self.look()
        with self.page.expect_download() as download:
            self.page.locator("[data-part=make]").click()
        with self.page.expect_navigation():
            self.page.locator("[data-part=register]").click()
        self.look()
        return Path(download.value.path()).read_bytes()

    def choose_key(self, file: bytes) -> None:
        """Choose a key file on that page and press the button that takes it into this browser."""
        self.page.set_input_files("#key-file", {"name": "my.key", "mimeType": "application/json", "buffer": file})
        self.page.locator("[data-part=import]").click()

    def use_key(self, file: bytes) -> None:
        """Take one's key file into this browser."""
        self.page.goto(f"{self.home}/account/keys")
        with self.page.expect_navigation():
            self.choose_key(file)

    def confirm(self, step: Step) -> None:
        """Look at the check page, sign and send it, stand before the receipt."""
        assert self.page.locator("[name=confirmed]").count(), f"{self.login} cannot take {step.value}:\n{self.said()}"
        self.look()
        with self.page.expect_navigation():
            self.page.locator("[name=confirmed]").click()
        self.receive(step)

    def receive(self, step: Step) -> None:
        """Stand before the receipt."""
        assert "/receipt" in self.page.url, f"{self.login} took {step.value} without a receipt:\n{self.said()}"
        self.look()

    def seal(self, code: str, answers: Answers) -> bytes:
        """Seal a bid in the browser and hand it in; the key file that the browser gave."""
        self.press(Step.SUBMIT_BID, code)
        self.look()
        self.fill(answers)
        with self.page.expect_download() as download, self.page.expect_navigation():
            self.page.locator("[data-part=seal]").click()
        self.confirm(Step.SUBMIT_BID)
        return Path(download.value.path()).read_bytes()

    def rehearse(self, code: str) -> None:
        """Answer the rehearsal of the opening with one's key."""
        self.press(Step.REHEARSE_OPENING, code)
        self.look()
        with self.page.expect_navigation():
            self.page.locator("[data-part=go]").click()
        self.receive(Step.REHEARSE_OPENING)

    def hand_in(self, code: str, envelopes: int) -> None:
        """Unwrap one's shares in the browser and hand them in."""
        self.press(Step.HAND_IN_SHARES, code)
        self.look()
        self.page.locator("[data-part=go]").click()
        expect(self.page.locator("[data-part=rows] tr")).to_have_count(envelopes)
        with self.page.expect_navigation():
            self.page.locator("[data-part=send]").click()
        self.receive(Step.HAND_IN_SHARES)

    def commit(self, code: str) -> bytes:
        """Make one's value for the draw and commit to it; the file that holds it."""
        self.press(Step.COMMIT_DRAW, code)
        self.look()
        with self.page.expect_download() as download, self.page.expect_navigation():
            self.page.locator("[data-part=go]").click()
        self.confirm(Step.COMMIT_DRAW)
        return Path(download.value.path()).read_bytes()

    def reveal(self, code: str, secret: bytes) -> None:
        """Reveal one's value of the round from that file."""
        self.press(Step.REVEAL_DRAW, code)
        self.look()
        file = {"name": "x.secret", "mimeType": "application/json", "buffer": secret}
        self.page.set_input_files("#secret-file", file)
        with self.page.expect_navigation():
            self.page.locator("[data-part=go]").click()
        self.confirm(Step.REVEAL_DRAW)

    def said(self) -> str:
        """The words of the page, for a message."""
        return f"{self.page.url}\n" + re.sub(r"\n\s*\n+", "\n", self.page.locator("main").inner_text())[:3000]

    def close(self) -> None:
        """Leave by the button, as a person should."""
        self.context.close()
