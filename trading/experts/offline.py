"""A draw run apart from the platform 离线抽取: its public inputs in a file, its outcome from nothing but that file.

Meant for the supervisor's own laptop (trust.md A.7): deterministic, no database, no network, no names.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from trading.experts import draw as ptdraw
from trading.experts.draw import Candidate, Fixed, Shortage
from trading.experts.recorded import Round, candidates, outcomes
from trading.ledger.canonical import CanonicalError, canonical

INPUTS, RESULT = "ptdraw-inputs/1", "ptdraw-result/1"
MEMBERS = frozenset(
    {"format", "draw", "rules", "pool", "pool_root", "pool_size", "commits", "bids_root", "exclusions", "dice",
     "beacon", "rounds"}
)  # fmt: skip
HEX32 = re.compile(r"[0-9a-f]{64}\Z")
DICE = re.compile(r"[0-9]{20}\Z")


class BadInputs(ValueError):
    """The file is not the inputs of a draw, or they contradict one another; bilingual."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} {en}")
        self.zh = zh
        self.en = en


def inputs(
    rules: Mapping[str, Any], pool: Sequence[Mapping[str, Any]], fixed: Fixed, exclusions: Mapping[str, Any],
    rounds: Sequence[Round],
) -> dict[str, Any]:  # fmt: skip
    """The public inputs of a draw as far as it has come.

    Arguments:
        rules: body of ``draw.rules``.
        pool: the leaves.
        fixed: what was fixed before the reveals.
        exclusions: ``codes`` and ``ids``.
        rounds: as revealed; refusals after the last of them belong to a round that is still to come.
    """
    last = len(rounds) - 1
    return {
        "format": INPUTS, "draw": rules["draw"], "rules": {key: rules[key] for key in rules if key != "sigs"},
        "pool": [dict(leaf) for leaf in pool], "pool_root": fixed.pool_root, "pool_size": fixed.pool_size,
        "commits": [{"party": party, "anchor": fixed.anchors[party]} for party in rules["parties"]],
        "bids_root": fixed.bids_root, "exclusions": {"codes": exclusions["codes"], "ids": exclusions["ids"]},
        "dice": fixed.dice, "beacon": None if fixed.beacon is None else dict(fixed.beacon),
        "rounds": [
            {"reveals": dict(one.reveals), "refused": sorted(one.refused) if number < last else []}
            for number, one in enumerate(rounds)
        ],
    }  # fmt: skip


def digest(given: Mapping[str, Any]) -> str:
    """The SHA-256 of the inputs' canonical bytes, hex: what a result says it was computed from."""
    return hashlib.sha256(canonical(dict(given))).hexdigest()


def run(given: Any) -> dict[str, Any]:
    """The outcome of a draw from its inputs alone, after checking everything that can be checked without the record.

    Raises:
        BadInputs: not the inputs of a draw, a pool or value that is not the one committed to, or a foreign refusal.
    """
    if not isinstance(given, dict) or set(given) != MEMBERS or given["format"] != INPUTS:
        raise BadInputs("不是抽取输入文件", "These are not the inputs of a draw")
    try:
        told = _outcomes(given)
        return {"format": RESULT, "draw": given["draw"], "inputs": digest(given), "outcomes": told}
    except BadInputs:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, CanonicalError) as wrong:
        raise BadInputs(f"抽取输入不完整或者相互矛盾：{wrong}", f"The inputs are not whole: {wrong}") from wrong


def _outcomes(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The outcome of each round."""
    pool, rules = candidates(given["pool"]), given["rules"]
    anchors = {one["party"]: one["anchor"] for one in given["commits"]}
    rounds = [Round(one["reveals"], tuple(one["refused"])) for one in given["rounds"]]
    _check(given, pool, anchors)
    _check_chains(given["draw"], rules["parties"], anchors, rounds)
    out = given["exclusions"]
    fixed = Fixed(
        given["pool_root"], given["pool_size"], ptdraw.excl_hash(out["codes"], out["ids"]), given["bids_root"],
        anchors, given["dice"], given["beacon"],
    )  # fmt: skip
    return [
        {"round": one.number, "key_sha256": hashlib.sha256(one.key).hexdigest()} | _given(one.given)
        for one in outcomes(rules, fixed, out["ids"], pool, rounds)
    ]


def _given(given: Any) -> dict[str, Any]:
    """Seats or shortage of one round."""
    if isinstance(given, Shortage):
        return {"shortage": {"stratum": given.stratum, "need": given.need, "got": given.got}}
    return {"selected": [seat.as_json() for seat in given]}


def _check(given: Mapping[str, Any], pool: Sequence[Candidate], anchors: Mapping[str, str]) -> None:
    """Pool, parties, exclusions and dice fit together."""
    rules, out = given["rules"], given["exclusions"]
    if rules["draw"] != given["draw"] or rules["alg"] != ptdraw.ALGORITHM or list(anchors) != rules["parties"]:
        raise BadInputs("规则不是本次抽取的规则", "The rules are not those of this draw")
    if ptdraw.pool_root(pool) != given["pool_root"] or len(pool) != given["pool_size"]:
        raise BadInputs("名册与其摘要不符", "The pool is not the one of its root")
    if not set(out["ids"].values()) <= set(out["codes"]) or not set(out["ids"]) <= {one.id for one in pool}:
        raise BadInputs("回避名单与名册或者事由不符", "The exclusions are not of this pool, or have other codes")
    if not DICE.match(given["dice"]) or not HEX32.match(given["bids_root"]):
        raise BadInputs("掷数或者投标摘要不合格式", "The dice or the root of the bids are not of their shape")


def _check_chains(draw: str, parties: Sequence[str], anchors: Mapping[str, str], rounds: Sequence[Round]) -> None:
    """Every value follows from the one before, back to the commitment."""
    before = dict(anchors)
    for number, one in enumerate(rounds):
        for party in parties:
            value = one.reveals[party]
            if not HEX32.match(value) or not ptdraw.follows(draw, party, bytes.fromhex(value), _raw(before[party])):
                raise BadInputs(
                    f"第{number + 1}轮{party}的揭示值与其承诺不符",
                    f"Round {number}: the value of {party} does not follow",
                )
        before = dict(one.reveals)


def _raw(value: str) -> bytes:
    """32 bytes of lower-case hex."""
    if not HEX32.match(value):
        raise BadInputs("应为 64 位小写十六进制数", "64 lower-case hex digits are wanted")
    return bytes.fromhex(value)


def differences(result: Mapping[str, Any], recorded: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where a result made elsewhere differs from what the record gives (zh, en); nothing where they agree."""
    found = []
    for name, zh in (("draw", "抽取编号"), ("inputs", "输入摘要")):
        if result.get(name) != recorded[name]:
            found.append((f"{zh}不同", f"Another {name}"))
    ours, theirs = recorded["outcomes"], result.get("outcomes")
    if not isinstance(theirs, list) or len(theirs) != len(ours):
        return [*found, ("轮数不同", "Another number of rounds")]
    for number, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        if one != other:
            found.append((f"第{number + 1}轮结果不同", f"Round {number} differs"))
    return found
