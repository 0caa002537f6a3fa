"""From the text of documents to the sentences that a person must look at 审查提示: found, never judged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trading.codelists import ProjectType
from trading.scanning.catalogue import Catalogue, Kind

LONGEST = 400
MOST_HITS = 500
END = re.compile(r"(?<=[。！？!?])|\n\n+")
CLAUSE = "，,；;:：。！？!?"
FORBIDS = re.compile(
    r"不得(?:以|将|把|要求|限定|设置|设定|作为|指定|规定|采用|因|对|有|存在|含有|排斥|限制|歧视|提出)"
    r"|不(?:以|将|要求|作为|作要求|限定|指定|设置|再要求|强制|接受任何以)|无需|无须|不需|不必|禁止|严禁|取消|不限于?"
)


@dataclass(frozen=True)
class Passage:
    """Text as it was read at one place of a document: a page, a paragraph; 0 where there is no place."""

    place: int
    text: str


@dataclass(frozen=True)
class Met:
    """A sentence that a pattern met: where it begins, the pattern's number in the catalogue, the words."""

    place: int
    sentence: str
    pattern: int
    words: str


@dataclass(frozen=True)
class Hit:
    """A sentence that may be an unreasonable condition: where it stands, of which kind, and the words that were met."""

    place: int
    kind: Kind
    sentence: str
    words: str


def plain(text: str) -> str:
    """Text as the patterns read it: half width, small letters, no blanks, Chinese commas."""
    folded = unicodedata.normalize("NFKC", text).lower().replace(",", "，").replace(";", "；")
    return "".join(folded.split())


def sentences(passages: Iterable[Passage], *, joined: bool) -> Iterator[Passage]:
    """The sentences with the place where each begins.

    Arguments:
        joined: a sentence may run on from one passage to the next (pages); else each passage ends one (paragraphs).
    """
    held, began = "", 0
    for passage in passages:
        for part in END.split(passage.text):
            if not part.strip():
                continue
            if held == "":
                began = passage.place
            held += part
            if not joined or part.rstrip()[-1] in "。！？!?" or len(held) > LONGEST:
                yield from _short(began, held)
                held = ""
    if held:
        yield from _short(began, held)


def _short(place: int, text: str) -> Iterator[Passage]:
    """A sentence without blanks, in overlapping pieces where it is longer than a sentence can be."""
    words = "".join(text.split())
    for start in range(0, max(len(words) - LONGEST // 4, 1), LONGEST * 3 // 4):
        yield Passage(place, words[start : start + LONGEST])


def meet(found: Iterable[Passage], book: Catalogue) -> Iterator[Met]:
    """The sentences that a pattern of the catalogue meets, for whatever type of project; each once a pattern."""
    seen: set[tuple[int, str]] = set()
    for sentence in found:
        read = plain(sentence.text)
        for number, pattern in enumerate(book.patterns):
            words = _met(pattern.find, pattern.unless, read)
            if words is not None and (number, sentence.text) not in seen:
                seen.add((number, sentence.text))
                yield Met(sentence.place, sentence.text, number, words)


def hits(found: Iterable[Met], book: Catalogue, type: ProjectType) -> list[Hit]:
    """What concerns projects of ``type``: a hit for each sentence and kind, at most :data:`MOST_HITS`."""
    told: dict[tuple[str, str], Hit] = {}
    for one in found:
        kind = book.kind_for(book.patterns[one.pattern], type)
        if kind is not None:
            told.setdefault((kind.id, one.sentence), Hit(one.place, kind, one.sentence, one.words))
        if len(told) >= MOST_HITS:
            break
    return list(told.values())


def _met(find: re.Pattern[str], unless: re.Pattern[str] | None, text: str) -> str | None:
    """The words that a pattern meets in a clause that neither forbids them nor takes them back."""
    for match in find.finditer(text):
        begin = max((text.rfind(sign, 0, match.start()) for sign in CLAUSE), default=-1) + 1
        ends = [at for sign in CLAUSE if (at := text.find(sign, match.end())) >= 0]
        clause = text[begin : min(ends, default=len(text))]
        if FORBIDS.search(clause) or (unless is not None and unless.search(clause)):
            continue
        return match[0]
    return None
