"""Papers that were published 已发布文书: notice, clarification, candidates and result, as their digest fixed them."""

from __future__ import annotations

from trading.beijing import law_date, moment_zh
from trading.codelists import NoticeKind
from trading.documents.paper import Paper, PaperKind, paragraphs
from trading.documents.record import PaperRecord
from trading.models import Notice

KINDS: dict[PaperKind, tuple[NoticeKind, ...]] = {
    PaperKind.NOTICE: (NoticeKind.TENDER, NoticeKind.PROCUREMENT, NoticeKind.SALE),
    PaperKind.CLARIFICATION: (NoticeKind.CLARIFICATION,),
    PaperKind.CANDIDATES: (NoticeKind.CANDIDATES,),
    PaperKind.RESULT: (NoticeKind.RESULT, NoticeKind.DEAL),
}


def published(record: PaperRecord, kind: PaperKind) -> Paper | None:
    """The newest notice of ``kind`` as a paper, its text unchanged; None where none was published."""
    found = record.notices(*KINDS[kind])
    return of_notice(record, kind, found[-1]) if found else None


def of_notice(record: PaperRecord, kind: PaperKind, notice: Notice) -> Paper:
    """One notice as a paper, with the digest under which its text stands in the record."""
    at = moment_zh(notice.published_at)
    foot = f"本文书内容以平台发布的公告为准，发布时间{at}，内容摘要（SHA-256）：{notice.digest}"
    signers = ((record.side_of_owner, record.owner), ("代理机构", record.agency))
    return Paper(
        kind, notice.title, record.lot.code, tuple(paragraphs([notice.text, foot])),
        signers=tuple(one for one in signers if one[1]), made_on=law_date(notice.published_at),
    )  # fmt: skip
