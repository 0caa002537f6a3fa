"""An invited expert finds his invitation on his own page, nobody else does, and leave does not cover a drawn seat."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.builders import Trade, client_as
from tests.phases.draws import drawn, invited
from trading.beijing import law_date


def page(trade: Trade, login: str) -> dict[str, Any]:
    """An expert's own page."""
    return client_as(trade.app, trade.people[login]).get("/api/v1/experts/me").get_json()


@pytest.mark.both_databases
def test_an_invitation_stands_on_the_page_of_whom_it_is_for(app: Flask) -> None:
    trade = drawn(app)
    login, *_others = waiting = invited(trade)
    stranger = next(f"expert{number}" for number in range(1, 31) if f"expert{number}" not in waiting)
    (one,) = page(trade, login)["invitations"]
    assert (one["lot"], one["accepted"]) == (trade.code, False)
    assert client_as(app, trade.people[login]).get(one["accept_url"]).status_code == 200
    assert client_as(app, trade.people[login]).get(one["refuse_url"]).status_code == 200
    assert page(trade, stranger)["invitations"] == [] and page(trade, login)["expert"]["evaluations"] == []
    day = law_date(trade.deadline()).isoformat()
    leave = {"first_day": day, "last_day": day, "reason": "出差"}
    refused = client_as(app, trade.people[login]).post("/api/v1/experts/me/leave", json=leave)
    assert refused.get_json()["reason"] == "drawn"
    assert client_as(app, trade.people[stranger]).post("/api/v1/experts/me/leave", json=leave).status_code == 200
    trade.step(login, "accept-invitation", {"no_conflict": True})
    (one,) = page(trade, login)["invitations"]
    assert one["accepted"] and one["accept_url"] is None
