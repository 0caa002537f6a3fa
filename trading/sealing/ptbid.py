"""Sealed bids 密封投标 ``ptbid/1``: sealed by the bidder to all groups of officers, opened from any quorum's shares.

No common key exists, and nothing here reads a key of the server: whoever seals makes the bid's key and keeps it
(trust.md B.3, §8.8).
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyrage
from pyrage import x25519

from trading.ledger.canonical import CanonicalError, canonical, digest, strict
from trading.sealing.age_keys import KEY_BYTES, identity_of, key_of, recipient_of
from trading.sealing.contents import (
    LOT,
    SALT_BYTES,
    Attachment,
    Opened,
    Place,
    layout,
    layout_plain,
    price_sheet,
    read,
    sha256,
    split_inner,
    tech_sheet,
)
from trading.sealing.faults import Blame, OpenError, SealError, ShareFault
from trading.sealing.filling import encrypt_filled
from trading.sealing.headers import ALGORITHM, context_of, envelope_id, is_hash, read_groups, unbased
from trading.sealing.shares import Share, ShareError, combined, context, shares_of


@dataclass(frozen=True, slots=True)
class SealedBid:
    """A sealed envelope; ``key`` opens it and belongs to the bidder alone."""

    header: dict[str, Any]
    ciphertext: bytes
    envelope: str
    key: bytes = field(repr=False)


def seal_price(
    place: Place, groups: Any, total: int, further: Mapping[str, Any] | None = None,
    attachments: Sequence[Attachment] = (), filled: bool = True,
) -> SealedBid:  # fmt: skip
    """Seal a price or single envelope.

    Arguments:
        groups: the published groups, as JSON.
        total: fen.
        further: free members of the price sheet.
        filled: fill up to a multiple of 64 KiB, so that the size says little.

    Raises:
        SealError: groups, total or files are not as they must be.
    """
    return seal_sheet(place, groups, price_sheet(place, total, further), attachments, filled)


def seal_tech(
    place: Place, groups: Any, further: Mapping[str, Any] | None = None, attachments: Sequence[Attachment] = (),
    filled: bool = True,
) -> SealedBid:  # fmt: skip
    """Seal a technical envelope; arguments and errors as :func:`seal_price`."""
    return seal_sheet(place, groups, tech_sheet(place, further), attachments, filled)


def seal_sheet(
    place: Place, groups: Any, sheet: Mapping[str, Any], attachments: Sequence[Attachment] = (), filled: bool = True
) -> SealedBid:
    """Seal a sheet that is there already; arguments and errors as :func:`seal_price`."""
    salt, key = secrets.token_bytes(SALT_BYTES), _new_key()

    def plaintext(size: int | None) -> bytes | None:
        return layout(place, sheet, attachments, salt, size)

    try:
        return _sealed(place, groups, plaintext, key, filled)
    except CanonicalError as error:
        raise SealError("报价表不是规范 JSON", f"The sheet is outside canonical JSON: {error}") from error


def seal_secret(tender: str, part: str, party: str, groups: Any, secret: bytes) -> SealedBid:
    """Seal a party's secret for a draw to the lot's officers, so that a party that stays away cannot stop it.

    Arguments:
        part: ``draw-<number>-<party>``: neither price nor tech.

    Raises:
        SealError: the groups are not as they must be.
    """
    place, salt = Place(tender, part, party), secrets.token_bytes(SALT_BYTES)
    return _sealed(place, groups, lambda _size: layout_plain(place, secret, salt), _new_key(), False)


def _new_key() -> bytes:
    """The key of a fresh age identity."""
    return key_of(str(x25519.Identity.generate()))


def _sealed(
    place: Place, groups: Any, plaintext: Callable[[int | None], bytes | None], key: bytes, filled: bool
) -> SealedBid:
    """Encrypt, share the key, and say of all that what may be known."""
    seated, ctx = read_groups(groups), context(place.tender, LOT, place.part)
    recipient = recipient_of(str(identity_of(key).to_public()))
    clear, ciphertext = encrypt_filled(plaintext, recipient, filled)
    recipients = {one.id: one.recipient for group in seated for one in group.officers}
    header = {
        "alg": ALGORITHM, "tender": place.tender, "lot": LOT, "part": place.part,
        "groups": [group.as_json() for group in seated], "key_commit": digest("ptbid/key/v1", ctx, key).hex(),
        "plain_commit": plain_commit(split_inner(clear)[0]), "ct_sha256": sha256(ciphertext),
        "ct_len": len(ciphertext),
        "shares": [_wrapped(share, ctx, recipients[share.o]) for share in shares_of(key, ctx, seated)],
    }  # fmt: skip
    return SealedBid(header, ciphertext, envelope_id(header), key)


def _wrapped(share: Share, ctx: bytes, recipient: str) -> dict[str, Any]:
    """A share as the header carries it: its commitment, and itself for its officer's eyes."""
    told = canonical({"ctx": ctx.decode(), "g": share.g, "o": share.o, "x": share.x, "y": share.y.hex()})
    sealed = pyrage.encrypt(told, [recipient_of(recipient)])
    return {
        "g": share.g, "o": share.o, "x": share.x, "commit": share.commitment(ctx),
        "wrapped": base64.b64encode(sealed).decode(),
    }  # fmt: skip


def plain_commit(inner: bytes) -> str:
    """The commitment to an inner object, hex."""
    return digest("ptbid/plain/v1", inner).hex()


