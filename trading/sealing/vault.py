"""Keys outside the database 密钥库: one file a secret, written once, readable by the service alone.

Until officers hold the opening keys themselves (the trust work), the server is trusted at this seam: whoever controls
the machine can read these files. The folder belongs neither into the database nor into its backup.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pyrage import x25519

LONGEST_NAME = 200
OTHERS = 0o077


class VaultError(Exception):
    """A secret is missing, there already, or kept where others may read it."""


@dataclass(frozen=True, slots=True)
class OpeningPurpose:
    """Leave to read the opening key of one lot; made by the opening step alone (a house test sees to it)."""

    lot_code: str


class KeyVault:
    """Secrets of the service in a folder of mode 0700, each a file of mode 0600 that is never written again."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """Open the vault in ``folder``; made when missing, closed to others in any case.

        ``durable=False`` does not wait for the disk: for a replay, whose folder is thrown away.
        """
        self._durable = durable
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        self._folder = folder

    def new_lot_key(self, lot_code: str) -> str:
        """Make the opening key of a lot and give its public part (``age1…``), to which bids are sealed.

        Raises:
            VaultError: when the lot has a key already.
        """
        identity = x25519.Identity.generate()
        self._write(f"lot-{quote(lot_code, safe='')}", str(identity).encode("ascii"))
        return str(identity.to_public())

    def lot_key(self, lot_code: str) -> str:
        """The public part of a lot's opening key; the key is made when there is none.

        An announcement that a rule refused leaves a key behind that sealed nothing: the next try uses it.
        """
        with contextlib.suppress(VaultError):
            return self.new_lot_key(lot_code)
        held = x25519.Identity.from_str(self._read(f"lot-{quote(lot_code, safe='')}").decode("ascii"))
        return str(held.to_public())

    def identity(self, lot_code: str, purpose: OpeningPurpose) -> x25519.Identity:
        """The opening key of a lot, for the opening step alone.

        Raises:
            VaultError: when ``purpose`` is another lot's or none, or the key is not here.
        """
        if not isinstance(purpose, OpeningPurpose) or purpose.lot_code != lot_code:
            raise VaultError(f"no leave to read the opening key of {lot_code}")
        return x25519.Identity.from_str(self._read(f"lot-{quote(lot_code, safe='')}").decode("ascii"))

    def keep(self, name: str, secret: bytes) -> None:
        """Keep a secret under ``name``, for instance a party's value for a draw.

        Raises:
            VaultError: when the name is taken.
        """
        self._write(f"secret-{quote(name, safe='')}", secret)

    def fetch(self, name: str) -> bytes:
        """The secret kept under ``name``.

        Raises:
            VaultError: when there is none.
        """
        return self._read(f"secret-{quote(name, safe='')}")

    def _write(self, name: str, secret: bytes) -> None:
        """Write a new file whole or not at all, and see it on the disk before returning."""
        if len(name) > LONGEST_NAME:
            raise VaultError("the name is too long")
        draft = self._folder / f".{secrets.token_hex(8)}"
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secret)
                file.flush()
                if self._durable:
                    os.fsync(file.fileno())
            os.link(draft, self._folder / name)
        except FileExistsError as error:
            raise VaultError(f"there already: {name}") from error
        finally:
            with contextlib.suppress(FileNotFoundError):
                draft.unlink()
        if self._durable:
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def _read(self, name: str) -> bytes:
        """The bytes of a file, unless others may read it too."""
        path = self._folder / name
        if not path.is_file():
            raise VaultError(f"not here: {name}")
        if path.stat().st_mode & OTHERS:
            raise VaultError(f"others may read it: {name}")
        return path.read_bytes()
