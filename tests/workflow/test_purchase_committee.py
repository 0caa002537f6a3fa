"""What the committee of a purchase is to the rules: stated with the plan, known from who sits (R11.C2, C3)."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.builders import a_lot, people
from tests.phases.draws import plan, seated
from trading.codelists import Status
from trading.database import db, transaction
from trading.models import Draw, Expert, Lot, Member
from trading.rules.purchase_facts import PurchaseFacts
from trading.workflow.purchase_committee import committee_of


def facts(app: Flask) -> PurchaseFacts:
    """The facts of the only lot."""
    with app.app_context():
        return committee_of(db.session, db.session.scalars(select(Lot)).one())


@pytest.mark.both_databases
def test_what_the_plan_states_and_who_sits_is_known(app: Flask) -> None:
    seated(app)
    assert facts(app) == PurchaseFacts(works=True, chair_is_owners=False, law_experts=0)
    with app.app_context(), transaction(db.session):
        db.session.execute(update(Draw).values(complex=True, wide_effect=False))
        members = db.session.scalars(select(Member).where(Member.expert_id.is_not(None))).all()
        db.session.get_one(Expert, members[0].expert_id).specialties = ["C0401"]
        for one in db.session.scalars(select(Member)):
            one.is_chair = one.expert_id is None
    assert facts(app) == PurchaseFacts(works=True, complex=True, wide_effect=False, chair_is_owners=True, law_experts=1)


def test_before_the_plan_nothing_is_known_and_works_do_not_ask(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.PUBLISHED)
    assert facts(app) == PurchaseFacts(works=True)
    refused = trade.step("owner", "plan-draw", plan(trade, complex=True), 400)
    assert list(refused["fields"]) == ["complex"]