def unwrap(header: Mapping[str, Any], officer: str, identity: x25519.Identity) -> bytes:
    """An officer's share of an envelope, 32 secret bytes, checked as far as one officer can.

    Raises:
        ShareFault: blaming the officer whose identity is not the one sealed to, or the bidder whose share is none.
    """
    told = _share_of(header, officer)
    recipients = {one["id"]: one["recipient"] for group in header["groups"] for one in group["officers"]}
    if str(identity.to_public()) != recipients[officer]:
        raise ShareFault(
            f"私钥不是 {officer} 登记的开标私钥", f"This is not the registered key of {officer}", Blame.OFFICER, officer
        )
    try:
        inside = strict(bytes(pyrage.decrypt(unbased(told["wrapped"]), [identity])))
    except (pyrage.DecryptError, CanonicalError) as error:
        raise _bad_wrapping(officer) from error
    ctx = context_of(header)
    expected = {"ctx": ctx.decode(), "g": told["g"], "o": officer, "x": told["x"]}
    named = isinstance(inside, dict) and set(inside) == {*expected, "y"}
    if not named or any(inside[name] != value for name, value in expected.items()) or not is_hash(inside["y"]):
        raise _bad_wrapping(officer)
    y = bytes.fromhex(inside["y"])
    if Share(told["g"], officer, told["x"], y).commitment(ctx) != told["commit"]:
        raise _bad_wrapping(officer)
    return y


def _bad_wrapping(officer: str) -> ShareFault:
    return ShareFault(
        f"投标人密封给 {officer} 的密钥份额无效", f"The share that the bidder sealed to {officer} is none",
        Blame.BIDDER, officer,
    )  # fmt: skip


def _share_of(header: Mapping[str, Any], officer: str) -> Mapping[str, Any]:
    """The header's share of an officer."""
    for one in header["shares"]:
        if one["o"] == officer:
            found: Mapping[str, Any] = one
            return found
    raise ShareFault(
        f"{officer} 不是本信封的开标密钥持有人", f"{officer} is no officer of this envelope", Blame.OFFICER, officer
    )


def checked_share(header: Mapping[str, Any], officer: str, y: bytes) -> Share:
    """A share that an officer handed in, when it is the one the bidder committed to.

    Raises:
        ShareFault: blaming the officer.
    """
    told = _share_of(header, officer)
    share = Share(told["g"], officer, told["x"], y)
    if len(y) != KEY_BYTES or share.commitment(context_of(header)) != told["commit"]:
        raise ShareFault(
            f"{officer} 提交的密钥份额与其承诺不符", f"The share from {officer} is not the committed one",
            Blame.OFFICER, officer,
        )  # fmt: skip
    return share


def combine(header: Mapping[str, Any], shares: Mapping[str, bytes]) -> bytes:
    """The bid's key from the shares of any quorum in every group.

    Arguments:
        shares: officer id to share.

    Raises:
        ShareFault: blaming the officer of a share that is not the committed one, or the bidder whose committed
            shares do not belong to the committed key, whichever quorum met.
        ShareError: too few officers.
    """
    groups = read_groups(header["groups"])
    key = combined([checked_share(header, officer, y) for officer, y in shares.items()], groups)
    check_key(header, key)
    return key


def check_key(header: Mapping[str, Any], key: bytes) -> None:
    """Raise unless ``key`` is the committed one, and every officer's commitment follows from it.

    Raises:
        ShareFault: blaming the bidder.
    """
    ctx = context_of(header)
    if len(key) != KEY_BYTES or digest("ptbid/key/v1", ctx, key).hex() != header["key_commit"]:
        raise ShareFault("密钥与投标人的承诺不符", "The key is not the one the bidder committed to", Blame.BIDDER)
    derived = shares_of(key, ctx, read_groups(header["groups"]))
    for share, told in zip(derived, header["shares"], strict=True):
        if share.commitment(ctx) != told["commit"]:
            raise ShareFault(
                f"投标人给 {share.o} 的份额不是由其密钥导出",
                f"The bidder's share for {share.o} does not follow from the key", Blame.BIDDER, share.o,
            )  # fmt: skip


def open_envelope(header: Mapping[str, Any], ciphertext: bytes, key: bytes, bidder: str) -> Opened:
    """Open an envelope with its key and check it whole (trust.md B.5, §8.8).

    Arguments:
        bidder: person id of the one whose receipt is on record.

    Raises:
        ShareFault: the key is not the committed one.
        OpenError: the bytes are not the sealed ones (the platform's fault), or what is inside is no bid of this
            bidder for this part, with the evidence.
    """
    check_key(header, key)
    if len(ciphertext) != header["ct_len"] or sha256(ciphertext) != header["ct_sha256"]:
        raise OpenError("所存密文不是递交的密文", "The stored bytes are not the sealed ones", Blame.PLATFORM)
    try:
        plaintext = bytes(pyrage.decrypt(ciphertext, [identity_of(key)]))
    except pyrage.DecryptError as error:
        raise OpenError("密文不能以投标密钥解开", "The ciphertext does not open with the bid's key") from error
    kept, rest = split_inner(plaintext)
    if plain_commit(kept) != header["plain_commit"]:
        raise OpenError("信封首部与其承诺不符", "The inner object is not the committed one")
    return read(kept, rest, Place(header["tender"], header["part"], bidder))


__all__ = [
    "Attachment", "Blame", "OpenError", "Opened", "Place", "SealError", "SealedBid", "ShareError", "ShareFault",
    "check_key", "checked_share", "combine", "open_envelope", "seal_price", "seal_secret", "seal_sheet", "seal_tech",
    "unwrap",
]  # fmt: skip
