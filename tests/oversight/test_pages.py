"""The board of alarms and the reading log: who may look, and what they are told."""

import pytest
from sqlalchemy import select

from tests.builders import a_lot, client_as, people
from trading.codelists import Severity, Status
from trading.database import db, transaction
from trading.ledger.log import read_logged
from trading.models import Alarm, Lot


@pytest.fixture
def alarmed(app, clock):
    """A registered lot with a red alarm."""
    trade = a_lot(app, people(app), Status.REGISTERED)
    with app.app_context(), transaction(db.session):
        lot = db.session.scalars(select(Lot)).one()
        db.session.add(
            Alarm(lot_id=lot.id, condition="R07.C16", severity=Severity.RED, expected="免费", actual="收费",
                  raised_at=clock.now())
        )  # fmt: skip
    return trade


@pytest.mark.parametrize("who", ["supervisor", "oversight"])
def test_the_board_names_the_condition_the_lot_and_what_is_wrong(app, alarmed, who):
    text = client_as(app, alarmed.people[who]).get("/oversight").text
    assert "R07.C16 公告和登记免费" in text
    assert "应当：免费；现状：收费" in text
    assert alarmed.code in text and "县水利局" in text
    assert ("查阅日志" in text) is (who == "oversight")
    assert "没有预警" in client_as(app, alarmed.people[who]).get("/oversight?closed=1").text


@pytest.mark.parametrize("path", ["/oversight", "/oversight/reads"])
@pytest.mark.parametrize("who", ["owner", "centre", "bidder1", "expert1", "administrator", None])
def test_others_are_not_let_in(app, path, who):
    client = client_as(app, people(app)[who] if who else None)
    assert client.get(path).status_code in (302, 401, 403)


def test_the_supervisor_does_not_watch_the_watchers(app):
    assert client_as(app, people(app)["supervisor"]).get("/oversight/reads").status_code == 403


def test_the_log_says_who_exported_what_the_newest_first(app, clock, alarmed):
    with app.app_context(), transaction(db.session) as session:
        for login in ("supervisor", "oversight"):
            actor, kind = alarmed.people[login].actor, "document.exported"
            read_logged(session, alarmed.code, actor, "dossier 00", clock.now(), kind=kind)
    client = client_as(app, alarmed.people["oversight"])
    text = client.get("/oversight/reads").text
    names = [alarmed.people[login].name for login in ("oversight", "supervisor")]
    places = [text.index(f"{name}（") for name in names]
    assert places == sorted(places)
    assert "导出文件" in text and alarmed.code in text
    assert alarmed.code in client.get(f"/oversight/reads?code={alarmed.code}").text
    assert "还没有查阅记录" in client.get("/oversight/reads?code=NONE").text
    assert "还没有查阅记录" in client.get("/oversight/reads?page=2").text
