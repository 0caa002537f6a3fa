"""The commands of the witness 见证方命令, on a machine of another organisation than the platform's."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from trading.clock import SystemClock
from trading.ledger import notes
from trading.ledger.notes import LOG, NoteError
from trading.witness.requests import read_request
from trading.witness.server import server
from trading.witness.witness import Witness, WitnessError, WitnessRefuses, set_up

FOLDER = click.option(
    "--state", "folder", default="witness", show_default=True, envvar="WITNESS_STATE",
    type=click.Path(file_okay=False, path_type=Path), help="The witness's own folder: key and memory.",
)  # fmt: skip
IN_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT_FILE = click.Path(dir_okay=False, path_type=Path)
Command = Callable[..., None]


def plainly(command: Command) -> Command:
    """A command whose faults are told in one sentence."""

    @wraps(command)
    def wrapped(*given: Any, **named: Any) -> None:
        try:
            command(*given, **named)
        except WitnessRefuses as refusal:
            has = "" if refusal.size is None else f"（见证方已见证 {refusal.size} 条 seen so far: {refusal.size}）"
            raise click.ClickException(f"不予见证 not cosigned: {refusal}{has}") from refusal
        except (WitnessError, NoteError) as wrong:
            raise click.ClickException(str(wrong)) from wrong

    return wrapped


@click.group()
def witness() -> None:
    """Witness 见证方: cosign a record that only grows."""


@witness.command()
@FOLDER
@click.option("--name", required=True, help="The witness's name, e.g. supervisor.example/witness.")
@click.option("--log", "logs", multiple=True, help="Verifier key of a log to be witnessed; may be repeated.")
@plainly
def init(folder: Path, name: str, logs: tuple[str, ...]) -> None:
    """Make the witness's key; prints its verifier key, which the platform's notice prints too."""
    read = [notes.read_key(one, LOG) for one in logs]
    made = set_up(folder, name, SystemClock())
    for log in read:
        made.know(log)
    click.echo(str(made.key.verifier))


@witness.command()
@FOLDER
@click.argument("log")
@plainly
def know(folder: Path, log: str) -> None:
    """Witness a further log, LOG being its verifier key."""
    Witness(folder, SystemClock()).know(notes.read_key(log, LOG))


@witness.command()
@FOLDER
@plainly
def show(folder: Path) -> None:
    """Print the verifier key, the logs and what was seen of each."""
    here = Witness(folder, SystemClock())
    told = {"witness": str(here.key.verifier), "logs": here.logs()}
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


@witness.command()
@FOLDER
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8089, show_default=True)
@plainly
def serve(folder: Path, host: str, port: int) -> None:
    """Answer POST /add-checkpoint until stopped."""
    running = server(Witness(folder, SystemClock()), host, port)
    click.echo(f"→ http://{host}:{running.server_port}/add-checkpoint  (Ctrl-C stops)")
    try:
        running.serve_forever()
    except KeyboardInterrupt:
        running.server_close()


@witness.command()
@FOLDER
@click.argument("file", type=IN_FILE)
@click.option("--out", required=True, type=OUT_FILE, help="The cosigned checkpoint, to be carried back.")
@plainly
def sign(folder: Path, file: Path, out: Path) -> None:
    """Cosign the request in FILE, as “trading checkpoint --out” wrote it on a stick."""
    data = file.read_bytes()
    line = Witness(folder, SystemClock()).add_checkpoint(data)
    out.write_bytes(read_request(data).note + line.encode())
    click.echo(str(out))


@witness.command("begin-anew")
@FOLDER
@click.argument("origin")
@click.option("--reason", required=True, help="Why; kept for ever and shown by “show”.")
@plainly
def begin_anew(folder: Path, origin: str, reason: str) -> None:
    """Take any state of a log once more, after an incident that its people have signed."""
    Witness(folder, SystemClock()).begin_anew(origin, reason)
