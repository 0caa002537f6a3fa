"""What may be told of a lot, and when 保密: files before the opening, the committee's work before the award."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.builders import client_as, people
from tests.phases.papers import PDF
from tests.portal.records import DAY, make_lots, user
from trading.codelists import DocumentKind, Role, Status
from trading.database import db, transaction
from trading.ledger.log import append
from trading.models import Document, Lot
from trading.oversight.dossier_facts import entries
from trading.steps import Step
from trading.workflow.secrecy import COMMITTEE_STEPS, may_have

CODE = "BD-2026-7001-01"
OFFICIALS = ("owner", "centre", "supervisor", "authority", "oversight")
COMMITTEES = (
    ("draw.exclusions", {"draw": "d"}), ("draw.reveal", {"draw": "d"}), ("draw.result", {"draw": "d"}),
    ("expert.accepted", {"draw": "d"}), ("expert.refused", {"draw": "d"}), ("evaluation.motion", {"motion": "m"}),
    ("evaluation.vote", {"motion": "m"}), ("evaluation.signed", {"digest": "e"}), ("step.taken", {"step": "score"}),
    ("step.taken", {"step": "answer_committee"}), ("step.taken", {"step": "confirm_correction"}),
    ("step.taken", {"step": "reject_bid"}), ("step.refused", {"step": "vote_rejection"}),
)  # fmt: skip


@pytest.fixture
def lot(app: Flask) -> SimpleNamespace:
    """A published lot with a file of the owner, and one that could name a bidder."""
    make_lots(app, {"code": CODE})
    with app.app_context(), transaction(db.session):
        record = db.session.scalars(select(Lot).where(Lot.code == CODE)).unique().one()
        digest = app.extensions["tools"].files.put(PDF)
        found = {}
        for kind in (DocumentKind.FUNDS, DocumentKind.EVIDENCE, DocumentKind.OTHER):
            one = Document(lot_id=record.id, kind=kind, name=f"{kind.value}.pdf", sha256=digest, size=9, added_at=DAY,
                           media_type="application/pdf", added_by_id=user("owner").id)  # fmt: skip
            db.session.add(one)
            db.session.flush()
            found[kind.value] = f"/lots/{CODE}/documents/{one.id}"
    return SimpleNamespace(files=found, people=people(app))


def change(app: Flask, **values: object) -> None:
    """Set columns of the lot."""
    with app.app_context(), transaction(db.session):
        db.session.execute(update(Lot).where(Lot.code == CODE).values(**values))


@pytest.mark.parametrize("login", OFFICIALS)
def test_before_the_opening_nobody_is_given_a_file_that_could_name_a_bidder(
    app: Flask, lot: SimpleNamespace, login: str
) -> None:
    browser = client_as(app, lot.people[login])
    assert browser.get(lot.files["funds"]).status_code == 200
    assert [browser.get(lot.files[kind]).status_code for kind in ("evidence", "other")] == [404, 404]
    change(app, status=Status.OPENED, opened_at=DAY + timedelta(days=22))
    assert browser.get(lot.files["evidence"]).status_code == 200


@pytest.mark.parametrize("login", [None, "bidder1", "expert1", "bank", "administrator"])
def test_who_is_not_concerned_is_given_public_files_alone(app: Flask, lot: SimpleNamespace, login: str | None) -> None:
    change(app, status=Status.OPENED, opened_at=DAY + timedelta(days=22))
    browser = client_as(app, lot.people[login] if login else None)
    assert {browser.get(path).status_code for path in lot.files.values()} == {404}


def test_the_evidence_of_an_application_is_read_before_there_can_be_a_bidder() -> None:
    document = Document(kind=DocumentKind.EVIDENCE, public=False)
    assert may_have(document, Lot(published_at=None, opened_at=None), True)
    assert not may_have(document, Lot(published_at=None, opened_at=None), False)
    assert not may_have(document, Lot(published_at=DAY, opened_at=None), True)


def test_what_the_committee_does_is_told_after_the_award_alone(app: Flask, lot: SimpleNamespace) -> None:
    change(app, status=Status.COMMITTEE_READY, opened_at=DAY + timedelta(days=22))
    with app.app_context(), transaction(db.session):
        leaves = [append(db.session, CODE, kind, "expert-0123456789ab", body, DAY).leaf.hex()
                  for kind, body in COMMITTEES]  # fmt: skip
        handed_in = {"step": "submit_report", "from": "committee_ready", "to": "evaluated", "verdicts": []}
        append(db.session, CODE, "step.taken", "expert-0123456789ab", handed_in, DAY)
    browser = client_as(app, lot.people["owner"])
    shown = browser.get(f"/lots/{CODE}/record").text + browser.get(f"/lots/{CODE}").text
    assert not [leaf for leaf in leaves if leaf in shown]
    assert "expert-0123" not in shown
    told = [browser.get(f"/verify?leaf={leaf}").text for leaf in leaves]
    assert not [text for (kind, _body), text in zip(COMMITTEES, told, strict=True) if kind in text or CODE in text]
    with app.app_context():
        record = db.session.scalars(select(Lot).where(Lot.code == CODE)).unique().one()
        assert [(one.kind, one.actor) for one in entries(db.session, record)] == [("step.taken", "expert")]
    change(app, status=Status.AWARDED, awarded_at=DAY + timedelta(days=30))
    shown = browser.get(f"/lots/{CODE}/record").text
    assert all(leaf in shown for leaf in leaves)
    with app.app_context():
        record = db.session.scalars(select(Lot).where(Lot.code == CODE)).unique().one()
        assert {one.actor for one in entries(db.session, record)} == {"expert-0123456789ab"}


def test_the_steps_of_the_committee_are_those_that_move_no_lot_and_its_pledges() -> None:
    inner = {Step.ACCEPT_INVITATION, Step.REFUSE_INVITATION, Step.SCORE, Step.REJECT_BID, Step.VOTE_REJECTION,
             Step.DRAFT_REPORT, Step.SIGN_REPORT, Step.SIGN_PLEDGE, Step.ASK_BIDDER, Step.ASK_LOW_PRICE,
             Step.ANSWER_COMMITTEE, Step.DECIDE_LOW_PRICE, Step.CORRECT_ARITHMETIC, Step.CONFIRM_CORRECTION,
             Step.HOLD_TALK, Step.CHANGE_REQUIREMENTS, Step.CALL_FINAL_OFFERS,
             Step.ASK_MORE_TIME, Step.EXTEND_EVALUATION, Step.REPLY_TO_SHEETS}  # fmt: skip
    assert {step.value for step in inner} == COMMITTEE_STEPS


def test_the_record_knows_an_expert_by_a_number_without_meaning(app: Flask) -> None:
    expert = people(app)["expert1"]
    assert expert.role is Role.EXPERT and expert.actor == f"expert-{expert.id[:12]}"
    assert expert.name not in expert.actor and expert.person not in expert.actor
