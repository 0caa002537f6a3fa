"""The command line 命令行: run, demonstrate, replay, list, print; the same engine as the pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy import select

from trading import audit, demo, printed, replay, values
from trading.app import check_record, create_app
from trading.beijing import at
from trading.clock import SystemClock
from trading.codelists import Status
from trading.database import db, migrate, transaction
from trading.draw_commands import COMMANDS as DRAW_COMMANDS
from trading.errors import NotFound, TradingError
from trading.evidence_commands import export_command
from trading.ledger_commands import COMMANDS as LEDGER_COMMANDS
from trading.models import Lot
from trading.oversight.dossier import dossier_pdf
from trading.party_commands import COMMANDS as PARTY_COMMANDS
from trading.phases.process_supervision.bids import uploads
from trading.planning import checking
from trading.rules import RULES
from trading.sealing_commands import COMMANDS
from trading.steps import Step
from trading.workflow.calendars import remind_administrators
from trading.workflow.clockwork import tick as make_due
from trading.workflow.watch import patrol
from trading.working_days import Calendar

SPARE_THREADS = 8


class Server(BaseApplication):
    """gunicorn inside this command, so that a newcomer sees what production runs."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self.app = app
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Our options over gunicorn's defaults."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application."""
        return self.app


def house() -> Flask:
    """The application of this installation, or one sentence and a stop."""
    try:
        return create_app()
    except TradingError as wrong:
        raise click.ClickException(f"{wrong.zh} {wrong.en}") from wrong


def going_on(app: Flask) -> Flask:
    """The same application, once it is sure that its record goes on from what was witnessed; or a stop."""
    try:
        check_record(app)
    except TradingError as wrong:
        raise click.ClickException(f"{wrong.zh} {wrong.en}") from wrong
    return app


def now(app: Flask) -> Any:
    """The installation's clock."""
    return app.extensions["clock"].now()


@click.group()
def main() -> None:
    """Wutong 五统: trade a county's public resources."""


@main.command()
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--workers", default=2, show_default=True)
@click.option(
    "--demo/--no-demo", "with_demo", default=None, help="Load the demonstration county if the database is empty."
)
def run(port: int, host: str, workers: int, with_demo: bool | None) -> None:
    """Migrate, load the demonstration county (in demonstration mode), and serve."""
    app = house()
    click.echo("→ database 数据库 …")
    migrate(app)
    going_on(app)
    if with_demo if with_demo is not None else app.config["TRADING_MODE"] == "demonstration":
        demo.load(app, click.echo)
        click.echo(demo.accounts(app))
    ticker = subprocess.Popen([sys.executable, "-m", "trading.cli", "tick", "--every", "5"])
    click.echo(f"→ http://{host}:{port}/  (Ctrl-C stops)")
    options = {
        "bind": f"{host}:{port}", "workers": workers, "worker_class": "gthread", "timeout": 120,
        "threads": app.config["TRADING_STREAMS"] + SPARE_THREADS, "accesslog": None, "loglevel": "warning",
        "control_socket_disable": True,
    }  # fmt: skip
    try:
        Server(app, options).run()
    finally:
        ticker.terminate()


@main.command("demo")
def demo_command() -> None:
    """Load the demonstration county through the engine."""
    app = house()
    migrate(app)
    going_on(app)
    demo.load(app, click.echo)
    click.echo(demo.accounts(app))


@main.command("replay")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write the result here.")
@click.option("--law-on", type=click.DateTime(["%Y-%m-%d"]), help="Judge by the law of this day (default: today's).")
def replay_command(file: Path, out: Path | None, law_on: Any) -> None:
    """Carry past auctions through the engine, in a database of its own."""
    day: date | None = law_on.date() if law_on else None
    progress = sys.stderr.isatty() or not os.environ.get("CI")
    try:
        result = replay.replay(file, law_on=day, echo=click.echo, progress=progress)
    except TradingError as wrong:
        raise click.ClickException(f"{wrong.zh} {wrong.en}") from wrong
    if out:
        out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    click.echo(json.dumps({name: value for name, value in result.items() if name != "lots"}, ensure_ascii=False))


