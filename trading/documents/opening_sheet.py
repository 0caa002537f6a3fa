"""The opening sheet 开启（开标）一览表: what was read out, bid by bid, once the opening took place."""

from __future__ import annotations

from sqlalchemy import select

from trading.beijing import law_date, moment_zh
from trading.codelists import Course
from trading.documents.paper import Block, Paper, PaperKind, Table, pairs, paragraphs
from trading.documents.record import PaperRecord
from trading.models import WHOLE_BID, Bid, OpeningRecord
from trading.money import grouped


def opening_sheet(record: PaperRecord) -> Paper | None:
    """The sheet; None before the opening, and for procedures whose offers are not read out in public.

    Source: 招标投标法第三十六条 (read out and recorded).
    """
    lot = record.lot
    opening = record.session.scalar(select(OpeningRecord).where(OpeningRecord.lot_id == lot.id))
    if lot.opened_at is None or opening is None or record.course is not Course.TENDER:
        return None
    query = select(Bid).where(Bid.lot_id == lot.id, WHOLE_BID).order_by(Bid.received_at, Bid.id)
    rows = tuple(_row(number, bid) for number, bid in enumerate(record.session.scalars(query), 1))
    blocks: list[Block] = [
        pairs(
            [
                ("项目", lot.name), ("编号", lot.code), ("开启时间", moment_zh(lot.opened_at)),
                ("最高限价", grouped(record.terms.ceiling) if record.terms and record.terms.ceiling else "未设"),
                ("标底", grouped(opening.base_price) if opening.base_price is not None else "未设"),
            ]
        ),
        Table(
            "唱标内容", ("序号", record.words.party.zh, "报价（元）", "履行期限", "质量", "负责人", "备注"), rows,
            (7, 28, 17, 12, 10, 12, 14),
        ),
        *paragraphs([f"记录摘要（SHA-256）：{opening.digest}"]),
    ]  # fmt: skip
    signers = ((record.side_of_owner, record.owner), ("主持人", ""), ("记录人", ""), ("监督人", ""))
    return Paper(
        PaperKind.OPENING_SHEET, f"{lot.name}开标一览表", lot.code, tuple(blocks), signers=signers,
        made_on=law_date(lot.opened_at),
    )  # fmt: skip


def _row(number: int, bid: Bid) -> tuple[str, ...]:
    note = bid.open_failure or ("否决" if bid.rejected_by == "platform" else "")
    return (
        str(number), bid.organization.name, grouped(bid.total) if bid.total is not None else "—",
        f"{bid.duration_days}日历天" if bid.duration_days else "—", bid.quality or "—", bid.manager or "—", note or "—",
    )  # fmt: skip
