"""Whoever must act finds it among his tasks 待办完整: no walk takes a step that waited for nobody."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.builders import Trade
from tests.phases.walks import LOWEST, Walk, walked
from trading.codelists import Method, ProjectType
from trading.database import db
from trading.models import Lot
from trading.portal.subjects import waiting
from trading.portal.tasks import QUESTIONS
from trading.steps import Step

WHENEVER = {
    Step.SIGN_PLEDGE: "each one before his own first step",
    Step.SIGN_CHECKLIST: "listed by the checklist itself",
    Step.SUBMIT_BID: "anybody's, offered on the lot; a task once he took the documents",
    Step.APPLY_TO_BID: "anybody's, offered on the lot",
    Step.RECEIVE_BANK_LINES: "comes from the bank whenever money does, offered on the lot",
    Step.GO_ON: "a right, not a duty",
}
WALKS = [
    Walk(ProjectType.WORKS, Method.OPEN_TENDER),
    Walk(ProjectType.GP, Method.INVITED_TENDER),
    Walk(ProjectType.GPN, Method.NEGOTIATION, terms=LOWEST),
    Walk(ProjectType.GPN, Method.SINGLE_SOURCE),
    Walk(ProjectType.LAND, Method.LISTING),
    Walk(ProjectType.RURAL, Method.OPEN_TENDER),
]


@pytest.mark.parametrize("walk", WALKS, ids=str)
def test_every_step_of_a_walk_waits_for_who_takes_it(
    app: Flask, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    missed: list[tuple[str | None, str]] = []
    send = Trade.send

    def watched(trade: Trade, who: str | None, path: str, body: Any = None, status: int = 200) -> dict[str, Any]:
        taken = path.split("/")
        if status == 200 and taken[1] == "lots" and who:
            step = Step(taken[3].replace("-", "_"))
            if step not in WHENEVER and not is_waiting(trade, who, step):
                missed.append((who, step.value))
        return send(trade, who, path, body, status)

    monkeypatch.setattr(Trade, "send", watched)
    walked(app, walk)
    assert missed == []


def is_waiting(trade: Trade, who: str, step: Step) -> bool:
    """Whether the step is among what waits for this person on the lot."""
    if step not in QUESTIONS:
        return False
    with trade.app.app_context():
        return bool(waiting(db.session, trade.people[who], trade.clock.now(), [step], Lot.code == trade.code))
