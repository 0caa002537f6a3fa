"""A paper before it is printed 文书: title, number, addressee, blocks of text and tables, and who signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from trading.codelists import Code


class PaperKind(Code):
    """The standard papers of a procedure."""

    NOTICE = "notice", "公告", "Notice"
    INVITATION = "invitation", "邀请书", "Invitation"
    DOCUMENTS = "documents", "文件文本", "Documents"
    CLARIFICATION = "clarification", "澄清与修改", "Clarification"
    OPENING_SHEET = "opening_sheet", "开启一览表", "Opening sheet"
    CANDIDATES = "candidates", "候选人公示", "Candidates"
    AWARD = "award", "结果通知书", "Award notice"
    RESULT = "result", "结果公告", "Result"
    DEAL = "deal", "成交确认书", "Deal confirmation"
    CONTRACT = "contract", "合同文本", "Contract"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a paper; level 1 begins a chapter."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """A table of two columns: label and value."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with heads; ``widths`` in per cent."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Block = Heading | Text | Pairs | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as it is shown and printed.

    ``signers`` are the lines for signature or seal (label, name or ""); ``made_on`` the day it stands for, None while
    it is a draft, which the paper then says.
    """

    kind: PaperKind
    title: str
    number: str
    blocks: tuple[Block, ...]
    addressee: str = ""
    signers: tuple[tuple[str, str], ...] = ()
    made_on: date | None = None

    @property
    def is_draft(self) -> bool:
        """True while what it says may still change."""
        return self.made_on is None


def paragraphs(texts: Iterable[str]) -> list[Block]:
    """Texts as paragraphs, one a line; empty ones are left out."""
    return [Text(line.strip()) for text in texts for line in text.splitlines() if line.strip()]


def pairs(rows: Sequence[tuple[str, object]]) -> Pairs:
    """Label and value, where there is a value."""
    return Pairs(tuple((label, str(value)) for label, value in rows if value not in (None, "")))
