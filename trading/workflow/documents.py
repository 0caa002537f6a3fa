"""Files handed in with a step 随环节提交的文件: kept by content, earlier versions superseded, never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from sqlalchemy import select

from trading.codelists import DocumentKind
from trading.models import Document
from trading.workflow.taking import Taking


class HandedIn(Protocol):
    """A file as it was handed in."""

    name: str
    data: bytes
    media_type: str


def keep_files(taking: Taking, kind: DocumentKind, files: Iterable[HandedIn], *, public: bool = False) -> None:
    """Keep files of one kind; earlier ones of the kind are superseded, never deleted."""
    files = list(files)
    if not files:
        return
    earlier = taking.session.scalars(
        select(Document).where(
            Document.lot_id == taking.lot.id, Document.kind == kind, Document.superseded.is_(False)
        )
    ).all()
    for document in earlier:
        document.superseded = True
    version = max((document.version for document in earlier), default=0) + 1
    for one in files:
        taking.session.add(
            Document(
                lot_id=taking.lot.id, kind=kind, name=one.name, sha256=taking.tools.files.put(one.data),
                size=len(one.data), media_type=one.media_type, public=public, version=version, added_at=taking.now,
                added_by_id=taking.actor_id,
            )  # fmt: skip
        )
    taking.record("document.received", {"kind": kind.value, "version": version, "count": len(files)})
