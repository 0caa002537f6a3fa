"""The file is closed 归档: complete, its chain verified, kept for the county's years."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import day_zh
from trading.codelists import DocumentKind, NoticeKind
from trading.models import Document, Lot
from trading.rules.case import ArchiveFacts
from trading.steps import Step
from trading.workflow.archive_facts import archive_facts
from trading.workflow.taking import Taking, Tools, effect

AWARDED = "awarded"


def file_of(session: Session, lot: Lot, today: date, tools: Tools, now: datetime) -> ArchiveFacts:
    """What is missing in the file, and whether its chain holds."""
    documents = session.scalars(select(Document).where(Document.lot_id == lot.id, Document.superseded.is_(False))).all()
    return archive_facts(session, lot, documents, today, int(tools.values(lot, now)["archive_years_all"]))


def word_of(missing: str, language: str) -> str:
    """What a missing item is called."""
    kind, _, notice = missing.partition(":")
    return (NoticeKind(notice) if notice else DocumentKind(kind)).word(language)


@effect(Step.ARCHIVE)
def archive(taking: Taking) -> None:
    """The centre closes the file; the conditions say whether something is missing or the chain is broken.

    With it the lot's chain is closed by ``dossier.final`` (trust.md C.2): what happens to the lot later (alarms, reads)
    goes into its companion chain.
    """
    taking.lot.archived_at, taking.end = taking.now, AWARDED
    found = file_of(taking.session, taking.lot, taking.today, taking.tools, taking.now)
    taking.record("document.archived", {"kept_until": str(found.kept_until), "missing": len(found.missing or ())})
    taking.receipt.update(kept_until=str(found.kept_until), missing=[word_of(one, "zh") for one in found.missing or ()])
    taking.tell(
        ("标段已归档", f"“{taking.lot.name}”已归档，保存至{day_zh(found.kept_until)}。"),
        ("Lot archived", f"“{taking.lot.name}” is archived and kept until {found.kept_until}."),
        organizations=[taking.lot.project.owner_id],
    )
