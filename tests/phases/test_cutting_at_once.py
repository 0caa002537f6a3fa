"""After a key event a checkpoint is cut at once 关键事件检查点, be it a person's step or the clock's."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.builders import a_lot, people
from trading.checkpoints.cutting import newest
from trading.codelists import Status
from trading.database import db
from trading.models import LedgerEntry


def covered(kind: str) -> bool:
    """Whether the newest checkpoint covers the last entry of this kind."""
    kept = newest(db.session)
    last = db.session.scalar(select(func.max(LedgerEntry.seq)).where(LedgerEntry.kind == kind))
    assert last is not None
    return kept is not None and kept.size > last


def test_opened_bids_are_under_a_checkpoint_when_the_step_returns(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.BID_CLOSED)
    with app.app_context():
        assert covered("tender.closed")
        before = newest(db.session)
    trade.step("centre", "open-bids")
    with app.app_context():
        after = newest(db.session)
        assert covered("bid.opened") and after is not None and before is not None and after.size > before.size


def test_a_step_is_taken_though_its_checkpoint_cannot_be_cut(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("trading.checkpoints.keeper.cut", broken)
    trade = a_lot(app, people(app), Status.BID_CLOSED)
    trade.step("centre", "open-bids")
    with app.app_context():
        assert trade.lot().status is Status.OPENED and newest(db.session) is None
