"""Loads the demonstration county 载入示范县: all stories merged in the order of time, through the engine."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import at, law_date
from trading.database import db, transaction
from trading.demo import keyring, plots, purchases
from trading.demo.people import PASSWORD, ROLES_SHOWN, Cast, cast, found
from trading.demo.purchase_story import InquiryStory, PurchaseStory
from trading.demo.sale_story import SalePlot, SaleStory
from trading.demo.story import Plot, Story
from trading.demo.telling import LEAD, Acts
from trading.errors import Unlawful
from trading.long_runs import long_run
from trading.models import User
from trading.replay.course import Act
from trading.replay.hands import Hands
from trading.replay.merging import perform
from trading.workflow.clockwork import close_settled
from trading.workflow.taking import Tools

Echo = Callable[[str], None]
SEED = b"wutong demonstration county keys"
FOUNDED_BEFORE = timedelta(days=plots.YEAR + LEAD + 30)


@dataclass(frozen=True)
class Lent:
    """What the stories work with: the installation's tools, and the hands of its people."""

    tools: Tools
    hands: Hands


class Merging:
    """Plays stories together, in the order of time, until ``now``."""

    def __init__(self, session: Session, people: Cast, lent: Lent, now: datetime) -> None:
        self.session = session
        self.people = people
        self.lent = lent
        self.now = now
        self.open: list[tuple[datetime, int, Acts, Act]] = []
        self.count = 0

    def play(self, plots: Sequence[Plot | SalePlot], echo: Echo) -> None:
        """Play all; a story whose next act lies after now stands still."""
        coming = sorted(plots, key=begins)
        entered = 0
        while self.open or entered < len(coming):
            if entered < len(coming) and (not self.open or begins(coming[entered]) <= self.open[0][0]):
                story = self.told(coming[entered])
                entered += 1
                if entered % 20 == 0:
                    echo(f"  {entered}/{len(coming)} …")
                self.push(story, lambda acts: next(acts))
                continue
            _at, _number, acts, act = heapq.heappop(self.open)
            self.take(acts, act)

    def told(self, plot: Plot | SalePlot) -> Acts:
        """The story of a plot."""
        if isinstance(plot, SalePlot):
            return SaleStory(self.session, self.people, plot).play()
        bought = PurchaseStory if purchases.is_tendered(plot.work) else InquiryStory
        kind = bought if purchases.is_bought(plot.work) else Story
        return kind(self.session, self.people, plot).play()

    def take(self, acts: Acts, act: Act) -> None:
        """Take an act; a refusal is on record, and told to its story."""
        try:
            receipts = perform(self.session, act, self.lent.tools, self.lent.hands)
        except Unlawful as refusal:
            self.push(acts, lambda acts, refusal=refusal: acts.throw(refusal))  # type: ignore[misc]
        else:
            self.push(acts, lambda acts: acts.send(receipts))

    def push(self, acts: Acts, on: Callable[[Acts], Act]) -> None:
        """The story's next act."""
        try:
            act = on(acts)
        except StopIteration:
            return
        finally:
            self.session.expunge_all()
        if act.at <= self.now:
            self.count += 1
            heapq.heappush(self.open, (act.at, self.count, acts, act))


def begins(plot: Plot | SalePlot) -> datetime:
    """When a story begins."""
    return at(plot.day - timedelta(days=LEAD), 9)


def load(app: Flask, echo: Echo) -> bool:
    """Load the county into an empty database; answers whether there was anything to load."""
    with app.app_context():
        if db.session.scalar(select(User.id).limit(1)) is not None:
            return False
        now = app.extensions["clock"].now()
        today = law_date(now)
        echo("→ demonstration county 示范县 …")
        with transaction(db.session):
            found(db.session, app.extensions["hasher"], now - FOUNDED_BEFORE)
        users = {user.login: user for user in db.session.scalars(select(User))}
        for user in users.values():
            db.session.refresh(user, ["organization"])
        people = cast(users)
        hands = Hands(SEED)
        with transaction(db.session):
            hands.register(db.session, users.values(), now - FOUNDED_BEFORE)
        keyring.write(app.config["TRADING_DATA_DIR"] / keyring.FOLDER, hands, users)
        db.session.expunge_all()
        with long_run():
            merging = Merging(db.session, people, Lent(app.extensions["tools"], hands), now)
            merging.play([*plots.year(today), *plots.living(today), *plots.disposals(today)], echo)
            close_settled(db.session, now)
        return True


def accounts(app: Flask) -> str:
    """One account for every role, as a table to print."""
    with app.app_context():
        users = {user.login: user for user in db.session.scalars(select(User).where(User.login.in_(ROLES_SHOWN)))}
        if not users:
            return ""
        lines = [f"  {login:<11} {users[login].role.zh} {users[login].name}" for login in ROLES_SHOWN if login in users]
        folder = app.config["TRADING_DATA_DIR"] / keyring.FOLDER
        keys = f"keys 密钥文件: {folder}/<login>.key (to sign and to open 用于签名与开标)" if folder.exists() else ""
        return "\n".join(["accounts 账户 (password 密码: " + PASSWORD + ")", *lines, *([keys] if keys else [])])
