"""A draw run apart from the platform 离线抽取: the worked case from a file, and every file that lies is refused."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.vectors import vector
from trading.cli import main
from trading.experts import offline
from trading.experts.draw import Fixed
from trading.experts.recorded import Round

CASE = vector("ptdraw1")


def case() -> dict[str, Any]:
    """The worked case as exported after its replacement round."""
    fixed = Fixed(
        CASE["pool_root"], len(CASE["pool"]), CASE["excl_hash"], CASE["bids_root"], CASE["anchors"],
        CASE["transcript"]["dice"],
    )  # fmt: skip
    rounds = [
        Round({one["party"]: one["value"] for one in CASE["reveals"][number]}, refused)
        for number, refused in (("0", (CASE["refused"],)), ("1", ()))
    ]
    return copy.deepcopy(offline.inputs(CASE["rules"], CASE["pool"], fixed, CASE["exclusions"], rounds))


def test_the_worked_case_comes_out_of_a_file_on_any_machine(tmp_path: Path) -> None:
    given, result = tmp_path / "inputs.json", tmp_path / "result.json"
    given.write_text(json.dumps(case(), ensure_ascii=False))
    for path in (result, tmp_path / "again.json"):
        said = CliRunner().invoke(main, ["draw", "--run", str(given), "-o", str(path)])
        assert said.exit_code == 0, said.output
    told = json.loads(result.read_bytes())
    assert [one["selected"] for one in told["outcomes"]] == [CASE["round0"], CASE["round1"]]
    assert result.read_bytes() == (tmp_path / "again.json").read_bytes()
    refused = CliRunner().invoke(main, ["draw", "--run", str(given), "-o", str(result)])
    assert refused.exit_code == 1 and "already" in refused.output


def test_a_shortage_is_an_outcome() -> None:
    given = case()
    given["rules"]["strata"] = CASE["shortage"]["strata"]
    given["rounds"] = given["rounds"][:1]
    given["rounds"][0]["refused"] = []
    assert offline.run(given)["outcomes"][0]["shortage"]["need"] == 30


def swapped(given: dict[str, Any]) -> None:
    first = given["rounds"][0]["reveals"]
    first["centre"], first["supervisor"] = first["supervisor"], first["centre"]


def reordered(given: dict[str, Any]) -> None:
    given["rounds"] = given["rounds"][::-1]


LIES: dict[str, Callable[[dict[str, Any]], object]] = {
    "another format": lambda one: one.update(format="ptdraw-inputs/2"),
    "a member too many": lambda one: one.update(more=1),
    "a member too few": lambda one: one.pop("dice"),
    "another draw": lambda one: one.update(draw="X/draw-1"),
    "another pool": lambda one: one["pool"].pop(),
    "a leaf changed": lambda one: one["pool"][0].update(w=2),
    "a weight of text": lambda one: one["pool"][0].update(w="1"),
    "an upper-case value": lambda one: one["rounds"][0]["reveals"].update(
        centre=one["rounds"][0]["reveals"]["centre"].upper()
    ),
    "values swapped": swapped,
    "rounds reordered": reordered,
    "a round replayed": lambda one: one["rounds"].append(one["rounds"][1]),
    "a party's value missing": lambda one: one["rounds"][0]["reveals"].pop("centre"),
    "a refusal of somebody not seated": lambda one: one["rounds"][0].update(refused=["0" * 32]),
    "dice of nineteen digits": lambda one: one.update(dice="1" * 19),
    "an exclusion of nobody": lambda one: one["exclusions"]["ids"].update({"0" * 32: "punished"}),
    "an exclusion without its code": lambda one: one["exclusions"].update(codes=[]),
    "rounds that are none": lambda one: one.update(rounds=7),
    "a beacon of another kind": lambda one: one.update(beacon="x"),
    "an upper-case anchor": lambda one: one["commits"][0].update(anchor=one["commits"][0]["anchor"].upper()),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_inputs_that_contradict_themselves_are_refused_with_the_reason(lie: Any) -> None:
    given = case()
    lie(given)
    with pytest.raises(offline.BadInputs):
        offline.run(given)


@pytest.mark.parametrize("given", [None, [], "x", 7, {}])
def test_what_is_no_inputs_at_all_is_refused(given: Any) -> None:
    with pytest.raises(offline.BadInputs):
        offline.run(given)


def test_results_are_compared_round_by_round() -> None:
    ours = offline.run(case())
    assert offline.differences(copy.deepcopy(ours), ours) == []
    other = copy.deepcopy(ours)
    other["outcomes"][1]["selected"][0]["id"] = "0" * 32
    assert [en for _zh, en in offline.differences(other, ours)] == ["Round 1 differs"]
    assert offline.differences({**ours, "outcomes": None}, ours)
    assert offline.differences({**ours, "inputs": "0" * 64}, ours)


@pytest.mark.parametrize("arguments", [[], ["--run", "x.json", "--export", "A"], ["--export", "A"]])
def test_one_thing_is_asked_at_a_time(arguments: list[str]) -> None:
    assert CliRunner().invoke(main, ["draw", *arguments]).exit_code == 2
