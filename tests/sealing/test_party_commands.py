"""A party's value is made and revealed offline 抽取方离线命令, and fits what the platform checks."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pyrage import x25519

from tests.node import browser_side
from trading.experts import draw as ptdraw
from trading.party_commands import draw_secret, draw_value
from trading.sealing import ptbid

DRAW = "BD-2026-0042/draw-2"
OFFICER = x25519.Identity.generate()
GROUPS = [{"k": 1, "officers": [{"id": "o1", "recipient": str(OFFICER.to_public())}]}]


def made(folder: Path, **changed: Any) -> tuple[Result, Path]:
    """The command that makes a value, with its file."""
    told = {"tender": "BD-2026-0042", "groups": GROUPS, "draw": DRAW, "party": "centre"} | changed
    (folder / "notice.json").write_text(json.dumps({"tender": told["tender"], "groups": told["groups"]}), "utf-8")
    output = folder / "x.secret"
    words = ["--notice", folder / "notice.json", "--draw", told["draw"], "--party", told["party"], "-o", output]
    return CliRunner().invoke(draw_secret, [str(word) for word in words]), output


def test_the_value_of_the_file_belongs_to_the_anchor_and_lies_in_the_escrow(tmp_path: Path) -> None:
    done, output = made(tmp_path)
    told, kept = json.loads(done.output), json.loads(output.read_bytes())
    escrow = json.loads(told["escrow"])
    key = ptbid.combine(escrow["header"], {"o1": ptbid.unwrap(escrow["header"], "o1", OFFICER)})
    opened = ptbid.open_envelope(escrow["header"], base64.b64decode(escrow["ciphertext"]), key, "centre")
    assert opened.content.hex() == kept["secret"]
    assert escrow["header"]["part"] == "draw-2-centre"
    revealed = CliRunner().invoke(draw_value, [str(output)])
    assert ptdraw.follows(DRAW, "centre", bytes.fromhex(revealed.output.strip()), bytes.fromhex(told["anchor"]))


def test_the_browser_reveals_the_same_value_from_the_same_file(tmp_path: Path) -> None:
    _done, output = made(tmp_path)
    kept = json.loads(output.read_bytes())
    body = "return reveal(given.draw, given.party, given.secret, 3);"
    told = CliRunner().invoke(draw_value, [str(output), "--round", "3"])
    assert browser_side("chain", "reveal", body, kept) == told.output.strip()


@pytest.mark.parametrize(
    "changed", [{"draw": "BD-2026-0042"}, {"draw": "BD-2026-0042/draw-x"}, {"tender": "BD-2026-0043"}, {"groups": []}]
)
def test_another_lot_a_wrong_name_and_missing_officers_are_told_in_one_sentence(
    changed: dict[str, Any], tmp_path: Path
) -> None:
    done, output = made(tmp_path, **changed)
    assert done.exit_code == 1 and done.output.startswith("Error: ")
    assert not output.exists()


@pytest.mark.parametrize("text", [b"", b"{}", b'{"alg":"ptdraw-secret/1","draw":"d","party":"owner","secret":"00"}'])
def test_another_file_gives_no_value(text: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.secret").write_bytes(text)
    done = CliRunner().invoke(draw_value, [str(tmp_path / "x.secret")])
    assert done.exit_code == 1 and "承诺值文件" in done.output
