"""What every trading method 交易方式 says of itself: one frozen record a method."""

from __future__ import annotations

from dataclasses import dataclass

from trading.codelists import Course, Mark, Method
from trading.errors import Words


@dataclass(frozen=True, slots=True)
class MethodWords:
    """What things are called under a method, in Chinese and English: notices and papers are written with these."""

    notice: Words
    documents: Words
    party: Words
    offer: Words
    winner: Words
    award: Words
    result: Words


TENDERING = MethodWords(
    notice=Words("招标公告", "Tender notice"),
    documents=Words("招标文件", "Tender documents"),
    party=Words("投标人", "Bidder"),
    offer=Words("投标文件", "Bid"),
    winner=Words("中标人", "Winner"),
    award=Words("中标通知书", "Award notice"),
    result=Words("中标结果公告", "Award result"),
)


@dataclass(frozen=True, slots=True)
class TradingMethod:
    """The facts of one method.

    ``course`` is the kind of procedure that it runs; ``periods`` names entries of values.toml (the numbers live there,
    dated); ``minimum_participants`` is the least number of suppliers or bidders the law wants, None where it wants
    none; ``source`` is a rulebook key and article.
    """

    method: Method
    course: Course
    running: bool
    minimum_participants: int | None
    periods: tuple[str, ...]
    zh: str
    en: str
    source: str
    mark: Mark
    words: MethodWords = TENDERING
