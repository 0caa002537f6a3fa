"""The demonstration county 示范县: its year adds up, and it is walked through the engine."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import close, migrated
from trading import demo
from trading.app import create_app
from trading.beijing import at
from trading.clock import StoppedClock
from trading.codelists import ProjectType, Role, Status
from trading.database import db
from trading.demo import county, plots, purchases, sales
from trading.identifiers import valid_uscc
from trading.ledger.verify import verify_log
from trading.models import Award, LedgerChainHead, LedgerEntry, Lot, Objection, Organization, User
from trading.savings import rate
from trading.workflow.settled import ENDS

NOW = at(date(2026, 11, 23), 10)
STANDING = set(Status)


def test_the_year_adds_up_to_the_figures_of_the_report() -> None:
    works = county.works()
    assert len(works) == 94
    assert sum(one.ceiling for one in works) == Decimal("516600000.00")
    assert sum(one.ceiling - one.price for one in works) == Decimal("11547600.00")
    assert rate(county.CONTROL_TOTAL, county.SAVED_TOTAL) == Decimal("2.24")


def test_no_price_is_above_its_ceiling_and_none_are_alike() -> None:
    for one in county.works():
        prices = [one.price, *county.other_prices(one)]
        assert max(prices) <= one.ceiling and len(set(prices)) == len(prices) == len(one.bidders) >= 3


def test_the_same_seed_gives_the_same_county() -> None:
    assert county.works() == county.works()
    year = plots.year(date(2026, 1, 1))
    assert year == plots.year(date(2026, 1, 1))
    assert [plot.work.ceiling for plot in year] == [one.ceiling for one in county.works()]


def test_one_in_five_of_the_year_is_bought_above_the_threshold_by_tender_and_the_money_stays() -> None:
    year = [plot.work for plot in plots.year(date(2026, 1, 1))]
    bought = [one for one in year if purchases.is_bought(one)]
    tendered = [one for one in bought if one.ceiling >= purchases.THRESHOLD]
    assert (len(tendered), len(bought) - len(tendered)) == (15, 5)
    assert all(purchases.is_tendered(one) == (one in tendered) for one in bought)
    assert all(max(one.bidders) < len(purchases.SUPPLIERS) and len(one.bidders) >= 3 for one in bought)
    assert sum(one.ceiling - one.price for one in year) == county.SAVED_TOTAL


def test_all_awards_lie_within_the_twelve_months_before_the_start() -> None:
    today = date(2026, 11, 23)
    days = [plot.day for plot in plots.year(today)]
    assert min(days) > today - timedelta(days=365) and max(days) <= today - timedelta(days=8)


@pytest.mark.slow
def test_the_county_is_walked_through_the_engine(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.sqlite'}"
    migrated(url, tmp_path)
    settings = {
        "TRADING_MODE": "test", "TRADING_DATABASE_URL": url, "TRADING_DATA_DIR": str(tmp_path), "SECRET_KEY": "k" * 40,
        "ARGON2_CHEAPEST": True,
    }  # fmt: skip
    app = create_app(settings, StoppedClock(NOW))
    said: list[str] = []
    assert demo.load(app, said.append)
    assert not demo.load(app, said.append), "a second start keeps the data"
    with app.app_context():
        statuses = Counter(db.session.scalars(select(Lot.status)))
        assert set(statuses) == STANDING
        told = db.session.scalars(select(Award).where(Award.notified_at.is_not(None))).all()
        awards = [one for one in told if one.project_type.is_purchase]
        assert len(awards) == 94 and len(told) == 94 + len(sales.DISPOSALS)
        assert Counter(one.project_type for one in awards) == {
            ProjectType.WORKS: 74, ProjectType.GP: 15, ProjectType.GPN: 5
        }  # fmt: skip
        (lease,) = [one for one in told if one.project_type is ProjectType.RURAL]
        assert (lease.base, lease.price, lease.premium) == (120_000, 234_000, 114_000)
        assert sum(one.base for one in awards) == county.CONTROL_TOTAL
        assert sum(one.saved for one in awards) == county.SAVED_TOTAL
        assert all(valid_uscc(one) for one in db.session.scalars(select(Organization.uscc)))
        refused = db.session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "step.refused")).all()
        assert refused and db.session.scalars(select(Objection)).first() is not None
        assert set(db.session.scalars(select(User.role))) == set(Role) - {Role.CLOCK}
        assert verify_log(db.session) == []
        ended = db.session.scalars(select(Lot.code).where(Lot.status.in_([Status.ARCHIVED, *ENDS]))).all()
        closed = db.session.scalars(select(LedgerChainHead.chain).where(LedgerChainHead.closed)).all()
        assert len(ended) == 67 + len(sales.DISPOSALS) and set(ended) <= set(closed), "every ended lot can be exported"
    assert "supervisor" in demo.accounts(app)
    close(app)
