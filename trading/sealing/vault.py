"""Keys outside the database 密钥库: one file a secret, written once, readable by the service alone.

What opens bids or steers a draw is not here: officers and parties keep that themselves. Here is what signs for the
platform, and what seals its own lists. The folder belongs neither into the database nor into its backup.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from urllib.parse import quote

LONGEST_NAME = 200
OTHERS = 0o077


class VaultError(Exception):
    """A secret is missing, there already, or kept where others may read it."""


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

    def keep(self, name: str, secret: bytes) -> None:
        """Keep a secret under ``name``, for instance the platform's certificate.

        Raises:
            VaultError: when the name is taken.
        """
        self._write(_name(name), secret)

    def fetch(self, name: str) -> bytes:
        """The secret kept under ``name``.

        Raises:
            VaultError: when there is none.
        """
        return self._read(_name(name))

    def seed(self, name: str) -> bytes:
        """The 32 random bytes kept under ``name``; made when there are none."""
        if not (self._folder / _name(name)).exists():
            with contextlib.suppress(VaultError):
                self.keep(name, secrets.token_bytes(32))
        return self.fetch(name)

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


def _name(name: str) -> str:
    """The file of a secret."""
    return f"secret-{quote(name, safe='')}"
