"""The chapter of supervision in a dossier 监管文书章: what was decided stands there, who complained does not."""

from __future__ import annotations

from flask import Flask

from tests.builders import a_lot, people
from tests.oversight.test_complaints import NAME, complaint
from tests.oversight.test_orders import FINDINGS, order
from trading.database import db
from trading.oversight.dossier_supervision import complaint_rows, order_rows, supervision


def test_a_complaint_and_an_order_stand_in_the_dossier_without_the_complainant(app: Flask):
    trade = a_lot(app, people(app))
    trade.step("bidder1", "lodge-complaint", complaint(objection=None))
    trade.step("supervisor", "issue-order", order(trade))
    trade.step("bidder1", "sign-pledge", {"agreed": True, "signatory": "法人1"})
    with app.test_request_context():
        facts = supervision(db.session, trade.lot())
        told = f"{complaint_rows(facts['complaints'])} {order_rows(facts['orders'])}"
    assert FINDINGS in told
    assert "待决定是否受理" in told
    assert NAME not in told
    assert facts["pledges"] == []
