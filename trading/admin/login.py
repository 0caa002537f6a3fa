"""Logging in 登录: throttled by account and address, the same answer and work for unknown accounts."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from argon2 import PasswordHasher
from flask_babel import gettext as _
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from trading.admin import passwords
from trading.database import transaction
from trading.errors import InvalidInput, TooManyAttempts
from trading.models import LoginAttempt, User
from trading.values import Values
from trading.web import throttle
from trading.web.access import LoginNeeded

log = structlog.get_logger()


class WrongLogin(LoginNeeded):
    """Login name or password is wrong; which of them is not said."""

    def __init__(self) -> None:
        super().__init__()
        self.zh, self.en = "登录名或者密码不正确", "Login name or password is wrong"


def log_in(
    session: Session, hasher: PasswordHasher, values: Values, credentials: tuple[str, str], address: str, now: datetime
) -> User:
    """The account that these credentials open.

    The attempt is written down before the password is looked at, so that a burst of parallel guesses counts in full.

    Arguments:
        values: the numbers in force (``login_attempts``, ``login_attempts_address``, ``login_window_minutes``).
        credentials: login name and password.
        address: the caller's network address.

    Raises:
        TooManyAttempts: too many failed logins of this account or from this address within the window.
        WrongLogin: unknown, disabled, or the password is wrong.
    """
    login, password = tidy_login(credentials[0]), credentials[1][: passwords.LONGEST + 1]
    with transaction(session):
        count_attempt(session, values, login, address, now)
    user = session.scalar(select(User).where(User.login == login))
    right = passwords.matches(hasher, user.password if user else passwords.nobodys(hasher), password)
    if user is None or not right or not user.active:
        log.info("login failed", address=address)
        raise WrongLogin
    with transaction(session):
        session.execute(delete(LoginAttempt).where(LoginAttempt.login == login, LoginAttempt.address == address))
        user.last_login_at = now
        if hasher.check_needs_rehash(user.password):
            user.password = hasher.hash(password)
    log.info("login", account=user.id, address=address)
    return user


def tidy_login(login: str) -> str:
    """The form in which login names are kept and compared."""
    return login.strip().lower()[:64]


def count_attempt(session: Session, values: Values, login: str, address: str, now: datetime) -> None:
    """Write down one attempt inside the caller's transaction; it is taken back when the login succeeds.

    Raises:
        TooManyAttempts: the window is full.
    """
    minutes = int(values["login_window_minutes"])
    since = now - timedelta(minutes=minutes)
    logins = LoginAttempt.login.not_in(throttle.NAMES)
    session.execute(delete(LoginAttempt).where(logins, LoginAttempt.at <= since))
    of_account = session.scalar(select(func.count()).where(LoginAttempt.login == login)) or 0
    of_address = session.scalar(select(func.count()).where(logins, LoginAttempt.address == address[:64])) or 0
    if of_account >= int(values["login_attempts"]) or of_address >= int(values["login_attempts_address"]):
        log.warning("login throttled", address=address)
        raise TooManyAttempts(
            f"登录失败次数过多，请 {minutes} 分钟后再试", f"Too many failed logins: try again in {minutes} minutes"
        )
    session.add(LoginAttempt(login=login, address=address[:64], at=now))


def change_password(session: Session, hasher: PasswordHasher, values: Values, user: User, old: str, new: str) -> None:
    """Give ``user`` a new password; every other session of the account ends.

    Raises:
        InvalidInput: the old password is wrong (field ``old_password``), or the new one weak (``new_password``).
    """
    if not passwords.matches(hasher, user.password, old):
        raise InvalidInput({"old_password": [_("原密码不正确")]})
    passwords.check_password(new, user.login, values, "new_password")
    hashed = hasher.hash(new)
    with transaction(session):
        user.password, user.password_is_temporary = hashed, False
        user.session_epoch += 1
    log.info("password changed", account=user.id)


def log_out_everywhere(session: Session, user: User) -> None:
    """End all sessions of the account."""
    with transaction(session):
        user.session_epoch += 1
    log.info("logged out everywhere", account=user.id)
