"""Bid keys as age identities 投标密钥: the 32 secret bytes, and the spelling in which age reads them (BIP 173)."""

from __future__ import annotations

from collections.abc import Iterable

from bech32 import bech32_decode, bech32_encode, convertbits
from pyrage import IdentityError, RecipientError, x25519

from trading.sealing.faults import SealError

HUMAN = "age-secret-key-"
KEY_BYTES = 32


def identity_of(key: bytes) -> x25519.Identity:
    """The age identity whose secret is ``key``.

    Raises:
        SealError: not 32 bytes.
    """
    return x25519.Identity.from_str(spelled(key))


def spelled(key: bytes) -> str:
    """``AGE-SECRET-KEY-1…`` of 32 bytes, as the public age tool reads it.

    Raises:
        SealError: not 32 bytes.
    """
    if len(key) != KEY_BYTES:
        raise SealError("投标密钥应为 32 字节", "A bid key has 32 bytes")
    return bech32_encode(HUMAN, _regrouped(key, 8, 5)).upper()


def key_of(spelling: str) -> bytes:
    """The 32 bytes of an identity spelled ``AGE-SECRET-KEY-1…``.

    Raises:
        SealError: it is none.
    """
    try:
        own = str(x25519.Identity.from_str(spelling.strip()))
    except IdentityError as error:
        raise SealError("不是 age 私钥", "This is no age secret key") from error
    return bytes(_regrouped(bech32_decode(own)[1] or (), 5, 8))


def _regrouped(data: Iterable[int], width: int, wanted: int) -> list[int]:
    """The bits in groups of another width; age keys always regroup."""
    regrouped = convertbits(data, width, wanted, wanted < width)
    assert regrouped is not None
    return regrouped


def recipient_of(spelling: str) -> x25519.Recipient:
    """The recipient spelled ``age1…``.

    Raises:
        SealError: it is none.
    """
    try:
        return x25519.Recipient.from_str(spelling)
    except RecipientError as error:
        raise SealError("不是 age 公钥", "This is no age recipient") from error
