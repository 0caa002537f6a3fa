"""Takes the pictures of README and docs/tour.md 截图 from the running product with the demonstration county."""

from __future__ import annotations

import importlib
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from sqlalchemy import select

from tests.browser.looking import PHONE
from tests.browser.persons import Person
from tests.browser.serving import apart, served
from tests.builders import offer
from tests.chromium import launched
from tests.conftest import SECRET, close, migrated
from trading import demo
from trading.beijing import BEIJING
from trading.clock import TrainingClock
from trading.codelists import ProjectType, Status
from trading.database import db
from trading.demo.people import PASSWORD
from trading.models import Entrant, Lot, Member, Project, User
from trading.steps import Step

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
MORNING = datetime(2026, 9, 14, 10, tzinfo=BEIJING)
WIDE = {"width": 1280, "height": 860}
TALLEST = 1500
PRINTING = 120_000


class Studio:
    """The running product, its people, and the folder that the pictures go to."""

    def __init__(self, app: Flask, browser: Browser, home: str) -> None:
        self.app, self.browser, self.home = app, browser, home
        self.persons: dict[str | None, Person] = {}

    def person(self, login: str | None) -> Person:
        """A person of the demonstration, logged in."""
        if login not in self.persons:
            self.persons[login] = Person(self.browser, self.home, login, password=PASSWORD, viewport=WIDE)
        return self.persons[login]

    def known(self, query: Any) -> list[Any]:
        """What the records say."""

        def ask() -> list[Any]:
            with self.app.app_context():
                return list(db.session.scalars(query))

        return apart(ask)

    def lot(self, status: Status) -> str:
        """The code of the newest lot that stands at ``status``: works, or what is bid for live."""
        live = status is Status.BIDDING
        newest = select(Lot.code).join(Project).where(Lot.status == status).order_by(Lot.created_at.desc(), Lot.code)
        return self.known(newest if live else newest.where(Project.type == ProjectType.WORKS))[0]

    def see(self, login: str | None, path: str) -> Page:
        """The page at ``path`` as this person sees it."""
        page = self.person(login).page
        page.goto(self.home + path)
        return page


def keep(name: str, page: Page, start: str | None = None, tallest: int = TALLEST) -> None:
    """Take the picture: the whole page down to ``tallest`` pixels, or from the element ``start`` on."""
    top = page.locator(start).first.bounding_box() if start else None
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    above = max(0, int(top["y"]) - 24) if top else 0
    save(name, picture.crop((0, above, picture.width, min(picture.height, above + tallest))))