@main.command("audit")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all", "here", is_flag=True, help="Every lot of this installation instead of a file.")
@click.option("--json", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write the report here.")
@click.option("--law-on", type=click.DateTime(["%Y-%m-%d"]), help="Judge by the law of this day (default: each lot's).")
def audit_command(file: Path | None, here: bool, out: Path | None, law_on: Any) -> None:
    """Ask every condition of records brought in from elsewhere (docs/audit.md), or of every lot that is here."""
    if here == (file is not None):
        raise click.UsageError("either FILE or --all")
    law_day: date | None = law_on.date() if law_on else None
    progress = sys.stderr.isatty() or not os.environ.get("CI")
    try:
        tally = audit_here(law_day, out, progress) if file is None else audit_foreign(file, law_day, out, progress)
    except TradingError as wrong:
        raise click.ClickException(f"{wrong.zh} {wrong.en}") from wrong
    click.echo(json.dumps(tally.summary, ensure_ascii=False))


def audit_foreign(file: Path, law_on: date | None, out: Path | None, progress: bool) -> audit.Tally:
    """A file, by the numbers of this installation; no database is touched."""
    county = os.environ.get("TRADING_COUNTY_VALUES")
    book = values.load(county=Path(county) if county else None)
    frame = audit.Frame(SystemClock().now(), book, Calendar.official(book.calendar_years), law_on)
    return audit.audit_file(file, frame, out, echo=click.echo, progress=progress)


def audit_here(law_on: date | None, out: Path | None, progress: bool) -> audit.Tally:
    """The lots of this installation."""
    app = house()
    with app.app_context():
        tools = replace(app.extensions["tools"], law_on=law_on)
        return audit.audit_lots(db.session, now(app), tools, out, echo=click.echo, progress=progress)


@main.command()
@click.option("--json", "as_json", is_flag=True)
def rules(as_json: bool) -> None:
    """List the conditions of the nineteen rules."""
    rows = [
        {
            "id": condition.id, "rule": rule.id, "severity": condition.severity.value,
            "steps": sorted(step.value for step in condition.steps),
            "sources": [{"text": source.text, "mark": source.mark.value} for source in condition.sources],
            "mark": condition.mark.value, "zh": condition.zh, "en": condition.en,
        }
        for rule in RULES
        for condition in rule.conditions
    ]  # fmt: skip
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row['id']:<8} {row['severity']}  {row['zh']}")


@main.command()
@click.option("--status", type=click.Choice([status.value for status in Status]))
@click.option("--json", "as_json", is_flag=True)
def lots(status: str | None, as_json: bool) -> None:
    """List lots with their status."""
    app = house()
    with app.app_context():
        query = select(Lot).order_by(Lot.code)
        if status:
            query = query.where(Lot.status == Status(status))
        rows = [{"code": lot.code, "status": lot.status.value, "title": lot.name} for lot in db.session.scalars(query)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row['code']:<20} {row['status']:<16} {row['title']}")


@main.command("check")
@click.argument("code", metavar="LOT")
@click.option("--on", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="As if today were this day.")
@click.option("--at", "hour", default="09:00", show_default=True, help="And Beijing's clock said this.")
@click.option("--step", help="One step, e.g. announce; default: all steps open at the lot's status.")
@click.option("--json", "as_json", is_flag=True)
def check_command(code: str, day: datetime, hour: str, step: str | None, as_json: bool) -> None:
    """Ask the conditions of a lot as if today were another day; nothing is written."""
    try:
        clock = datetime.strptime(hour, "%H:%M").time()  # noqa: DTZ007
    except ValueError as wrong:
        raise click.BadParameter(f"{hour} is no hour of the day, e.g. 09:00", param_hint="--at") from wrong
    named = (step or "").replace("-", "_")
    if step and named not in [one.value for one in Step]:
        raise click.BadParameter(f"there is no step “{step}”", param_hint="--step")
    app = house()
    with app.app_context():
        moment = at(day.date(), clock.hour, clock.minute)
        try:
            answer = checking.check(db.session, code, moment, app.extensions["tools"], Step(named) if step else None)
        except NotFound as wrong:
            raise click.ClickException(f"{wrong.zh} {wrong.en}") from wrong
    told = checking.as_json(answer) if as_json else None
    click.echo(json.dumps(told, ensure_ascii=False, indent=1) if told else checking.as_text(answer))


@main.command()
@click.argument("code")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def dossier(code: str, output: Path) -> None:
    """Write the PDF dossier of a lot."""
    app = house()
    with app.app_context():
        try:
            output.write_bytes(dossier_pdf(app, code, None, now(app)))
        except NotFound as wrong:
            raise click.ClickException(f"{wrong.zh} {wrong.en}") from wrong
    click.echo(str(output))


@main.command()
@click.option("--every", type=float, help="Go on, every so many seconds.")
def tick(every: float | None) -> None:
    """Make everything happen that is due."""
    app = going_on(house())
    while True:
        with app.app_context():
            for receipt in make_due(db.session, now(app), app.extensions["tools"]):
                click.echo(f"{receipt.lot.code} {receipt.step.value}")
            alarms = patrol(db.session, now(app), app.extensions["tools"])
            if alarms:
                click.echo(f"alarms {alarms}")
            with transaction(db.session):
                uploads.forget(db.session, app.config["TRADING_DATA_DIR"], now(app))
            remind_administrators(db.session, app.extensions["tools"].book, now(app))
            if app.extensions["tools"].keeper.tick(db.session, now(app)):
                click.echo("checkpoint")
        if every is None:
            return
        time.sleep(every)


@main.command()
@click.option("--check", is_flag=True, help="Only say which pages are stale.")
def docs(check: bool) -> None:
    """Print docs/rules.md, docs/procedure.md and docs/api.md from code."""
    app = house()
    if check:
        found = printed.stale(app)
        if found:
            raise click.ClickException(f"stale: {', '.join(found)}")
        return
    for name in printed.write(app):
        click.echo(f"docs/{name}")


for _command in (*COMMANDS, *DRAW_COMMANDS, *PARTY_COMMANDS, *LEDGER_COMMANDS, export_command):
    main.add_command(_command)


if __name__ == "__main__":
    main()
