"""Canonical bytes and domain-separated hashes 规范字节: what is hashed can be written in one way only."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, NoReturn

LARGEST = 2**53 - 1
KEY = re.compile(r"[A-Za-z0-9_.:-]{1,128}")


class CanonicalError(ValueError):
    """The value or text is outside the profile PT-JSON."""


def canonical(value: Any) -> bytes:
    """The canonical bytes of ``value``: RFC 8785 narrowed to PT-JSON (trust.md §8.1).

    Args:
        value: None, bool, int within ±(2**53-1), str without lone surrogates, list or tuple of these, mapping with
            keys of ``[A-Za-z0-9_.:-]{1,128}``.

    Raises:
        CanonicalError: for anything else, floats included.
    """
    try:
        _check(value)
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        return text.encode("utf-8")
    except (UnicodeEncodeError, TypeError, RecursionError) as error:
        raise CanonicalError(str(error)) from error


def strict(data: bytes) -> Any:
    """Read PT-JSON that is already canonical.

    Raises:
        CanonicalError: when ``data`` is no PT-JSON, or another spelling of it (white space, key order, escapes,
            a key twice).
    """
    try:
        value = json.loads(data.decode("utf-8"), parse_float=_no_number, parse_constant=_no_number)
    except CanonicalError:
        raise
    except (ValueError, RecursionError) as error:
        raise CanonicalError(str(error)) from error
    if canonical(value) != data:
        raise CanonicalError("not in canonical form")
    return value


def digest(label: str, *parts: bytes) -> bytes:
    """H(label, parts): SHA-256 over the label line and each part behind its length (trust.md §8.1).

    Args:
        label: ASCII without line feed, like ``ptdraw/seed/v1``.
        parts: the inputs, in order.
    """
    if "\n" in label:
        raise ValueError("a label has no line feed")
    sum_ = hashlib.sha256(label.encode("ascii") + b"\n")
    for part in parts:
        sum_.update(len(part).to_bytes(8, "big"))
        sum_.update(part)
    return sum_.digest()


def _check(value: Any) -> None:
    """Raise unless ``value`` is within the profile."""
    if value is None or isinstance(value, bool | str):
        return
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise CanonicalError(f"beyond 2**53-1: {value}")
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not KEY.fullmatch(key):
                raise CanonicalError(f"not a key: {key!r}")
            _check(item)
    else:
        raise CanonicalError(f"not in the profile: {type(value).__name__}")


def _no_number(token: str) -> NoReturn:
    """Refuse numbers with fraction or exponent, NaN and Infinity."""
    raise CanonicalError(f"not an integer: {token}")
