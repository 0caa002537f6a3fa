"""Measures against experts 专家考评: a written decision, published, sent to the pool, no substitute for a penalty."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.phases.late_lots import Late, evaluated
from tests.phases.papers import paper
from trading.clock import StoppedClock
from trading.codelists import AppraisalMeasure
from trading.models import Alarm, Expert, ExpertAppraisal

pytestmark = pytest.mark.both_databases


@pytest.fixture
def lot(app: Flask, clock: StoppedClock) -> Late:
    """A lot that was evaluated."""
    return evaluated(app, clock)


def measure(lot: Late, login: str = "expert2", **changed: Any) -> dict[str, Any]:
    """A warning to an expert, decided today."""
    (number,) = {one.pool_number for one in lot.records(Expert) if one.id == lot.users[login].expert_id}
    day = lot.clock.now().date().isoformat()
    return {
        "pool_number": number, "act": "评标期间擅自离席", "measure": "warning", "organ": "巴东县公共资源交易监督管理局",
        "number": "巴公管〔2026〕3号", "decided_on": day, "published_on": day, "sent_to_pool_on": day,
        "instead_of_penalty": False, "files": [paper("decision.pdf")],
    } | changed  # fmt: skip


def test_a_measure_is_kept_with_its_decision(lot: Late) -> None:
    lot.done("supervisor", "appraise-expert", measure(lot))
    row = lot.one(ExpertAppraisal)
    assert (row.measure, row.number, len(row.files)) == (AppraisalMeasure.WARNING, "巴公管〔2026〕3号", 1)
    assert "R18.C12" not in [one.condition for one in lot.records(Alarm)]


def test_a_suspension_in_place_of_a_penalty_raises_a_red_alarm(lot: Late) -> None:
    lot.done("supervisor", "appraise-expert", measure(lot, measure="suspended", instead_of_penalty=True))
    assert [one.severity.value for one in lot.records(Alarm) if one.condition == "R18.C12"] == ["R"]


@pytest.mark.parametrize(
    ("who", "changed", "status"),
    [
        ("supervisor", {"pool_number": "none"}, 400),
        ("supervisor", {"decided_on": "2126-01-01"}, 400),
        ("supervisor", {"files": []}, 400),
        ("owner", {}, 403),
        ("bidder1", {}, 403),
    ],
)
def test_who_sat_elsewhere_a_day_to_come_and_a_stranger_are_refused(
    lot: Late, who: str, changed: dict[str, Any], status: int
) -> None:
    assert lot.send(who, "appraise-expert", measure(lot) | changed).status_code == status
    assert lot.records(ExpertAppraisal) == []


def test_an_expert_who_did_not_sit_on_the_lot_is_refused(lot: Late) -> None:
    answer = lot.send("supervisor", "appraise-expert", measure(lot, "expert9"))
    assert answer.status_code == 400 and "pool_number" in answer.text
