"""The fair-competition scan of a lot 公平竞争审查提示: hits become records, and each waits for the owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from trading.codelists import DocumentKind, ScanAnswer
from trading.models import DocumentScan, Lot, ScanHit
from trading.scanning.catalogue import catalogue
from trading.scanning.reading import Reading, Unread, read
from trading.scanning.sentences import Hit, Met, Passage, hits, meet, sentences
from trading.workflow.papers import Paper
from trading.workflow.taking import Taking

SCANNED = {
    "tender_document": DocumentKind.TENDER_DOCUMENT,
    "contract_draft": DocumentKind.CONTRACT_DRAFT,
}
MOST_LATE = 2
SCANS = select(DocumentScan).where(DocumentScan.lot_id == bindparam("lot")).order_by(DocumentScan.scanned_at.desc())
HITS = (
    select(ScanHit)
    .where(ScanHit.lot_id == bindparam("lot"), ScanHit.replaced.is_(False))
    .order_by(ScanHit.found_at, ScanHit.paper, ScanHit.place, ScanHit.kind)
)
GONE_ZH = "重新提交的文件中已无此句"


@dataclass(frozen=True)
class Source:
    """A group of papers that is replaced as a whole: its name, the papers with what was read of them."""

    name: str
    papers: tuple[tuple[str, Reading], ...]

    @property
    def whole(self) -> bool:
        """Whether every place of every paper was read."""
        return not any(reading.unread for _name, reading in self.papers)


def scans_of(session: Session, lot: Lot) -> dict[str, Sequence[Any]]:
    """The scans of a lot, newest first, and its hits with their answers, in the order in which they were found."""
    of = {"lot": lot.id}
    return {"scans": session.scalars(SCANS, of).all(), "hits": session.scalars(HITS, of).all()}


def read_papers(papers: Iterable[Paper]) -> tuple[tuple[str, Reading], ...]:
    """The text of each paper; when two have run out of time, the rest is left unread and told so."""
    readings: list[tuple[str, Reading]] = []
    late = 0
    for paper in papers:
        reading = read(paper.data, paper.media_type) if late < MOST_LATE else Reading("", (), (Unread(0, "time"),))
        late += any(one.why == "time" for one in reading.unread)
        readings.append((paper.name, reading))
    return tuple(readings)


def papers_of(data: Mapping[str, Sequence[Paper] | None]) -> list[Source]:
    """The papers handed in with a step that are scanned, read; reading them before the step keeps its lock short."""
    return [Source(name, read_papers(files)) for name in SCANNED if (files := data.get(name))]


def typed(name: str, texts: Mapping[str, str | None]) -> Source:
    """What was typed into a form, as papers of one source: the label of the field names the paper."""
    return Source(name, tuple((label, Reading("", read_typed(text), ())) for label, text in texts.items() if text))


def read_typed(text: str) -> tuple[Met, ...]:
    """What the catalogue meets in a text of a form, which is short."""
    return tuple(meet(sentences([Passage(0, text)], joined=False), catalogue()))


def scan(taking: Taking, sources: Sequence[Source]) -> None:
    """Scan what was handed in, keep the hits, and settle those of the papers that are replaced by it."""
    if not sources:
        return
    book = catalogue()
    row = DocumentScan(
        lot_id=taking.lot.id, catalogue=book.version, scanned_at=taking.now,
        papers=[name for source in sources for name, _reading in source.papers],
        unread=[
            [name, reading.unit, missing.place, missing.why]
            for source in sources
            for name, reading in source.papers
            for missing in reading.unread
        ],
    )  # fmt: skip
    taking.session.add(row)
    taking.session.flush()
    found = 0
    for source in sources:
        kept = [_kept(taking, row, source, name, reading, hit) for name, reading, hit in _hits(taking, source)]
        settle(taking, source, kept)
        taking.session.add_all(kept)
        found += len(kept)
    taking.record("document.scanned", {"catalogue": book.version, "hits": found, "unread": len(row.unread)})


def _hits(taking: Taking, source: Source) -> Iterable[tuple[str, Reading, Hit]]:
    """The hits of a source, paper by paper."""
    for name, reading in source.papers:
        for hit in hits(reading.met, catalogue(), taking.lot.project.type):
            yield name, reading, hit


def _kept(taking: Taking, scan: DocumentScan, source: Source, name: str, reading: Reading, hit: Hit) -> ScanHit:
    kind = hit.kind
    return ScanHit(
        lot_id=taking.lot.id, scan_id=scan.id, source=source.name, paper=name, unit=reading.unit, place=hit.place,
        kind=kind.id, kind_zh=kind.zh, kind_en=kind.en, law=kind.law, article=kind.article, mark=kind.mark,
        sentence=hit.sentence, words=hit.words, found_at=taking.now, standing=True, replaced=False, reason="",
    )  # fmt: skip


def settle(taking: Taking, source: Source, found: Sequence[ScanHit]) -> None:
    """What becomes of the hits of the papers that ``source`` replaces.

    A sentence found again carries its written justification on; one that is gone counts as changed, but only when all
    of the new papers could be read: otherwise the owner says what became of it.
    """
    earlier = taking.session.scalars(
        select(ScanHit).where(
            ScanHit.lot_id == taking.lot.id, ScanHit.source == source.name, ScanHit.replaced.is_(False)
        )
    ).all()
    again = {(hit.kind, hit.sentence): hit for hit in found}
    for old in earlier:
        old.standing = False
        new = again.get((old.kind, old.sentence))
        if new is not None:
            old.replaced = True
            if old.answer is ScanAnswer.JUSTIFIED:
                new.answer, new.reason = old.answer, old.reason
                new.answered_at, new.answered_by_id = old.answered_at, old.answered_by_id
        elif source.whole and old.answer is not ScanAnswer.CHANGED:
            old.answer, old.reason, old.answered_at = ScanAnswer.CHANGED, GONE_ZH, taking.now
            old.answered_by_id = None
