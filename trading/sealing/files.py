"""The store of files 文件库: every file under the hash of its content, written once, checked when read.

A folder by default, an S3 bucket when the place is given as ``s3://…``. Until the trust work the server is trusted at
this seam: the hash in the record shows a changed file, but nothing here hides a file from the machine's keeper.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, ObjectStore, from_url

DIGEST = re.compile(r"[0-9a-f]{64}")


class FileStoreError(Exception):
    """The file is not here, or is no longer what its name says."""


class FileStore:
    """Files by the SHA-256 of their content."""

    def __init__(self, place: Path | str, *, durable: bool = True) -> None:
        """Open the store.

        Args:
            place: a folder (made when missing), or the URL of a bucket such as ``s3://files``; the bucket's address
                and keys come from the environment, as obstore reads them.
            durable: wait for the disk; False for a replay, whose folder is thrown away.
        """
        self._durable = durable
        self._folder: Path | None = None
        if "://" in str(place):
            self._store: ObjectStore = from_url(str(place))
        else:
            self._folder = Path(place).absolute()
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._store = LocalStore(self._folder)

    def put(self, data: bytes) -> str:
        """Keep ``data`` and return its hash, hex; the same content again changes nothing."""
        name = hashlib.sha256(data).hexdigest()
        try:
            self._store.put(_path(name), data, mode="create")
        except AlreadyExistsError:
            return name
        if self._folder is not None and self._durable:
            _settle(self._folder / _path(name))
        return name

    def size(self, name: str) -> int | None:
        """How many bytes the file of this hash has; None when it is not kept. They are looked at when it is read."""
        try:
            return int(self._store.head(_path(name))["size"])
        except FileNotFoundError:
            return None

    def has(self, name: str) -> bool:
        """Whether a file of this hash is kept."""
        return self.size(name) is not None

    def intact(self, name: str) -> bool:
        """Whether the file of this hash is kept and still has it."""
        try:
            self.get(name)
        except FileStoreError:
            return False
        return True

    def restore(self, data: bytes) -> str:
        """Keep ``data`` even where another content lies under its hash: the one way to mend a damaged file."""
        name = hashlib.sha256(data).hexdigest()
        if not self.intact(name):
            self._store.put(_path(name), data, mode="overwrite")
            if self._folder is not None and self._durable:
                _settle(self._folder / _path(name))
        return name

    def get(self, name: str) -> bytes:
        """The content whose hash is ``name``.

        Raises:
            FileStoreError: when it is not here, or no longer has this hash.
        """
        try:
            data = bytes(self._store.get(_path(name)).bytes())
        except FileNotFoundError as error:
            raise FileStoreError(f"not here: {name}") from error
        if hashlib.sha256(data).hexdigest() != name:
            raise FileStoreError(f"changed since it was kept: {name}")
        return data


def _path(name: str) -> str:
    """Where a file lies: the first two digits are its folder."""
    if not DIGEST.fullmatch(name):
        raise FileStoreError("no SHA-256 in lower-case hex")
    return f"{name[:2]}/{name[2:]}"


def _settle(path: Path) -> None:
    """See a new file and its place in the folders on the disk: a receipt is given for it next."""
    for place in (path, path.parent, path.parent.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
