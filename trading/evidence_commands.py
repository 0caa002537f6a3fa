"""The command that hands out evidence files 导出命令: the file of oversight's button, and the same entry for it."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import select

from trading.app import create_app
from trading.database import db
from trading.errors import NotFound, TradingError
from trading.evidence.exporting import export
from trading.models import Lot
from trading.oversight.evidence_pages import SHELF


@click.command("export")
@click.argument("code")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def export_command(code: str, output: Path) -> None:
    """Write the evidence file of a lot whose record is closed; whoever has it verifies it with tools/verify.py."""
    try:
        app = create_app()
        with app.app_context():
            lot = db.session.scalar(select(Lot).where(Lot.code == code))
            if lot is None:
                raise NotFound("没有这个标段", "There is no such lot")
            now, tools = app.extensions["clock"].now(), app.extensions["tools"]
            found = export(db.session, lot, "system", now, tools, app.extensions[SHELF])
    except TradingError as wrong:
        raise click.ClickException(f"{wrong.zh} {wrong.en}") from wrong
    output.write_bytes(found.data)
    click.echo(f"{output}  sha256 {found.digest}")
