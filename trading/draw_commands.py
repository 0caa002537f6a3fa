"""``trading draw`` 离线抽取命令: export the public inputs, run them on the supervisor's laptop, compare the outcome."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pyrage
from flask import Flask
from pyrage import x25519
from sqlalchemy import select

from trading.app import create_app
from trading.database import db, transaction
from trading.errors import TradingError
from trading.experts import offline
from trading.experts.recorded import Round
from trading.ledger.canonical import CanonicalError, strict
from trading.ledger.log import read_logged
from trading.models import Draw, Lot
from trading.sealing.age_keys import identity_of, key_of
from trading.sealing.faults import SealError
from trading.sealing.key_files import write_new
from trading.workflow.draw_record import fixed_of, newest_draw, rounds_of

IN_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT_FILE = click.Path(dir_okay=False, path_type=Path)
LARGEST = 512 * 1024 * 1024


def fail(zh: str, en: str) -> click.ClickException:
    """One sentence in both languages, and a stop."""
    return click.ClickException(f"{zh}。{en}.")


@click.command("draw")
@click.option("--export", "code", metavar="CODE", help="Write the public inputs of the newest draw of this lot.")
@click.option("--run", "inputs_file", type=IN_FILE, help="Compute the outcome of these inputs; needs no database.")
@click.option("--import", "result_file", type=IN_FILE, help="Compare this outcome with the record of this platform.")
@click.option("-o", "--output", type=OUT_FILE, help="Where to write; never overwritten.")
def draw(code: str | None, inputs_file: Path | None, result_file: Path | None, output: Path | None) -> None:
    """Draw experts apart from the platform 离线抽取: export here, run on another machine, import here."""
    if sum(one is not None for one in (code, inputs_file, result_file)) != 1:
        raise click.UsageError("one of --export, --run, --import")
    if result_file is not None:
        compare(read(result_file))
        return
    if output is None:
        raise click.UsageError("-o FILE says where to write")
    told = computed(read(inputs_file)) if inputs_file is not None else exported(code or "")
    try:
        write_new(output, json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n")
    except SealError as wrong:
        raise fail(wrong.zh, wrong.en) from wrong
    click.echo(f"{output} {offline.digest(told) if code is not None else told['inputs']}")


def read(path: Path) -> Any:
    """JSON of a file of a sensible size."""
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as wrong:
        raise fail(f"{path} 不是抽取文件", f"{path} is no file of a draw") from wrong


def computed(given: Any) -> dict[str, Any]:
    """The outcome of inputs, or one sentence."""
    try:
        return offline.run(given)
    except offline.BadInputs as wrong:
        raise fail(wrong.zh, wrong.en) from wrong


def house() -> Flask:
    """The application of this installation, or one sentence and a stop."""
    try:
        return create_app()
    except TradingError as wrong:
        raise fail(wrong.zh, wrong.en) from wrong


def inputs_of(lot: Lot, one: Draw, rounds: int | None = None) -> dict[str, Any]:
    """The public inputs of a draw on record, up to so many rounds.

    Raises:
        ClickException: no round was revealed yet: until then nothing of the pool leaves the platform.
    """
    fixed, revealed = fixed_of(db.session, lot, one), rounds_of(db.session, one)
    if fixed is None or one.exclusions is None or not revealed or not one.seeds:
        raise fail("本次抽取尚未揭示，不能导出", "Nothing is revealed yet: there is nothing to export")
    told: list[Round] = revealed[: len(one.seeds) if rounds is None else rounds]
    return offline.inputs(one.rules, one.pool, fixed, one.exclusions, told)


def exported(code: str) -> dict[str, Any]:
    """The inputs of the newest draw of a lot; the export is on record.

    Raises:
        ClickException: no such lot or no draw.
    """
    app = house()
    with app.app_context():
        lot = db.session.scalar(select(Lot).where(Lot.code == code))
        one = newest_draw(db.session, lot) if lot is not None else None
        if lot is None or one is None:
            raise fail(f"没有标段 {code} 的抽取", f"There is no draw of lot {code}")
        told = inputs_of(lot, one)
        with transaction(db.session):
            moment = app.extensions["clock"].now()
            read_logged(db.session, code, "system", f"inputs of {one.name}", moment, "document.exported")
        return told


def compare(result: Any) -> None:
    """Say whether an outcome computed elsewhere is the recorded one; ends with status 1 where it is not.

    Raises:
        ClickException: the file is no outcome, the draw is not known here, or they differ.
    """
    named = result.get("draw") if isinstance(result, dict) and result.get("format") == offline.RESULT else None
    if not isinstance(named, str):
        raise fail("不是抽取结果文件", "This is no outcome of a draw")
    app = house()
    with app.app_context():
        one = db.session.scalar(select(Draw).where(Draw.name == named))
        if one is None:
            raise fail(f"这里没有抽取 {named}", f"There is no draw {named} here")
        lot = db.session.get_one(Lot, one.lot_id)
        told = result.get("outcomes")
        rounds = len(told) if isinstance(told, list) and 0 < len(told) <= len(one.seeds) else None
        recomputed = computed(inputs_of(lot, one, rounds))
        found = offline.differences(result, recomputed) + recorded_otherwise(one, recomputed["outcomes"])
    if found:
        for zh, en in found:
            click.echo(f"{zh}。{en}.", err=True)
        raise fail("不一致：离线结果与平台记录不同", "DIFFERS: the outcome is not the recorded one")
    click.echo(f"一致：离线结果与平台记录相同。AGREES: {named}, {len(recomputed['outcomes'])} round(s).")


def recorded_otherwise(one: Draw, outcomes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Where the seats that the platform recorded are not those that its own inputs give."""
    kept: dict[int, Any] = {row["round"]: row["selected"] for row in one.results}
    if one.shortage is not None:
        kept[one.shortage["round"]] = {name: one.shortage[name] for name in ("stratum", "need", "got")}
    return [
        (
            f"平台所记第{row['round'] + 1}轮与其输入不符",
            f"The recorded round {row['round']} does not follow from the inputs",
        )
        for row in outcomes
        if kept.get(row["round"]) != row.get("selected", row.get("shortage"))
    ]


@click.command("notifier-key")
@click.option("-o", "--output", required=True, type=OUT_FILE, help="The key file; never overwritten.")
def notifier_key(output: Path) -> None:
    """Make a notifier's key 通知人密钥 for the sealed list of drawn experts; prints the public key."""
    identity = x25519.Identity.generate()
    try:
        write_new(output, f"{identity}\n".encode())
    except SealError as wrong:
        raise fail(wrong.zh, wrong.en) from wrong
    click.echo(str(identity.to_public()))


@click.command("open-notices")
@click.argument("list_file", metavar="NOTICES.age", type=IN_FILE)
@click.option("--key", "key_file", required=True, type=IN_FILE, help="What notifier-key made.")
def open_notices(list_file: Path, key_file: Path) -> None:
    """Open the sealed list of drawn experts 打开通知名单 on this machine and print it."""
    try:
        identity = identity_of(key_of(key_file.read_text("utf-8")))
        told = strict(bytes(pyrage.decrypt(list_file.read_bytes(), [identity])))
    except SealError as wrong:
        raise fail(wrong.zh, wrong.en) from wrong
    except (pyrage.DecryptError, CanonicalError, UnicodeDecodeError) as wrong:
        raise fail("不能用此密钥打开", "This key does not open it") from wrong
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


COMMANDS = (draw, notifier_key, open_notices)
