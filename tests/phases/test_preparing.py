"""Every type of project is entered, registered, prepared, filed and gets its method 各类项目的前期."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.phases.preparing import prepared, purchase_terms, registered
from trading.codelists import Method, ProjectType
from trading.methods.profiles import PROFILES

LAWFUL = [
    (one, method)
    for one in ProjectType
    for method in PROFILES[one].methods
    if one is not ProjectType.WORKS or method in (Method.OPEN_TENDER, Method.INVITED_TENDER)
]


@pytest.mark.parametrize(("project_type", "method"), LAWFUL)
def test_a_lot_of_every_type_gets_every_method_of_its_profile(
    app: Flask, project_type: ProjectType, method: Method
) -> None:
    trade = prepared(app, project_type, method)
    with app.app_context():
        assert trade.lot().method is method


@pytest.mark.parametrize(("percent", "status"), [("45", 400), ("45.01", 200), ("65", 200), ("65.01", 400)])
def test_the_documents_raise_the_ratio_of_a_low_price_within_its_bounds(app: Flask, percent: str, status: int) -> None:
    trade = registered(app, ProjectType.GP)
    answer = trade.step("owner", "prepare-terms", purchase_terms(low_price_percent=percent), status)
    assert status == 200 or "low_price_percent" in answer["fields"]
