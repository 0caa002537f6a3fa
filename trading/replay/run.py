"""The replay of history 历史回放: past auctions through the same engine, rules and tables, in a database of its own."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from trading.beijing import law_date
from trading.clock import SystemClock
from trading.database import standalone, transaction
from trading.long_runs import long_run
from trading.replay.auctions import Auction, Shelf
from trading.replay.course import LEAD, End, Stage, first_moment
from trading.replay.hands import Hands
from trading.replay.merging import Merger
from trading.replay.people import engage
from trading.replay.supplied import ASSUMED, SUPPLIED
from trading.savings import Outcome, Side, aggregate
from trading.sealing.files import FileStore
from trading.sealing.vault import KeyVault
from trading.values import load
from trading.workflow.engine import Receipt
from trading.workflow.gate import Gate
from trading.workflow.taking import Tools
from trading.working_days import Calendar

Echo = Callable[[str], None]
SEED = b"wutong replay"
AFTERMATH = timedelta(days=60)


@dataclass
class Tally:
    """What is counted while auctions end; amounts in yuan."""

    lots: dict[str, dict[str, Any]] = field(default_factory=dict)
    awarded: int = 0
    matched: int = 0
    ties: int = 0
    control: int = 0
    award: int = 0
    verdicts: int = 0
    assumed: int = 0

    def see(self, receipt: Receipt) -> None:
        """Count the verdicts of a step, and those that rest on what was supplied."""
        self.verdicts += len(receipt.verdicts)
        self.assumed += sum(1 for verdict in receipt.verdicts if verdict.assumed)

    def add(self, auction: Auction, end: End) -> None:
        """Count an auction that ended."""
        self.lots[auction.id] = {
            "outcome": "awarded" if end.awarded else "failed",
            "winner": end.winner,
            "price": end.price,
            "condition": end.condition,
        }
        if end.awarded and end.price is not None:
            self.awarded += 1
            self.matched += end.matched
            self.ties += end.matched and end.tied
            self.control += int(auction.control)
            self.award += end.price


def replay(file: Path, *, law_on: date | None, echo: Echo, progress: bool) -> dict[str, Any]:
    """Carry the auctions of a CSV file from registration to award or failure.

    Arguments:
        file: columns ``auction_id,date,title,details,control_price,bidder,bid,rejected,winner``; one unit is one yuan.
        law_on: the day whose law judges every lot; None for today's.
        echo: prints a line (law day, calendar, what was supplied).
        progress: show a bar on stderr.

    Returns:
        ``auctions, bids, awarded, failed, winners_matched, ties, control_total, award_total, saved`` as integers,
        ``rate`` in percent as text (None without any award), and ``lots`` by auction id.

    Raises:
        BadFile: the file is not as promised; the sentence names the line.
    """
    with tempfile.TemporaryDirectory(prefix="trading-replay-") as folder, long_run():
        shelf = Shelf(file, Path(folder) / "shelf.db")
        tally = Tally()
        if shelf.auctions:
            play_all(shelf, Path(folder), law_on or law_date(SystemClock().now()), echo, progress, tally)
        return summary(shelf, tally)


def play_all(shelf: Shelf, folder: Path, law_on: date, echo: Echo, progress: bool, tally: Tally) -> None:
    """Play every auction of the shelf into the tally."""
    tools = lend(shelf, folder, law_on)
    announce(tools, law_on, echo)
    sessions = standalone(f"sqlite:///{folder / 'replay.db'}")
    bar = click.progressbar(length=shelf.auctions, label="replay 回放", file=sys.stderr) if progress else nullcontext()
    with sessions() as session, bar as shown:
        begin = first_moment(next(iter(shelf))) - timedelta(days=1)
        with transaction(session):
            hands = Hands(SEED)
            cast = engage(session, hands, begin)
        session.expunge_all()
        for auction, end in Merger(shelf, Stage(session, tools, cast, hands), tally.see):
            tally.add(auction, end)
            if shown is not None:
                shown.update(1)
    sessions.kw["bind"].dispose()
    echo(
        f"结论 {tally.verdicts} 项，其中 {tally.assumed} 项依据推定事实。"
        f" {tally.verdicts} verdicts, {tally.assumed} of them rest on assumed facts."
    )


def lend(shelf: Shelf, folder: Path, law_on: date) -> Tools:
    """The tools of a replay: the book's numbers of one day, a labelled calendar, vault and files of its own."""
    first, last = shelf.days
    years = range((first - timedelta(days=LEAD)).year, (last + AFTERMATH).year + 1)
    return Tools(
        book=load(), calendar=Calendar.projected(years), vault=KeyVault(folder / "keys", durable=False),
        files=FileStore(folder / "files", durable=False), gate=Gate(folder / "gate"), law_on=law_on, assumed=ASSUMED,
    )  # fmt: skip


def announce(tools: Tools, law_on: date, echo: Echo) -> None:
    """Print the law day, the calendar and what is supplied."""
    echo(f"适用 {law_on} 的规定 · law of {law_on}")
    echo(f"{tools.calendar.label_zh} · {tools.calendar.label_en}")
    echo("推定（原文件未载，由回放补足，在每项结论中注明） · assumed (not in the file; marked in every verdict):")
    for one in SUPPLIED:
        echo(f"  - {one.zh} · {one.en}")


def summary(shelf: Shelf, tally: Tally) -> dict[str, Any]:
    """The result in the shape that is promised."""
    outcome = Outcome(Side.PURCHASE, Decimal(tally.control), Decimal(tally.award))
    total = aggregate([outcome] if tally.awarded else [])[Side.PURCHASE]
    return {
        "auctions": shelf.auctions, "bids": shelf.bids, "awarded": tally.awarded,
        "failed": shelf.auctions - tally.awarded, "winners_matched": tally.matched, "ties": tally.ties,
        "control_total": tally.control, "award_total": tally.award, "saved": int(total.gained),
        "rate": None if total.rate is None else str(total.rate), "lots": tally.lots,
    }  # fmt: skip
