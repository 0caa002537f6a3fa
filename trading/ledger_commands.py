"""The commands around the record 存证命令: keys, checkpoints to be carried, the whole log, incidents, the witness."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from flask import current_app
from sqlalchemy import select

from trading.admin.incidents import incident, record_incident, to_sign
from trading.app import create_app
from trading.checkpoints.cutting import cut, newest
from trading.checkpoints.keeper import Keeper
from trading.database import db, transaction
from trading.errors import InvalidInput, TradingError
from trading.ledger.verify import verify_log
from trading.models import Checkpoint, LedgerEntry
from trading.witness.commands import witness

IN_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT_FILE = click.Path(dir_okay=False, path_type=Path)
SIGNED_BY = re.compile(r"([^=]+)=([0-9a-f]{128})")
Command = Callable[..., None]


def told(wrong: TradingError) -> str:
    """An error in one line, with the sentences of its fields."""
    if isinstance(wrong, InvalidInput):
        return " ".join(f"{one.zh} {one.en}" for rows in wrong.fields.values() for one in rows)
    return f"{wrong.zh} {wrong.en}"


def here(command: Command) -> Command:
    """A command within this installation; its faults are told in one sentence."""

    @wraps(command)
    def wrapped(*given: Any, **named: Any) -> None:
        try:
            app = create_app()
            with app.app_context():
                command(*given, **named)
        except TradingError as wrong:
            raise click.ClickException(told(wrong)) from wrong

    return wrapped


def keeper() -> Keeper:
    """Who keeps the checkpoints of this installation."""
    return current_app.extensions["tools"].keeper  # type: ignore[no-any-return]


def now() -> Any:
    """The installation's clock."""
    return current_app.extensions["clock"].now()


@click.command("keys")
@click.option("--json", "as_json", is_flag=True)
@here
def keys(as_json: bool) -> None:
    """Print the verifier keys 验证公钥 of the log and its witness, as notices print them."""
    witnesses = [str(key) for key in keeper().witness_keys]
    known = {
        "log": str(keeper().key.verifier), "witness": witnesses[0] if witnesses else None, "witnesses": witnesses,
    }  # fmt: skip
    if as_json:
        click.echo(json.dumps(known, ensure_ascii=False, indent=1))
        return
    click.echo(f"log      {known['log']}")
    for key in witnesses:
        click.echo(f"witness  {key}")


@click.command("checkpoint")
@click.option("--out", type=OUT_FILE, help="Write what the witness is asked, to be carried there.")
@click.option("--since", type=click.IntRange(0), help="With --out: the size that the witness says it has seen.")
@click.option("--in", "back", type=IN_FILE, help="Take in the checkpoint that the witness cosigned.")
@here
def checkpoint(out: Path | None, since: int | None, back: Path | None) -> None:
    """Cut a checkpoint 检查点 over the whole record and print it; with --out and --in it is carried to the witness."""
    if back is not None:
        if out is not None or since is not None:
            raise click.UsageError("--in stands alone")
        kept = keeper().take_in(db.session, back.read_bytes(), now())
        click.echo(kept.note, nl=False)
        return
    kept = covering()
    if since is not None and since > kept.size:
        raise click.UsageError(f"the record has {kept.size} entries: it may come from an old backup")
    if out is not None:
        out.write_bytes(keeper().request(db.session, kept, since).data())
    click.echo(kept.note, nl=False)


def covering() -> Checkpoint:
    """A checkpoint over the whole record as it stands: the newest, or a new one."""
    kept = newest(db.session)
    if kept is None or kept.size != keeper().size(db.session):
        kept = cut(db.session, keeper().key, now())
    return kept


@click.command("log")
@click.option("--out", type=OUT_FILE, help="Write the entries of all chains, one a line.")
@click.option("--note", "note_file", type=OUT_FILE, help="With --out: write the checkpoint over them.")
@click.option("--check", is_flag=True, help="Recompute leaves, bodies, chains and root of the whole record.")
@here
def whole_log(out: Path | None, note_file: Path | None, check: bool) -> None:
    """Hand out the whole record 全部存证 to a witness that mirrors it, or check it; tools/verify.py --log reads it.

    The entries tell how many bids came before any is opened: whoever gets them is bound to keep that secret.
    """
    if (out is None) != (note_file is None) or (out is None and not check):
        raise click.UsageError("either --out with --note, or --check")
    if check:
        problems = verify_log(db.session)
        for problem in problems:
            click.echo(problem)
        if problems:
            raise click.ClickException(
                f"存证日志有 {len(problems)} 处不符 the record is wrong in {len(problems)} places"
            )
        click.echo(f"{keeper().size(db.session)} entries: whole")
    if out is None or note_file is None:
        return
    note = keeper().cosigned(db.session, now()) if keeper().witness else covering().note.encode()
    size = int(note.split(b"\n", 2)[1])
    with out.open("wb") as file:
        file.writelines(text.encode() + b"\n" for text in entry_texts(size))
    note_file.write_bytes(note)
    click.echo(f"{size} entries")


def entry_texts(size: int) -> Iterable[str]:
    """The texts of the first ``size`` entries, in portions."""
    query = select(LedgerEntry.entry).where(LedgerEntry.seq < size).order_by(LedgerEntry.seq)
    return db.session.scalars(query.execution_options(yield_per=1000))


@click.command("incident")
@click.option("--reason", required=True, help="What happened; the same words each time, as they are signed.")
@click.option("--to-sign", "text_file", type=OUT_FILE, help="Write what both people sign with “trading sign”.")
@click.option("--sig", "sigs", multiple=True, metavar="PERSON=HEX", help="A signature; two of different organisations.")
@here
def incident_command(reason: str, text_file: Path | None, sigs: tuple[str, ...]) -> None:
    """Answer for a lost part of the record 登记存证事故, so that the service starts again."""
    if (text_file is None) == (not sigs):
        raise click.UsageError("either --to-sign, or --sig twice")
    given = [SIGNED_BY.fullmatch(one) for one in sigs]
    if not all(given):
        raise click.UsageError("a signature is given as PERSON=128 hex digits")
    with transaction(db.session):
        if text_file is not None:
            body = incident(db.session, keeper(), reason)
            text_file.write_bytes(to_sign(body))
            click.echo(json.dumps(body, ensure_ascii=False, indent=1))
            return
        signed = {one[1]: one[2] for one in given if one}
        entry = record_incident(db.session, keeper(), reason, signed, now())
    click.echo(entry.leaf.hex())


COMMANDS = (keys, checkpoint, whole_log, incident_command, witness)
