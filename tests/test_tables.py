"""Tables that must agree 对照表: what is listed in one place has its counterpart in the other."""

from __future__ import annotations

from pathlib import Path

from trading import errors
from trading.codelists import Method, Phase
from trading.methods import METHODS
from trading.steps import Step
from trading.web.errors import STATUS
from trading.workflow.transitions import BY_STEP, PROCEDURE

ROOT = Path(__file__).resolve().parent.parent


def test_every_error_has_a_status_code() -> None:
    own = [thing for thing in vars(errors).values() if getattr(thing, "__module__", "") == errors.__name__]
    mine = {thing for thing in own if isinstance(thing, type) and issubclass(thing, Exception)}
    assert mine - {errors.TradingError} == set(STATUS)


def test_every_step_stands_once_in_the_procedure() -> None:
    assert sorted(row.step for row in PROCEDURE) == sorted(Step)
    assert set(BY_STEP) == set(Step)


def test_the_rooms_are_the_five_phases() -> None:
    rooms = {file.parent.name for file in (ROOT / "trading/phases").glob("*/__init__.py")}
    assert rooms == {phase.value for phase in Phase}


def test_every_method_of_the_codelist_has_its_file() -> None:
    assert set(METHODS) == set(Method)
