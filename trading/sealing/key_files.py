"""Key files 密钥文件: what people keep on their own machines: canonical JSON, closed to others, never overwritten."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyrage
from pyrage import x25519

from trading.ledger.actions import ActionKey
from trading.ledger.canonical import CanonicalError, canonical, strict
from trading.sealing.age_keys import identity_of, key_of, spelled
from trading.sealing.faults import SealError
from trading.sealing.headers import AGE, is_hash

PERSON_KEY = "ptkey/1"
BID_KEY = "ptbid-key/1"
CLOSED = 0o600


@dataclass(frozen=True, slots=True)
class PersonKeyFile:
    """A person's signing key, and an opening officer's age key beside it.

    ``person`` is the id under which the person signs, ``role`` the word of trust.md §8.7.
    """

    person: str
    role: str
    signing: ActionKey
    age: str | None = field(default=None, repr=False)

    @property
    def identity(self) -> x25519.Identity:
        """The officer's age identity.

        Raises:
            SealError: the file holds none.
        """
        if self.age is None:
            raise SealError("该密钥文件不是开标密钥文件", "This key file holds no opening key")
        return identity_of(key_of(self.age))

    def text(self) -> bytes:
        """The file's content."""
        told = {"alg": PERSON_KEY, "person": self.person, "role": self.role, "ed25519": self.signing.seed.hex()}
        return canonical(told if self.age is None else told | {"age": self.age})

    @classmethod
    def read(cls, text: bytes) -> PersonKeyFile:
        """The key in a file's content.

        Raises:
            SealError: it is none.
        """
        told = _members(text, PERSON_KEY, {"alg", "person", "role", "ed25519"}, {"age"})
        if not all(isinstance(value, str) for value in told.values()) or not is_hash(told["ed25519"]):
            raise _no_key_file()
        if "age" in told:
            key_of(told["age"])
        return cls(told["person"], told["role"], ActionKey(bytes.fromhex(told["ed25519"])), told.get("age"))


def bid_key_text(tender: str, part: str, envelope: str, key: bytes) -> bytes:
    """The content of ``bid.key`` 投标密钥文件, which the bidder keeps until the contract is signed."""
    told = {
        "alg": BID_KEY, "tender": tender, "part": part, "envelope": envelope, "key": key.hex(),
        "identity": spelled(key),
    }  # fmt: skip
    return canonical(told)


def read_bid_key(text: bytes) -> bytes:
    """The bid's key in a file's content.

    Raises:
        SealError: it is none.
    """
    told = _members(text, BID_KEY, {"alg", "tender", "part", "envelope", "key", "identity"})
    if not is_hash(told["key"]) or told["identity"] != spelled(bytes.fromhex(told["key"])):
        raise _no_key_file()
    return bytes.fromhex(told["key"])


def locked(text: bytes, passphrase: str) -> bytes:
    """A file's content closed with a passphrase (age, scrypt)."""
    return bytes(pyrage.passphrase.encrypt(text, passphrase))


def is_locked(text: bytes) -> bool:
    """Whether a file's content is closed with a passphrase."""
    return text.startswith(AGE)


def unlocked(text: bytes, passphrase: str) -> bytes:
    """The content behind the passphrase.

    Raises:
        SealError: another passphrase.
    """
    try:
        return bytes(pyrage.passphrase.decrypt(text, passphrase))
    except pyrage.DecryptError as error:
        raise SealError("口令不符", "This is not the passphrase") from error


def write_new(path: Path, data: bytes, mode: int = CLOSED) -> None:
    """Write a new file; a file that is there already stays as it is.

    Raises:
        SealError: there is one.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError as error:
        raise SealError(f"文件已存在，不予覆盖：{path}", f"There is such a file already: {path}") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _members(text: bytes, alg: str, needed: set[str], further: frozenset[str] | set[str] = frozenset()) -> Any:
    """The object in a file's content, when it is one of this kind."""
    try:
        told = strict(text.rstrip(b"\n"))
    except CanonicalError as error:
        raise _no_key_file() from error
    if not isinstance(told, dict) or told.get("alg") != alg or not needed <= set(told) <= needed | further:
        raise _no_key_file()
    return told


def _no_key_file() -> SealError:
    return SealError("不是密钥文件", "This is no key file")
