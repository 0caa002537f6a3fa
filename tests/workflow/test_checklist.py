"""Checklist items 核查事项: a person signs what no record could hold, and no signature outweighs what can be told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, people, send_form
from tests.phases.papers import terms
from trading import rules
from trading.codelists import ProjectType, Role, Severity, Status
from trading.database import db
from trading.models import ChecklistSignature, LedgerEntry
from trading.rules.applies import only
from trading.rules.asking import signed
from trading.rules.case import Case
from trading.rules.rule import Checklist, Condition, Finding, Source, failed
from trading.steps import Step
from trading.workflow import engine

pytestmark = pytest.mark.both_databases
WHY = Checklist("现场情况没有记录", "no record holds the site", Role.CENTRE)


@only(ProjectType.WORKS)
def seen_on_site(case: Case) -> Finding:
    """The site was seen, and the estimate is no more than a hundred million."""
    if case.lot.estimate and case.lot.estimate > 100_000_000:
        return failed("不超过一亿元", str(case.lot.estimate), "at most a hundred million", str(case.lot.estimate))
    return signed(case, "R02.C99", "场地已勘查", "the site was seen")


ITEM = Condition(
    "R02.C99", Severity.BLOCK, "场地已勘查", "The site was seen", frozenset({Step.FILE_CONDITIONS}), (Source("试验"),),
    seen_on_site, checklist=WHY,
)  # fmt: skip
SIGNATURE = {"holds": True, "evidence": "三月二日现场勘查，照片存档。"}


@pytest.fixture
def lot(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Trade:
    """A registered lot whose terms are prepared, before a step that an item guards."""
    monkeypatch.setitem(rules.CONDITIONS, ITEM.id, ITEM)
    guarding: Callable[[Step], tuple[Condition, ...]] = engine.guarding
    monkeypatch.setattr(engine, "guarding", lambda step: (*guarding(step), *([ITEM] * (step in ITEM.steps))))
    trade = a_lot(app, people(app), Status.REGISTERED)
    trade.step("owner", "prepare-terms", terms())
    return trade


def test_unsigned_it_stands_in_the_way_and_signed_it_does_not(app: Flask, lot: Trade) -> None:
    refused = lot.step("owner", "file-conditions", status=422)
    assert "R02.C99" in [one["id"] for one in refused["conditions"]]
    lot.step("centre", "sign-checklist/R02.C99", SIGNATURE)
    lot.step("owner", "file-conditions")
    with app.app_context():
        row = db.session.scalars(select(ChecklistSignature)).one()
        assert (row.condition, row.holds, row.signed_by.login) == ("R02.C99", True, "centre")


def test_signed_as_not_so_it_fails_until_it_is_signed_anew(lot: Trade) -> None:
    lot.step("centre", "sign-checklist/R02.C99", SIGNATURE | {"holds": False})
    lot.step("owner", "file-conditions", status=422)
    lot.step("centre2", "sign-checklist/R02.C99", SIGNATURE)
    lot.step("owner", "file-conditions")


def test_only_whose_signature_it_is_may_sign_and_only_what_is_an_item(app: Flask, lot: Trade) -> None:
    lot.step("owner", "sign-checklist/R02.C99", SIGNATURE, status=422)
    lot.step("bidder1", "sign-checklist/R02.C99", SIGNATURE, status=403)
    lot.step("centre", "sign-checklist/R02.C1", SIGNATURE, status=404)
    lot.step("centre", "sign-checklist/R02.C99", SIGNATURE | {"evidence": ""}, status=400)
    with app.app_context():
        assert db.session.scalars(select(ChecklistSignature)).all() == []
        kinds = db.session.scalars(select(LedgerEntry.kind).where(LedgerEntry.chain == lot.code)).all()
        assert "step.refused" in kinds


def test_the_signer_finds_it_among_his_tasks_and_signs_it_by_its_page(app: Flask, lot: Trade) -> None:
    centre = client_as(app, lot.people["centre"])
    address = f"/lots/{lot.code}/sign-checklist/R02.C99"
    assert address in centre.get("/my-work").text
    assert address in centre.get(f"/lots/{lot.code}").text
    assert address not in client_as(app, lot.people["owner"]).get("/my-work").text
    page = centre.get(address)
    assert "场地已勘查" in page.text and "现场情况没有记录" in page.text
    form = {"holds": "1", "evidence": "三月二日现场勘查", "confirmed": "1"}
    assert send_form(centre, address, form).status_code == 303
    assert address not in centre.get("/my-work").text
