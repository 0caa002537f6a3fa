"""Virtual sub-accounts 虚拟子账户: one number a lot, and one a bidder and lot, so that a payment identifies itself.

A number is computed from a secret of the platform whenever it is asked for and kept nowhere: there is one for every
bidder of the county on every lot, whether he bids or not, so that neither a number nor its existence tells who bids.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

PREFIX = "8816"
"""Stands before every number: what the bank lets pass without knowing whose it is."""
DIGITS = 14
SECRET = "virtual accounts"
"""The name under which the platform keeps the secret (``KeyVault.seed``)."""


def account_of(secret: bytes, lot: str, organization: str) -> str:
    """The number of a bidder's virtual account for a lot: prefix, digits of an HMAC, check digit; 19 digits.

    Arguments:
        secret: 32 bytes that stay with the platform.
        lot: the code of the lot.
        organization: the id of the bidder's organisation; "" for the sub-account of the lot itself.
    """
    text = f"virtual-account/1\n{lot}\n{organization}".encode()
    drawn = int.from_bytes(hmac.new(secret, text, hashlib.sha256).digest(), "big") % 10**DIGITS
    body = f"{PREFIX}{drawn:0{DIGITS}d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """The last digit of a number (ISO/IEC 7812, Luhn), so that a slip of the pen hits nobody else's account."""
    doubled = (int(sign) * 2 if place % 2 == 0 else int(sign) for place, sign in enumerate(reversed(body)))
    return str(-sum(one - 9 if one > 9 else one for one in doubled) % 10)


def is_well_formed(number: str) -> bool:
    """Whether a number could be a virtual account at all: its form and its check digit."""
    digits = number.isascii() and number.isdigit() and len(number) == len(PREFIX) + DIGITS + 1
    return digits and number.startswith(PREFIX) and check_digit(number[:-1]) == number[-1]


def holders(secret: bytes, lot: str, organizations: Iterable[str]) -> dict[str, str]:
    """Number → organisation for one lot; a number that two would share belongs to nobody."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for organization in organizations:
        number = account_of(secret, lot, organization)
        if number in found:
            shared.add(number)
        found[number] = organization
    return {number: holder for number, holder in found.items() if number not in shared}
