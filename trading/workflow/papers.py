"""Files handed in with a step 随环节提交的文件: kept by their content, earlier ones superseded, never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from sqlalchemy import select

from trading.codelists import DocumentKind
from trading.models import Document
from trading.workflow.taking import Taking

PUBLIC_KINDS = (DocumentKind.TENDER_DOCUMENT, DocumentKind.DRAWINGS, DocumentKind.CONTRACT_DRAFT)
OPEN_KINDS = (*PUBLIC_KINDS, DocumentKind.PREQUALIFICATION, DocumentKind.FIRST_STAGE)


class Paper(Protocol):
    """A file as it was handed in."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def data(self) -> bytes:
        """Its bytes."""

    @property
    def media_type(self) -> str:
        """What its content was proved to be."""


def keep_files(taking: Taking, kind: DocumentKind, files: Iterable[Paper] | None, *, supersede: bool = True) -> None:
    """Keep files of one kind; earlier ones of the kind are superseded unless ``supersede`` is False."""
    files = list(files or ())
    if not files:
        return
    query = select(Document).where(
        Document.lot_id == taking.lot.id, Document.kind == kind, Document.superseded.is_(False)
    )
    earlier = taking.session.scalars(query).all()
    if supersede:
        for document in earlier:
            document.superseded = True
    version = max((document.version for document in earlier), default=0) + 1
    for one in files:
        taking.session.add(
            Document(
                lot_id=taking.lot.id, kind=kind, name=one.name, sha256=taking.tools.files.put(one.data),
                size=len(one.data), media_type=one.media_type, public=kind in OPEN_KINDS, version=version,
                added_at=taking.now, added_by_id=taking.actor_id,
            )
        )  # fmt: skip
    taking.record("document.received", {"kind": kind.value, "version": version, "count": len(files)})


def shelve(taking: Taking, files: Iterable[Paper] | None) -> list[dict[str, Any]]:
    """Keep files that belong to a paper of supervision alone: they never stand among the lot's documents.

    Returns:
        Name, digest, size and media type of each, for the record that they belong to.
    """
    return [
        {"name": one.name, "sha256": taking.tools.files.put(one.data), "size": len(one.data), "type": one.media_type}
        for one in files or ()
    ]
