"""The key files of the demonstration county 示范县密钥文件: everybody may sign as anybody here, and is told so.

In a real county each person's key lies with the person alone. A demonstration lends out all of them, so that whoever
tries it can open bids and sign; the folder is readable by the service's own account only.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from trading.codelists import Role
from trading.ledger.canonical import canonical
from trading.models import User
from trading.replay.hands import Hands

FOLDER = "demonstration-keys"


def key_file(hands: Hands, user: User) -> bytes:
    """The key file of one person (``ptkey/1``): signing seed, and the age identity of an opening officer."""
    members = {
        "alg": "ptkey/1", "person": user.signer, "role": user.signing_role,
        "ed25519": hands.key(user.signer).seed.hex(),
    }  # fmt: skip
    if user.role is Role.OPENING_OFFICER:
        members["age"] = str(hands.identity(user.signer))
    return canonical(members)


def write(folder: Path, hands: Hands, users: Mapping[str, User]) -> None:
    """Write ``<login>.key`` for everybody, readable by the service's account alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for login, user in users.items():
        descriptor = os.open(folder / f"{login}.key", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key_file(hands, user))
