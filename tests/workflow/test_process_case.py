"""The facts of the process from records 交易过程案情: a works lot in order leaves no question of R07 to R12 open."""

from __future__ import annotations

from flask import Flask

from tests.phases.draws import committee, scored
from trading.codelists import Answer
from trading.database import db
from trading.rules import CONDITIONS
from trading.workflow.facts import RecordCase

PROCESS = ("R07", "R08", "R09", "R10", "R11", "R12")


def test_a_works_lot_in_order_leaves_nothing_of_the_process_failed_or_unknown(app: Flask) -> None:
    trade = scored(app)
    members = committee(trade)
    trade.step(members[0], "draft-report", {"fatal_defect": False})
    for login in members:
        trade.step(login, "sign-report", {"opinion": "agree"})
    trade.step(members[0], "submit-report")
    with app.app_context():
        case = RecordCase(db.session, trade.lot(), trade.clock.now(), app.extensions["tools"])
        answers = {id: one.ask(case) for id, one in CONDITIONS.items() if one.rule in PROCESS}
    not_so = {id: found for id, found in answers.items() if found.answer in (Answer.FAILED, Answer.UNKNOWN)}
    assert not_so == {}
    assert {id for id, found in answers.items() if found.answer is Answer.PASSED} >= {
        "R07.C17", "R08.C9", "R09.C5", "R09.C14", "R10.C16", "R11.C16", "R11.C17", "R12.C5", "R12.C18",
    }  # fmt: skip
    assert {id for id, found in answers.items() if found.answer is Answer.NOT_APPLICABLE} >= {
        "R07.C4", "R08.C2", "R08.C11", "R10.C5", "R10.C12",
    }  # fmt: skip
