"""A code that carries its words 代码: the base of every closed vocabulary."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A code that carries its words: ``Status.DRAFT.zh == "草稿"``."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str, en: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member

    def word(self, language: str) -> str:
        """The word of this code in ``language`` ("zh" or "en")."""
        return self.en if language.startswith("en") else self.zh
