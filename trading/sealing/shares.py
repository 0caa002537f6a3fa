"""Shares of a bid's key 密钥份额: derived from the key itself, so that whoever rebuilds it can check everybody's.

The deterministic sharing of ``ptbid/1`` (trust.md B.3, §8.8): all groups are needed, ``k`` officers of each. A bidder
who gave one officer a false share is found out, whichever officers open his bid.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from trading.ledger.canonical import canonical, digest
from trading.sealing.faults import SealError

KEY_BYTES = 32
MOST = 255
MODULUS = 0x11B


class ShareError(SealError):
    """A group that cannot share, or shares that do not give the key."""


@dataclass(frozen=True, slots=True)
class Officer:
    """An opening officer: person id and age recipient."""

    id: str
    recipient: str


@dataclass(frozen=True, slots=True)
class Group:
    """Officers of one organisation; ``k`` of them are needed."""

    k: int
    officers: tuple[Officer, ...]

    def as_json(self) -> dict[str, object]:
        """As notice and header tell it."""
        return {"k": self.k, "officers": [{"id": one.id, "recipient": one.recipient} for one in self.officers]}


@dataclass(frozen=True, slots=True)
class Share:
    """Officer ``o``'s share: group ``g`` from 0, place ``x`` from 1, ``y`` 32 secret bytes."""

    g: int
    o: str
    x: int
    y: bytes

    def commitment(self, ctx: bytes) -> str:
        """What the header says of it before anybody may see it, hex."""
        return digest("ptbid/share/v1", ctx, bytes([self.g]), self.o.encode(), bytes([self.x]), self.y).hex()


def context(tender: str, lot: str, part: str) -> bytes:
    """What every hash of a bid is bound to."""
    return canonical([tender, lot, part])


def checked(groups: Sequence[Group]) -> Sequence[Group]:
    """The groups, when keys can be shared among them.

    Raises:
        ShareError: none, too many, a threshold nobody can meet, or an officer twice.
    """
    ids = [officer.id for group in groups for officer in group.officers]
    if not 0 < len(groups) <= MOST or any(not 0 < one.k <= len(one.officers) <= MOST for one in groups):
        raise ShareError(
            "每组应有 1 至 255 名开标密钥持有人，门限不得超过人数",
            "A group has between 1 and 255 officers, and a threshold they can meet",
        )
    if len(set(ids)) != len(ids):
        raise ShareError("同一人只能在一个组内", "An officer sits in one group only")
    return groups


def shares_of(key: bytes, ctx: bytes, groups: Sequence[Group]) -> list[Share]:
    """All shares of ``key``, group by group and officer by officer.

    Arguments:
        key: 32 bytes.
        ctx: by :func:`context`.

    Raises:
        ShareError: the key has another length, or the groups cannot share.
    """
    if len(key) != KEY_BYTES:
        raise ShareError("投标密钥应为 32 字节", "A bid key has 32 bytes")
    secrets = [_mac(key, b"ptbid/group/v1\n", ctx, bytes([g])) for g in range(len(checked(groups)) - 1)]
    secrets.append(reduce(_xor, secrets, key))
    return [
        Share(g, officer.id, x, _at(x, secret, _terms(secret, ctx, g, group.k)))
        for g, (group, secret) in enumerate(zip(groups, secrets, strict=True))
        for x, officer in enumerate(group.officers, 1)
    ]


def combined(shares: Iterable[Share], groups: Sequence[Group]) -> bytes:
    """The key from the shares of at least ``k`` officers of every group.

    Raises:
        ShareError: too few officers of a group, or a share that is none of the groups'.
    """
    seats = {(g, one.id, x) for g, group in enumerate(checked(groups)) for x, one in enumerate(group.officers, 1)}
    points: dict[int, dict[int, bytes]] = {g: {} for g in range(len(groups))}
    for share in shares:
        if (share.g, share.o, share.x) not in seats or len(share.y) != KEY_BYTES:
            raise ShareError(f"不是本组的份额：{share.o}", f"No share of these groups: {share.o}")
        points[share.g][share.x] = share.y
    for g, group in enumerate(groups):
        if len(points[g]) < group.k:
            raise ShareError(
                f"第 {g + 1} 组尚缺 {group.k - len(points[g])} 人的份额",
                f"Group {g + 1}: {len(points[g])} of {group.k} shares",
            )
    return reduce(_xor, (_secret(list(points[g].items())[: group.k]) for g, group in enumerate(groups)))


def _terms(secret: bytes, ctx: bytes, g: int, k: int) -> list[bytes]:
    """The coefficients of x, x², … of a group's polynomial."""
    return [_mac(secret, b"ptbid/shamir/v1\n", ctx, bytes([g, j])) for j in range(1, k)]


def _at(x: int, secret: bytes, terms: Sequence[bytes]) -> bytes:
    """The polynomial at ``x``, byte by byte."""
    value = bytes(KEY_BYTES)
    for term in (*reversed(terms), secret):
        value = _xor(bytes(_times(byte, x) for byte in value), term)
    return value


def _secret(points: Sequence[tuple[int, bytes]]) -> bytes:
    """The polynomial at 0 through ``points`` (Lagrange); minus is plus in this field."""
    value = bytes(KEY_BYTES)
    for x, y in points:
        weight = 1
        for other, _y in points:
            if other != x:
                weight = _times(weight, _times(other, _inverse(other ^ x)))
        value = _xor(value, bytes(_times(byte, weight) for byte in y))
    return value


def _times(a: int, b: int) -> int:
    """The product in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1."""
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a, b = (a << 1) ^ (MODULUS if a & 0x80 else 0), b >> 1
    return product


def _inverse(a: int) -> int:
    """The a^254 that undoes ``a``."""
    result, power = 1, a
    for _bit in range(7):
        power = _times(power, power)
        result = _times(result, power)
    return result


def _xor(a: bytes, b: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(a, b, strict=True))


def _mac(key: bytes, *parts: bytes) -> bytes:
    return hmac.digest(key, b"".join(parts), "sha256")
