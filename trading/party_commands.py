"""A party's own part in a draw 抽取方离线命令: its value made, sealed in escrow and revealed on its own machine."""

from __future__ import annotations

import base64
import json
import secrets
from pathlib import Path
from typing import Any

import click

from trading.experts import draw as ptdraw
from trading.ledger.canonical import CanonicalError, canonical, strict
from trading.sealing import ptbid
from trading.sealing.faults import SealError
from trading.sealing.headers import is_hash
from trading.sealing.key_files import write_new
from trading.sealing_commands import IN_FILE, OUT_FILE, plainly, read_json, tell

SECRET = "ptdraw-secret/1"
PARTIES = ("centre", "supervisor")
LAST_ROUND = 63


def escrow_part(name: str, party: str) -> str:
    """The part under which a party's value is sealed: ``draw-<number>-<party>``.

    Raises:
        SealError: the name is not that of a draw.
    """
    _lot, slash, number = name.rpartition("/draw-")
    if not slash or not number.isdigit():
        raise SealError("抽取名称应为 标段编号/draw-序号", "A draw is named CODE/draw-NUMBER")
    return f"draw-{number}-{party}"


@click.command("draw-secret")
@click.option("--notice", "notice_file", required=True, type=IN_FILE, help="What /api/v1/lots/CODE/sealing gave.")
@click.option("--draw", "name", required=True, help="The draw, as its page names it: CODE/draw-1.")
@click.option("--party", required=True, type=click.Choice(PARTIES), help="The party that commits.")
@click.option("-o", "--output", required=True, type=OUT_FILE, help="The file of the value; never overwritten.")
@plainly
def draw_secret(notice_file: Path, name: str, party: str, output: Path) -> None:
    """Make a party's value for a draw 抽取承诺; prints the commitment and the escrow that the step asks for."""
    notice, part = read_json(notice_file), escrow_part(name, party)
    lot = name.rpartition("/draw-")[0]
    if not isinstance(notice, dict) or notice.get("tender") != lot:
        raise SealError("公告文件不是该标段的", "The notice is not that of this lot")
    value = secrets.token_bytes(32)
    sealed = ptbid.seal_secret(lot, part, party, notice.get("groups"), value)
    write_new(output, canonical({"alg": SECRET, "draw": name, "party": party, "secret": value.hex()}))
    escrow = {"header": sealed.header, "ciphertext": base64.b64encode(sealed.ciphertext).decode()}
    tell(anchor=ptdraw.anchor(name, party, value).hex(), escrow=json.dumps(escrow, ensure_ascii=False))


@click.command("draw-value")
@click.argument("secret_file", metavar="FILE.secret", type=IN_FILE)
@click.option("--round", "number", default=0, show_default=True, type=click.IntRange(0, LAST_ROUND))
@plainly
def draw_value(secret_file: Path, number: int) -> None:
    """The value that a party reveals in a round 揭示值; prints 64 hex digits."""
    told = read_secret(secret_file.read_bytes())
    value = bytes.fromhex(told["secret"])
    click.echo(ptdraw.reveal(told["draw"], told["party"], value, number).hex())


def read_secret(text: bytes) -> Any:
    """The value's file, as browser and command line write it.

    Raises:
        SealError: it is none.
    """
    try:
        told = strict(text.rstrip(b"\n"))
    except CanonicalError as error:
        raise SealError("不是承诺值文件", "This is no file of a value") from error
    shaped = isinstance(told, dict) and set(told) == {"alg", "draw", "party", "secret"} and told["alg"] == SECRET
    if not shaped or not isinstance(told["draw"], str) or told["party"] not in PARTIES or not is_hash(told["secret"]):
        raise SealError("不是承诺值文件", "This is no file of a value")
    return told


COMMANDS = (draw_secret, draw_value)
