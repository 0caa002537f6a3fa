"""No accident and no blind tampering passes 随机改动必被发现: bytes and lines changed anywhere, the digests made right.

Two hundred here, two thousand by ``./dev trust``; both from fixed seeds. Nobody in this story revoked a key: that a
revocation was left out is the one thing that only the whole log shows (trust.md §8.12, 1).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tests.evidence.forger import Files, Forger, rehashed
from tests.evidence.story import told
from tools import verify


def below(limit: int, *what: object) -> int:
    """A number below ``limit`` that ``what`` fixes for ever."""
    return int.from_bytes(hashlib.sha256(repr(what).encode()).digest(), "big") % limit


def mutated(files: Files, number: int) -> tuple[str, Files]:
    """The ``number``-th mutation: the file it is in, and all files with the manifest re-hashed."""
    name = sorted(files)[below(len(files), number, "file")]
    data = bytearray(files[name])
    where, lines = below(len(data), number, "place"), files[name].splitlines(keepends=True)
    line, to = below(len(lines), number, "line"), below(len(lines), number, "to")
    match number % 7:
        case 0:
            data[where] ^= 1 << below(8, number, "bit")
        case 1:
            del data[where]
        case 2:
            data.insert(where, below(256, number, "byte"))
        case 3:
            data = data[:where]
        case 4 if name != "checkpoint.note":  # where the order of signatures means nothing
            lines.insert(to, lines.pop(line))
        case 5:
            lines.insert(to, lines[line])
        case _:
            lines.pop(line)
    new = bytes(data) if number % 7 < 4 else b"".join(lines)
    if new == files[name]:
        new += b"\n"
    changed = files | {name: new}
    return name, changed if name == "manifest.json" else rehashed(changed)


@pytest.fixture
def honest(monkeypatch: pytest.MonkeyPatch) -> Iterator[Forger]:
    """An honest file's maker; what was computed once of signatures and proofs is remembered."""
    monkeypatch.setattr(verify, "signed", lru_cache(maxsize=None)(verify.signed))
    yield Forger(told(replaced=False))


def unseen(honest: Forger, monkeypatch: pytest.MonkeyPatch, capsys: Any, numbers: range) -> list[tuple[int, str]]:
    """The mutations that are not found."""
    files = honest.files()
    keys = ["--log-key", str(honest.town.log.verifier), "--witness-key", str(honest.town.witness.verifier)]
    missed = []
    for number in numbers:
        name, changed = mutated(files, number)
        monkeypatch.setattr(verify, "load", lambda _path, found=changed: found)
        status = verify.main([str(Path("x")), *keys])
        last = capsys.readouterr().out.splitlines()[-1]
        if status != 1 or not last.startswith(("NOT VERIFIED: ", "FAILED: Bad: ")):
            missed.append((number, name))
    return missed


def test_two_hundred_random_mutations_are_all_found(
    honest: Forger, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    assert unseen(honest, monkeypatch, capsys, range(200)) == []


@pytest.mark.heavy
def test_two_thousand_random_mutations_are_all_found(
    honest: Forger, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    assert unseen(honest, monkeypatch, capsys, range(200, 2_200)) == []
    print("2,000 mutations, 0 unseen")
