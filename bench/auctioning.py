"""Live bidding 竞价测速: two server processes over real sockets, screens and bidders on one lot, one process killed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

from bench.table import Line, at_most
from tests.builders import people
from tests.phases.auctions import CODE, all_offers
from tests.trust.hall import Session, fill, meet, start
from trading.app import create_app
from trading.database import db
from trading.ledger.log import entries_of

WATCHERS, BIDDERS, OFFERS = 200, 50, 400
SECRET = "a benchmark's secret, known to everybody who reads this"


def auctioning(url: str, folder: Path) -> Iterator[Line]:
    """Offers a second, and the time from an offer to the last of all screens; nothing lost, nothing out of order.

    Arguments:
        url: a migrated, empty database.
        folder: where files and keys go.

    Raises:
        AssertionError: a screen missed an offer or saw it twice, or an acknowledged one is not in the record.
    """
    settings = {
        "TRADING_MODE": "test", "TRADING_DATABASE_URL": url, "TRADING_DATA_DIR": str(folder), "SECRET_KEY": SECRET,
        "ARGON2_CHEAPEST": True,
    }  # fmt: skip
    app = create_app(settings)
    cookies = fill(app, people(app)["owner"], BIDDERS)
    doors = [start(app, WATCHERS), start(app, WATCHERS)]
    try:
        session = asyncio.run(meet(doors, cookies, WATCHERS, OFFERS, kill=True))
    finally:
        doors[0].kill()
    session.complete()
    kept = {offer.number: offer.key for offer in all_offers(app)}
    with app.app_context():
        entries = [json.loads(one.body or "") for one in entries_of(db.session, CODE) if one.kind == "auction.offer"]
        db.engine.dispose()
    assert all(kept[number] == key for number, (key, _sent, _told) in session.hall.made.items()), "an offer was lost"
    assert [one["number"] for one in entries] == sorted(kept), "the record and the offers differ"
    yield from lines(session)


def lines(session: Session) -> Iterator[Line]:
    """What the session in the hall was like."""
    delays, made = session.delays(), len(session.hall.made)
    halls = f"{WATCHERS} screens, {BIDDERS} bidders, 2 processes, one killed"
    yield Line(f"live bidding: {halls}", f"{made / session.seconds:.1f} offers/s")
    yield Line("… acknowledged, all kept, in order on every screen", f"{made} offers")
    yield Line("… answered as outbid meanwhile", f"{session.hall.refused} offers")
    yield at_most("… from an offer to the last screen, p50", delays[made // 2], "s", 1)
    yield at_most("… p99", delays[made * 99 // 100], "s", 3)