def save(name: str, picture: Image.Image) -> None:
    """Write a PNG of few colours: a page has not many."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}.png"
    picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    size = f"{picture.width} × {picture.height}  {path.stat().st_size // 1024} KB"
    print(f"  {path.relative_to(PICTURES.parents[1])}  {size}")


def take_public(studio: Studio) -> None:
    """What everybody sees without an account."""
    keep("home", studio.see(None, "/"))
    keep("statistics", studio.see(None, "/statistics"))
    keep("rules", studio.see(None, "/rules"), tallest=900)
    keep("opening", studio.see(None, f"/lots/{studio.lot(Status.OPENED)}"), "h2#opening", 620)


def take_bidding(studio: Studio) -> None:
    """A bidder hands in a bid."""
    code = studio.lot(Status.PUBLISHED)
    bidder = studio.person("bidder7")
    keep("lot", studio.see("bidder7", f"/lots/{code}"))
    keep("english", studio.see("bidder7", f"/lots/{code}?lang=en"), tallest=900)
    bidder.page.goto(f"{studio.home}/lots/{code}?lang=zh")
    bidder.make_key()
    bidder.press(Step.SUBMIT_BID, code)
    bidder.fill(offer("4386000"))
    with bidder.page.expect_navigation():
        bidder.page.locator("[data-part=seal]").click()
    keep("check", bidder.page)
    bidder.page.locator("[name=confirmed]").click()
    bidder.page.wait_for_url("**/receipt")
    keep("receipt", bidder.page, tallest=1200)
    bidder.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    bidder.page.goto(f"{studio.home}/lots/{code}")
    keep("phone", bidder.page, tallest=1400)
    bidder.page.set_viewport_size(WIDE)


def take_auction(studio: Studio) -> None:
    """Live bidding, as a bidder and as the hall sees it."""
    code = studio.lot(Status.BIDDING)
    bidders = studio.known(
        select(User.login).join(Entrant, Entrant.applied_by_id == User.id).join(Lot, Lot.id == Entrant.lot_id)
        .where(Lot.code == code, Entrant.paddle.is_not(None)).order_by(User.login)
    )  # fmt: skip
    keep("bidding", studio.see(bidders[0], f"/lots/{code}/bidding"))
    keep("screen", studio.see(None, f"/lots/{code}/screen"), tallest=860)


def take_offices(studio: Studio) -> None:
    """What clerks, the supervisor and an expert see."""
    keep("work", studio.see("owner", "/my-work"), tallest=1000)
    keep("way", studio.see("owner", f"/lots/{studio.lot(Status.PUBLICIZED)}/confirm"))
    ready = studio.lot(Status.COMMITTEE_READY)
    keep("draw", studio.see("supervisor", f"/lots/{ready}/draw"), tallest=1200)
    member = studio.known(
        select(User.login).join(Member, Member.user_id == User.id).join(Lot, Lot.id == Member.lot_id)
        .where(Lot.code == ready, User.expert_id.is_not(None)).order_by(User.login)
    )[0]  # fmt: skip
    keep("sheet", studio.see(member, f"/lots/{ready}/score"), tallest=1200)


def take_dossier(studio: Studio) -> None:
    """One page of a dossier, where the system can draw a PDF."""
    drawer = shutil.which("pdftoppm")
    if drawer is None:
        print("  docs/pictures/dossier.png stays as it is: pdftoppm (poppler-utils) is not here")
        return
    code = studio.lot(Status.CONTRACTED)
    page = studio.see("oversight", f"/lots/{code}")
    with page.expect_download(timeout=PRINTING) as download:
        page.locator(f'main a[href="/lots/{code}/dossier.pdf"]').click(timeout=PRINTING)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([drawer, "-r", "60", "-png", str(download.value.path()), f"{folder}/page"], check=True)
        pages = [Image.open(path) for path in sorted(Path(folder).glob("page*.png"))]
        texts = [page.extract_text() for page in PdfReader(download.value.path()).pages]
        table = max(number for number, text in enumerate(texts) if "R01.C1" in text)
        chosen = [pages[0], pages[1], pages[table]]
        sheet = Image.new("RGB", (sum(one.width for one in chosen) + 48, chosen[0].height + 32), "#d6dce4")
        left = 12
        for one in chosen:
            sheet.paste(one, (left, 16))
            left += one.width + 12
        save("dossier", sheet)


TAKES: tuple[Callable[[Studio], None], ...] = (
    take_public, take_bidding, take_auction, take_offices, take_dossier,
)  # fmt: skip


def main() -> None:
    """Load the county into a database of its own, serve it, take every picture."""
    with tempfile.TemporaryDirectory(prefix="trading-pictures-") as folder:
        data = Path(folder)
        url = f"sqlite:///{data / 'trading.sqlite'}"
        settings = {
            "TRADING_MODE": "demonstration", "TRADING_DATABASE_URL": url, "TRADING_DATA_DIR": str(data),
            "SECRET_KEY": SECRET, "ARGON2_CHEAPEST": True,
        }  # fmt: skip
        migrated(url, data)
        clock = TrainingClock(data / "training-clock", MORNING)
        app = importlib.import_module("trading.app").create_app(settings, clock)
        demo.load(app, print)
        with launched() as browser, served(app) as home:
            studio = Studio(app, browser, home)
            for take in TAKES:
                if not sys.argv[1:] or take.__name__.removeprefix("take_") in sys.argv[1:]:
                    take(studio)
        close(app)


if __name__ == "__main__":
    main()
