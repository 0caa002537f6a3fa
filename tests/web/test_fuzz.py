"""Whatever is sent to a JSON operation, the answer is a clear one 接口模糊测试: never a fault of ours."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.builders import a_lot, client_as, people
from trading.codelists import Status

ROLES = ("owner", "centre", "supervisor", "bidder1", "bank", "administrator")


def operations(app: Flask) -> list[Any]:
    """Every JSON operation of the specification."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.slow
@pytest.mark.parametrize("who", ROLES)
def test_no_json_operation_ever_breaks(app: Flask, who: str) -> None:
    trade = a_lot(app, people(app), Status.PUBLISHED)
    client = client_as(app, trade.people[who])
    everything = operations(app)
    assert len(everything) > 60

    @settings(
        max_examples=len(everything) // 2, deadline=None, derandomize=True, database=None,
        phases=(Phase.generate,), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.data())
    def send(data: st.DataObject) -> None:
        operation = data.draw(st.sampled_from(everything))
        case = data.draw(operation.as_strategy())
        path = operation.path.replace("{code}", trade.code)
        for name, value in (case.path_parameters or {}).items():
            path = path.replace("{" + name + "}", str(value).replace("/", "_") or "x")
        body = case.body if isinstance(case.body, dict | list | str | int | float | bool) else {}
        answer = client.open(path, method=operation.method.upper(), json=body)
        assert answer.status_code < 500, f"{operation.method} {path} {body!r}: {answer.text[:300]}"
        if answer.status_code >= 400:
            assert answer.get_json()["message"]

    send()
