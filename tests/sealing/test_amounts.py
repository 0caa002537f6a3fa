"""Sealed amounts 密封金额: what people type, what is inside an envelope, and what is refused in one sentence."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyrage import x25519

from tests.node import browser_side
from trading.sealing import amounts, ptbid
from trading.sealing.faults import SealError
from trading.sealing.key_files import read_bid_key
from trading.sealing_commands import seal_amount

IDENTITY = x25519.Identity.generate()
GROUPS = [{"k": 1, "officers": [{"id": "officer-1", "recipient": str(IDENTITY.to_public())}]}]
PLACE = {"tender": "BD-2026-0042", "part": "reserve", "bidder": "owner-1", "groups": GROUPS}

TYPED = {
    "133000": "13300000", "133,000": "13300000", "133，000": "13300000", "１３３，０００．５": "13300050",
    " 133 000.05 ": "13300005", "133　000": "13300000", "1,234,567.89": "123456789", "0.5": "50", "0": "0",
    "133,00": None, "13,3000": None, "1,33,000": None, "133000.005": None, "133.": None, "十三万": None, "1e5": None,
    "-5": None, "": None, "13万": None, "0x10": None, "133,000,": None, "9" * 16: None, "٣٣": None,
}  # fmt: skip


def test_an_amount_is_read_as_people_write_it_or_not_at_all() -> None:
    body = "return given.map((one) => fenOf(one)?.toString() ?? null);"
    assert dict(zip(TYPED, browser_side("money", "fenOf", body, list(TYPED)), strict=True)) == TYPED


def test_an_amount_is_written_back_exactly() -> None:
    body = "return given.map((one) => { const yuan = yuanOf(BigInt(one)); return [yuan, grouped(yuan)]; });"
    assert browser_side("money", "yuanOf, grouped", body, ["5", "13300005", "123456789"]) == [
        ["0.05", "0.05"], ["133000.05", "133,000.05"], ["1234567.89", "1,234,567.89"]
    ]  # fmt: skip


def test_what_is_sealed_is_of_one_length_whatever_the_amount() -> None:
    assert {len(amounts.content_of(Decimal(one))) for one in ("0.01", "120000", "9999999999999.99")} == {32}


@pytest.mark.parametrize("content", [b"", b"0" * 32, b"1" * 31, b"1" * 33, b"x" * 32, b"1" * 32])
def test_what_is_no_amount_is_none(content: bytes) -> None:
    with pytest.raises(SealError):
        amounts.amount_in(content)


def sealed(folder: Path, amount: str, place: object = PLACE) -> Result:
    """The command line, asked for the amount."""
    (folder / "place.json").write_text(json.dumps(place), "utf-8")
    told = ["--place", str(folder / "place.json"), "-o", str(folder / "envelope.json")]
    return CliRunner().invoke(seal_amount, told, input=amount + "\n")


def test_the_command_seals_what_the_officers_open(tmp_path: Path) -> None:
    done = sealed(tmp_path, "131,357.79")
    assert done.exit_code == 0, done.output
    made = json.loads((tmp_path / "envelope.json").read_text("utf-8"))
    header, ciphertext = amounts.checked(made, GROUPS, "BD-2026-0042", "reserve")
    share = ptbid.unwrap(header, "officer-1", IDENTITY)
    key = ptbid.combine(header, {"officer-1": share})
    opened = ptbid.open_envelope(header, amounts.bytes_of(ciphertext), key, "owner-1")
    assert amounts.amount_in(opened.content) == Decimal("131357.79")
    assert read_bid_key((tmp_path / "envelope.json.key").read_bytes()) == key, "its sealer keeps it"
    with pytest.raises(SealError):
        amounts.checked(made, GROUPS, "BD-2026-0042", "final")


@pytest.mark.parametrize(
    ("amount", "place"), [("0", PLACE), ("1.005", PLACE), ("十万", PLACE), ("5", []), ("5", {"tender": "x"})]
)
def test_the_command_refuses_in_one_sentence_and_writes_nothing(tmp_path: Path, amount: str, place: object) -> None:
    done = sealed(tmp_path, amount, place)
    assert done.exit_code == 1 and "Traceback" not in done.output
    assert not (tmp_path / "envelope.json").exists() and not (tmp_path / "envelope.json.key").exists()
