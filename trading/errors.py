"""What can go wrong in the field's own words 业务错误; the web gives each its status code, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


class TradingError(Exception):
    """Base of all errors a user may meet; carries one sentence in Chinese and in English.

    ``proof`` is a signed note over the entry that keeps a refusal, where whoever was refused is owed one.
    """

    proof: str | None = None

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en

    def sentence(self, language: str) -> str:
        """The sentence for the reader's ``language``."""
        return self.en if language.startswith("en") else self.zh


class NotFound(TradingError):
    """There is no such record, or this person may not know that there is."""

    def __init__(self, zh: str = "没有找到该记录", en: str = "There is no such record") -> None:
        super().__init__(zh, en)


class NotAllowed(TradingError):
    """This person may not do this."""

    def __init__(self, zh: str = "您没有办理此事项的权限", en: str = "You may not do this") -> None:
        super().__init__(zh, en)


class WrongStatus(TradingError):
    """The lot stands somewhere else in the procedure."""


class Stale(TradingError):
    """The record changed after the form was opened."""


@dataclass(frozen=True)
class Words:
    """One sentence in Chinese and in English; which of them is read depends on the reader."""

    zh: str
    en: str

    def __str__(self) -> str:
        """The sentence in the source language."""
        return self.zh

    def sentence(self, language: str) -> str:
        """The sentence for the reader's ``language``."""
        return self.en if language.startswith("en") else self.zh


class InvalidInput(TradingError):
    """One or more fields are wrong: ``fields`` maps a field to its sentences, a table's row to such a map."""

    def __init__(self, fields: dict[str, Any], zh: str = "填写的内容有误", en: str = "Some fields are wrong") -> None:
        super().__init__(zh, en)
        self.fields = fields

    @classmethod
    def of(cls, field: str, zh: str, en: str) -> InvalidInput:
        """One wrong field and its sentence in both languages."""
        return cls({field: [Words(zh, en)]})

    def told(self, language: str) -> dict[str, Any]:
        """``fields`` with every sentence in the reader's ``language``."""
        return {name: _told(found, language) for name, found in self.fields.items()}


class Unlawful(TradingError):
    """Blocking conditions are not met: ``verdicts`` are those that stand in the way."""

    def __init__(self, verdicts: Sequence[Any]) -> None:
        ids = [verdict.condition.id for verdict in verdicts]
        super().__init__(f"不符合条件：{'、'.join(ids)}", f"Conditions not met: {', '.join(ids)}")
        self.verdicts = tuple(verdicts)


class Refused(TradingError):
    """A step is refused for a reason that is no rule's condition; ``reason`` is a short stable code."""

    def __init__(self, reason: str, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.reason = reason


class TooManyAttempts(TradingError):
    """Throttled."""


class NotConfigured(TradingError):
    """A secret or setting is missing: the service does not start."""


def _told(found: Any, language: str) -> Any:
    if isinstance(found, dict):
        return {name: _told(one, language) for name, one in found.items()}
    if isinstance(found, list):
        return [_told(one, language) for one in found]
    return found.sentence(language) if isinstance(found, Words) else found
