"""Two processes, screens and bidders 竞价大厅: one process is killed; nothing acknowledged is lost or out of order."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise

import pytest
from flask import Flask

from tests.builders import people
from tests.phases.auctions import CODE, all_offers
from tests.trust.hall import fill, meet, start
from trading.database import db
from trading.ledger import verify
from trading.ledger.log import entries_of


@pytest.mark.both_databases
def test_screens_see_every_offer_in_order_though_a_process_is_killed(app: Flask) -> None:
    cookies = fill(app, people(app)["owner"], 4)
    doors = [start(app, 8), start(app, 8)]
    try:
        session = asyncio.run(meet(doors, cookies, watchers=6, offers=24, kill=True))
    finally:
        doors[0].kill()
    session.complete()
    assert session.hall.reconnected > 0
    kept = {offer.number: offer.key for offer in all_offers(app)}
    assert all(kept[number] == key for number, (key, _sent, _told) in session.hall.made.items())
    with app.app_context():
        assert verify.verify_log(db.session) == []
        recorded = [json.loads(one.body or "") for one in entries_of(db.session, CODE) if one.kind == "auction.offer"]
    assert [one["number"] for one in recorded] == sorted(kept) == list(range(1, len(kept) + 1))
    assert all(later["amount"] >= earlier["amount"] + 200_000 for earlier, later in pairwise(recorded))
