"""Entries of the record 存证条目: the worked case of the protocol, and the closed list of kinds."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.vectors import vector
from trading.ledger import entries, merkle

CASE = vector("ptledger1")
LOT = "BD-2026-0042"


def test_the_worked_case_is_built_byte_for_byte() -> None:
    frontier, before = merkle.EMPTY_FRONTIER, b""
    for number, given in enumerate(CASE["entries"]):
        written = entries.read(given["entry"])
        built = entries.build(
            entries.Place(number, number, before), written["ts"], LOT, written["kind"], written["actor"],
            given["body"], bytes.fromhex(given["salt"]),
        )  # fmt: skip
        frontier, before = merkle.push(frontier, built.leaf), built.leaf
        assert built.entry == given["entry"]
        assert built.leaf.hex() == given["leaf"]
        assert frontier.hex() == given["frontier"]
        assert merkle.frontier_root(frontier).hex() == given["root_after"]


@pytest.mark.parametrize(
    ("chain", "kind", "allowed"),
    [
        (LOT, "tender.published", True),
        (LOT, "step.taken", True),
        (LOT, "step.refused", True),
        (LOT, "step.other", False),
        (LOT, "approval", True),
        (LOT, "approval.given", True),
        (LOT, "secret.read", True),
        (LOT, "document.published", True),
        (LOT, "evaluation.a.b.c", True),
        (LOT, "evaluation.a.b.c.d", False),
        (LOT, "evaluation", False),
        (LOT, "evaluation.", False),
        (LOT, "evaluation.Report", False),
        (LOT, "evaluation.report\n", False),
        (LOT, "evaluation." + "r" * 32, True),
        (LOT, "evaluation." + "r" * 33, False),
        (LOT, "login", False),
        (LOT, "incident", False),
        (LOT, "pad", False),
        ("@log", "incident", True),
        ("@log", "key.registered", True),
        ("@log", "secret.read", False),
        ("@log", "tender.published", False),
        ("@other", "tender.published", False),
        ("", "tender.published", False),
    ],
)
def test_a_kind_stands_only_in_the_chain_it_belongs_to(chain: str, kind: str, *, allowed: bool) -> None:
    assert entries.kind_allowed(chain, kind) is allowed


def test_every_kind_of_the_closed_list_is_known() -> None:
    assert (len(entries.LOT_KINDS), len(entries.LOG_KINDS), len(entries.RESERVED_PREFIXES)) == (27, 6, 13)


@pytest.mark.parametrize("salt", [b"", bytes(31), bytes(33)])
def test_a_salt_of_another_length_is_refused(salt: bytes) -> None:
    with pytest.raises(entries.EntryError, match="32 bytes"):
        entries.build(entries.Place(0, 0), "", LOT, "approval", "centre", {}, salt)


def test_time_is_written_in_utc_with_27_characters() -> None:
    beijing = timezone(timedelta(hours=8))
    assert entries.timestamp(datetime(2026, 9, 21, 22, 15, tzinfo=beijing)) == "2026-09-21T14:15:00.000000Z"
    with pytest.raises(entries.EntryError, match="time zone"):
        entries.timestamp(datetime(2026, 9, 21))  # noqa: DTZ001


@pytest.mark.parametrize("change", [{"v": 2}, {"v": True}, {"extra": 1}, {"actor": None}])
def test_a_text_with_other_members_is_no_entry(change: dict[str, Any]) -> None:
    members = {**entries.read(CASE["entries"][0]["entry"]), **change}
    if members["actor"] is None:
        del members["actor"]
    with pytest.raises(entries.EntryError):
        entries.read(entries.canonical(members).decode())
