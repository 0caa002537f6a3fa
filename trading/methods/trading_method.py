"""What every trading method 交易方式 says of itself: one frozen record a method."""

from __future__ import annotations

from dataclasses import dataclass

from trading.codelists import Mark, Method


@dataclass(frozen=True, slots=True)
class TradingMethod:
    """The facts of one method.

    ``periods`` names entries of values.toml (the numbers live there, dated); ``minimum_participants`` is the least
    number of suppliers or bidders the law wants, None where it wants none; ``source`` is a rulebook key and article.
    """

    method: Method
    running: bool
    minimum_participants: int | None
    periods: tuple[str, ...]
    zh: str
    en: str
    source: str
    mark: Mark
