"""Personal signatures 个人签名: what a person signs when acting, and the key that signs it (``ptaction/v1``)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from trading.ledger.canonical import canonical

PREFIX = b"ptaction/v1\n"
UNSIGNED = frozenset({"sigs", "t_recv"})
PUBLIC = re.compile(r"[0-9a-f]{64}")
SIGNATURE = re.compile(r"[0-9a-f]{128}")


def message(chain: str, kind: str, actor: str, body: Mapping[str, Any]) -> bytes:
    """The bytes that are signed for an entry (trust.md §8.7).

    Args:
        chain: lot code or ``@log``.
        kind: kind of the entry.
        actor: actor of the entry, who need not be the signer.
        body: the entry's body; ``sigs`` and ``t_recv`` are left out, as they come after the signature.

    Raises:
        CanonicalError: for a body outside PT-JSON.
    """
    signed_part = {name: value for name, value in body.items() if name not in UNSIGNED}
    return PREFIX + canonical({"actor": actor, "body": signed_part, "kind": kind, "tender": chain})


def is_signed(public: str, text: bytes, signature: str) -> bool:
    """Whether ``signature`` (128 lower-case hex digits) is that of the key ``public`` (64) over ``text`` (RFC 8032)."""
    if not PUBLIC.fullmatch(public) or not SIGNATURE.fullmatch(signature):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class ActionKey:
    """A person's signing key; its seed shows in no message and no log."""

    seed: bytes = field(repr=False)

    @classmethod
    def new(cls) -> ActionKey:
        """A new random key."""
        return cls(secrets.token_bytes(32))

    @property
    def public(self) -> str:
        """The public half, 64 hex digits."""
        return self._private.public_key().public_bytes_raw().hex()

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, text: bytes) -> str:
        """The signature over ``text``, 128 hex digits."""
        return self._private.sign(text).hex()
