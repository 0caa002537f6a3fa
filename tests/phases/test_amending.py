"""What was entered is put right before it is filed 更正登记内容; afterwards it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, client_as
from tests.phases.papers import paper
from tests.phases.preparing import entered, prepare, registered
from trading.beijing import law_date
from trading.codelists import ProjectType
from trading.database import db
from trading.methods.profiles import PROFILES
from trading.models import Document, VillageVote


def amended(trade: Trade, **changed: Any) -> dict[str, Any]:
    """What was entered once more, with changes, and why."""
    method = PROFILES[trade.type].methods[0]
    body = entered(trade.type, method, law_date(trade.clock.now()))
    estimate = body["lots"][0]["estimate"]
    kept = {name: value for name, value in body.items() if name not in ("name", "type", "lots")}
    return kept | {"estimate": estimate, "reason": "更正"} | changed


def test_a_new_vote_makes_a_village_lot_fit_to_be_filed(app: Flask) -> None:
    trade = registered(app, ProjectType.RURAL, project={"agreed": 29})
    prepare(trade, ProjectType.RURAL)
    trade.step("owner", "file-conditions", status=422)
    page = client_as(app, trade.people["owner"]).get(f"/lots/{trade.code}/amend-project").text
    assert 'name="agreed"' in page and 'value="29"' in page and 'name="lots-0-title"' not in page
    trade.step("owner", "amend-project", amended(trade, agreed=38, vote=[paper("vote2.pdf")], reason="重新召开会议"))
    with app.app_context():
        assert db.session.scalars(select(VillageVote.agreed)).one() == 38
        kept = db.session.scalars(select(Document.name).where(Document.superseded.is_(False))).all()
        assert "vote2.pdf" in kept and "vote.pdf" not in kept
    trade.step("owner", "file-conditions")


@pytest.mark.parametrize("project_type", list(ProjectType))
def test_what_was_entered_of_every_type_may_be_put_right_until_it_is_filed(
    app: Flask, project_type: ProjectType
) -> None:
    trade = registered(app, project_type)
    assert trade.step("owner", "amend-project", amended(trade), 422)["reason"] == "nothing_changed"
    trade.step("owner", "amend-project", amended(trade, description="补充概况"))
    prepare(trade, project_type)
    trade.step("owner", "file-conditions")
    later = amended(trade, description="再次更正")
    assert trade.step("owner", "amend-project", later, 422)["reason"] == "filed_already"
    trade.step("supervisor", "answer-filing", {"answer": "rectify", "reason": "请补充"})
    trade.step("owner", "amend-project", later)


@pytest.mark.parametrize("field", ["name", "type", "lots"])
def test_name_type_and_lots_are_not_changed(app: Flask, field: str) -> None:
    trade = registered(app, ProjectType.LAND)
    assert field in trade.step("owner", "amend-project", amended(trade, **{field: "其他"}), 400)["fields"]


def test_an_agency_amends_nothing(app: Flask) -> None:
    trade = registered(app, ProjectType.OTHER)
    trade.step("agency", "amend-project", amended(trade), 403)
    trade.clock.advance(timedelta(days=1))
    trade.step("bidder1", "amend-project", amended(trade), 403)
