"""Passwords 口令: what a good one is, how it is kept, and a first one for a new account."""

from __future__ import annotations

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

from trading.errors import InvalidInput
from trading.values import Values

LONGEST = 200
COMMON = frozenset({
    "123456789012", "1234567890123", "12345678901234", "111111111111", "000000000000", "888888888888",
    "password1234", "password12345", "passw0rd1234", "qwertyuiop12", "qwertyuiop123", "qwerty123456",
    "1q2w3e4r5t6y", "1qaz2wsx3edc", "abcdefghijkl", "abc123456789", "abcd12345678", "a12345678901", "aa123456789a",
    "woaini1314520", "woaini520520", "5201314520131", "administrator", "admin1234567", "admin123456789", "iloveyou1234",
    "zaq12wsxcde3", "letmein12345", "welcome12345", "changeme1234",
})  # fmt: skip


def check_password(password: str, login: str, values: Values, field: str = "password") -> None:
    """Refuse a password that is easily guessed.

    Arguments:
        values: the numbers in force (``password_min_length``).
        field: the input to which the sentences belong.

    Raises:
        InvalidInput: too short, too long, made of the login name, all one sign, or among the most common ones.
    """
    least, plain = int(values["password_min_length"]), password.casefold()
    wrong = []
    if len(password) < least:
        wrong.append(_("密码至少 %(least)s 个字符", least=least))
    if len(password) > LONGEST:
        wrong.append(_("密码不能超过 %(most)s 个字符", most=LONGEST))
    if login and plain.replace(login.casefold(), "") == "":
        wrong.append(_("密码不能与登录名相同"))
    if plain in COMMON or len(set(plain)) < 4:
        wrong.append(_("这个密码太常见，容易被猜到"))
    if wrong:
        raise InvalidInput({field: wrong})


def matches(hasher: PasswordHasher, kept: str, password: str) -> bool:
    """Whether ``password`` is the one of which ``kept`` is the hash."""
    try:
        return hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=8)
def nobodys(hasher: PasswordHasher) -> str:
    """A hash that no password opens: an unknown login costs the same work as a known one."""
    return hasher.hash(secrets.token_hex(32))


def first_password() -> str:
    """A password to be handed over once and changed at the first login: 100 bits, no signs that look alike."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _sign in range(5)) for _group in range(4))
