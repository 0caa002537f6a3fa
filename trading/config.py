"""Where this installation lives 部署设置: read from the environment once; numbers of law are in values.toml."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trading.errors import NotConfigured

DEMONSTRATION = "demonstration"
MODES = ("production", DEMONSTRATION, "test")
NEEDED_IN_PRODUCTION = ("SECRET_KEY", "TRADING_DATABASE_URL", "TRADING_DATA_DIR", "TRADING_ORIGIN")
STREAMS = 48
ORIGIN = "badong.example/ledger"
"""The name of the record in demonstrations and tests."""


def settings(environment: Mapping[str, str] | None = None, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Settings from ``given`` (tests) over ``environment``.

    Raises:
        NotConfigured: in production, when a secret or place is missing or the secret is too short.
    """
    source: dict[str, Any] = dict(os.environ if environment is None else environment)
    source.update(given or {})
    mode = source.get("TRADING_MODE", "demonstration")
    if mode not in MODES:
        raise NotConfigured(f"TRADING_MODE 应为 {MODES} 之一", f"TRADING_MODE must be one of {MODES}")
    if mode == "production":
        missing = [name for name in NEEDED_IN_PRODUCTION if not source.get(name)]
        if missing:
            names = "、".join(missing)
            raise NotConfigured(f"生产环境缺少设置：{names}", f"Missing in production: {', '.join(missing)}")
        if len(source["SECRET_KEY"]) < 32:
            raise NotConfigured("SECRET_KEY 至少 32 个字符", "SECRET_KEY needs at least 32 characters")
    data_dir = Path(source.get("TRADING_DATA_DIR") or Path.cwd() / "instance").resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    result = {
        "TRADING_MODE": mode,
        "TRADING_DATA_DIR": data_dir,
        "TRADING_DATABASE_URL": source.get("TRADING_DATABASE_URL") or f"sqlite:///{data_dir / 'trading.sqlite'}",
        "TRADING_KEY_DIR": Path(source.get("TRADING_KEY_DIR") or data_dir / "keys"),
        "TRADING_COUNTY_VALUES": source.get("TRADING_COUNTY_VALUES"),
        "TRADING_PROXIES": _count(source.get("TRADING_PROXIES")),
        "TRADING_STREAMS": _streams(source.get("TRADING_STREAMS")),
        "TRADING_SOURCE_URL": _address(source.get("TRADING_SOURCE_URL")),
        "TRADING_ORIGIN": _name(source.get("TRADING_ORIGIN") or ORIGIN),
        "TRADING_WITNESS": _witness(source.get("TRADING_WITNESS"), mode),
        "TRADING_WITNESS_KEY": source.get("TRADING_WITNESS_KEY"),
        "TRADING_PDF_KEY": source.get("TRADING_PDF_KEY"),
        "TRADING_PDF_CERT": source.get("TRADING_PDF_CERT"),
        "SECRET_KEY": source.get("SECRET_KEY") or _kept_secret(data_dir / "secret-key"),
        "ARGON2_CHEAPEST": bool(source.get("ARGON2_CHEAPEST", False)),
    }
    result.update({name: value for name, value in (given or {}).items() if name not in result})
    return result


def _count(given: Any) -> int:
    """How many reverse proxies stand before the service, each adding one address; none if not said.

    Raises:
        NotConfigured: it is no small number.
    """
    text = str(given or 0)
    if not text.isascii() or not text.isdigit() or int(text) > 9:
        raise NotConfigured("TRADING_PROXIES 应为 0 至 9 的整数", "TRADING_PROXIES must be a number from 0 to 9")
    return int(text)


def _streams(given: Any) -> int:
    """How many streams of live bidding one process serves at once; each takes a thread of its own.

    Raises:
        NotConfigured: it is no number from 0 to 9999.
    """
    text = str(STREAMS if given is None else given)
    if not text.isascii() or not text.isdigit() or int(text) > 9999:
        raise NotConfigured("TRADING_STREAMS 应为 0 至 9999 的整数", "TRADING_STREAMS must be a number from 0 to 9999")
    return int(text)


def _address(given: str | None) -> str | None:
    """A web address, or nothing.

    Raises:
        NotConfigured: it is no web address.
    """
    if given and not given.startswith(("https://", "http://")):
        raise NotConfigured("TRADING_SOURCE_URL 应为网址", "TRADING_SOURCE_URL must be a web address")
    return given or None


def _name(given: str) -> str:
    """The name under which the record is signed, for instance ``county.example/ledger``; never changed afterwards.

    Raises:
        NotConfigured: it has white space or a plus sign.
    """
    if "+" in given or any(one.isspace() for one in given):
        raise NotConfigured("TRADING_ORIGIN 不得含空白或加号", "TRADING_ORIGIN has neither white space nor a plus sign")
    return given


def _witness(given: str | None, mode: str) -> str | None:
    """Who cosigns the record: an address, a folder, or in a demonstration the witness played by the platform itself.

    Raises:
        NotConfigured: the played witness in production.
    """
    if given == DEMONSTRATION and mode == "production":
        raise NotConfigured("生产环境的见证方须为其他单位", "In production the witness is another organisation")
    return given or (DEMONSTRATION if mode == DEMONSTRATION else None)


def _kept_secret(path: Path) -> str:
    """The session secret of a demonstration: made once, kept beside its data, readable by its owner alone."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text()
