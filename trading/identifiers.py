"""Codes that identify 标识码: unified social credit codes, the unified trading code of a lot, and its ocid.

The check character of the trading code is this product's own choice (ISO 7064 MOD 37,36), as the algorithm of the
national specification was not found: conformity with it is not claimed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from stdnum.cn import uscc
from stdnum.iso7064 import mod_37_36

WORKS = "A02"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_CODE = re.compile(r"[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}", re.ASCII)
TRADING_CODE = re.compile(r"([A-Z][0-9]{2})-([0-9A-Z]{18})-([0-9]{8})-([0-9]{6})-([0-9A-Z])", re.ASCII)
OCID_PREFIX = re.compile(r"ocds-[a-z0-9]{6}", re.ASCII)


class BadCode(ValueError):
    """A code, or a part of one, is not of its form."""


def valid_uscc(code: str) -> bool:
    """Whether ``code`` is a 统一社会信用代码 in its written form: 18 capitals and figures, check character right.

    Source: GB 32100-2015. The check character is python-stdnum's; its form is not, as that refuses the letter with
    which the codes of village collectives begin (N).
    """
    return bool(CREDIT_CODE.fullmatch(code)) and uscc.calc_check_digit(code[:17]) == code[17]


def make_uscc(division: str, serial: int, kind: str = "91") -> str:
    """A well-formed code for the demonstration: nobody's, unless by chance.

    Args:
        division: six figures of the administrative division, such as "422823".
        serial: 0 to 99,999,999, the body of the organisation code (GB 11714).
        kind: registering department and category: "91" enterprise, "11" organ, "12" institution, "N1" village body.

    Raises:
        BadCode: when a part is not of its form.
    """
    if not 0 <= serial <= 99_999_999:
        raise BadCode(f"serial {serial}")
    body = f"{serial:08d}"
    left = 11 - sum(weight * int(figure) for weight, figure in zip(ORGANISATION_WEIGHTS, body, strict=True)) % 11
    number = kind + division + body + {10: "X", 11: "0"}.get(left, str(left))
    if not CREDIT_CODE.fullmatch(number + "0"):
        raise BadCode(f"kind {kind!r}, division {division!r}")
    return number + str(uscc.calc_check_digit(number))


@dataclass(frozen=True)
class TradingCode:
    """The parts of a 统一交易标识码: classification, platform's credit code, day of entry, serial of that day."""

    classification: str
    platform: str
    day: date
    serial: int

    def __str__(self) -> str:
        body = f"{self.classification}-{self.platform}-{self.day:%Y%m%d}-{self.serial:06d}"
        return f"{body}-{mod_37_36.calc_check_digit(body.replace('-', ''))}"


def make_trading_code(platform: str, day: date, serial: int, classification: str = WORKS) -> str:
    """The unified trading code of a lot, such as ``A02-12422823…-20260302-000017-K``.

    Args:
        platform: the trading centre's credit code.
        day: the Beijing day of entry.
        serial: 1 to 999,999, unique for platform and day.
        classification: letter and two figures.

    Raises:
        BadCode: when a part is not of its form.
    """
    code = str(TradingCode(classification, platform, day, serial))
    read_trading_code(code)
    return code


def read_trading_code(code: str) -> TradingCode:
    """The parts of ``code``.

    Raises:
        BadCode: when the form, the platform's credit code, the day, the serial or the check character is wrong.
    """
    match = TRADING_CODE.fullmatch(code)
    if match is None:
        raise BadCode(f"not of the form of a trading code: {code[:60]!r}")
    classification, platform, day, serial, _ = match.groups()
    try:
        parts = TradingCode(classification, platform, date.fromisoformat(day), int(serial))
    except ValueError as error:
        raise BadCode(f"no such day: {day}") from error
    if not valid_uscc(platform) or parts.serial == 0 or str(parts) != code:
        raise BadCode(f"platform, serial or check character is wrong: {code}")
    return parts


def valid_trading_code(code: str) -> bool:
    """Whether ``code`` is a trading code as this product makes them."""
    try:
        read_trading_code(code)
    except BadCode:
        return False
    return True


def ocid(prefix: str, code: str) -> str:
    """The open contracting id of a lot: ``ocds-xxxxxx-`` and its trading code (OCDS 1.1, identifiers).

    Args:
        prefix: the publisher's registered prefix, "ocds-" and six small letters or figures.
        code: the lot's trading code.

    Raises:
        BadCode: when either is not of its form.
    """
    if not OCID_PREFIX.fullmatch(prefix):
        raise BadCode(f"not an ocid prefix: {prefix[:40]!r}")
    read_trading_code(code)
    return f"{prefix}-{code}"
