"""What people did without this browser 离线准备: key files they brought along, bids sealed on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from tests.builders import Trade, client_as
from tests.phases.papers import PDF
from trading.sealing.key_files import PersonKeyFile
from trading.sealing_commands import seal


def key_file(trade: Trade, login: str) -> bytes:
    """The key file of a person who registered keys before the browser started."""
    user, hands = trade.people[login], trade.hands
    age = str(hands.identity(user.signer)) if user.signing_role == "officer" else None
    return PersonKeyFile(user.signer, user.signing_role, hands.key(user.signer), age).text()


def sealed_offline(trade: Trade, folder: Path, login: str) -> Path:
    """The folder with a bid that the command line sealed and signed."""
    notice = client_as(trade.app, None).get(f"/api/v1/lots/{trade.code}/sealing").get_data()
    (folder / "notice.json").write_bytes(notice)
    sheet = {"bidder": trade.people[login].signer, "total": "470000000", "duration_days": 170, "quality": "合格"}
    sheet |= {"manager": "赵经理", "manager_certificate": "鄂1"}
    (folder / "sheet.json").write_text(json.dumps(sheet), "utf-8")
    (folder / "bid.pdf").write_bytes(PDF)
    (folder / "own.key").write_bytes(key_file(trade, login))
    files = {"--notice": "notice.json", "--sheet": "sheet.json", "--attach": "bid.pdf", "--sign": "own.key"}
    told = [word for option, name in files.items() for word in (option, str(folder / name))]
    done = CliRunner().invoke(seal, [*told, "-o", str(folder / "sealed")])
    assert done.exit_code == 0, done.output
    return folder / "sealed"
