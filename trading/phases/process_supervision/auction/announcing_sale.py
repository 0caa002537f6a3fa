"""A disposal is announced 发布处置公告: the notice from the record, and the clocks of applications and bidding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trading.beijing import moment_en, moment_zh
from trading.codelists import Method, NoticeKind, ProjectType, Role
from trading.errors import InvalidInput, Refused
from trading.ledger.entries import microseconds
from trading.methods.proposal import runs
from trading.models import SaleTerms
from trading.phases.process_supervision.notice.announcing import public_documents, record_keys
from trading.phases.process_supervision.notice.sale_notice import contents, notice_text, title_of
from trading.steps import Step
from trading.workflow.sale_record import sale_of
from trading.workflow.taking import Taking, effect

FEWEST = 1
LABELS = {
    "listed_from": ("挂牌起始时间", "the beginning of the listing"),
    "bid_deadline": ("报名截止时间", "the cut-off of applications"),
    "bidding_at": ("竞价开始时间", "the beginning of the bidding"),
    "planned_end": ("竞价计划结束时间", "the planned end of the bidding"),
}


def check_clocks(data: Mapping[str, Any], method: Method | None, now: datetime) -> None:
    """From now on: the listing, the cut-off, the bidding, its end; only a listing has a beginning of its own.

    Raises:
        InvalidInput: naming the moment that is missing, not asked for or out of order.
    """
    listing = method is Method.LISTING
    if listing and data["listed_from"] is None:
        raise InvalidInput.of("listed_from", "请填写挂牌起始时间", "Say when the listing begins")
    if not listing and data["listed_from"] is not None:
        raise InvalidInput.of("listed_from", "只有挂牌方式填写挂牌起始时间", "Only a listing has such a beginning")
    last, name_before = now, ("此刻", "now")
    for field in ("listed_from", "bid_deadline", "bidding_at", "planned_end"):
        moment = data[field]
        if moment is None:
            continue
        zh, en = LABELS[field]
        if moment < last or (field != "bidding_at" and moment == last):
            raise InvalidInput.of(field, f"{zh}应在{name_before[0]}之后", f"{en} must come after {name_before[1]}")
        last, name_before = moment, (zh, en)


def set_clocks(taking: Taking, sale: SaleTerms) -> None:
    """Keep the moments; nobody's sealed bid is waited for, so there are no parts and no officers."""
    taking.lot.parts, taking.lot.groups, taking.lot.published_at = [], [], taking.now
    keep_clocks(taking, sale)


def keep_clocks(taking: Taking, sale: SaleTerms) -> None:
    """Keep the moments that were typed."""
    lot, data = taking.lot, taking.data
    lot.bid_deadline = lot.documents_until = data["bid_deadline"]
    sale.listed_from, sale.bidding_at, sale.planned_end = data["listed_from"], data["bidding_at"], data["planned_end"]
    sale.ends_at = sale.planned_end


@effect(Step.ANNOUNCE_SALE)
def announce_sale(taking: Taking) -> None:
    """Publish the notice of a sale, letting or grant with its clocks."""
    lot, data = taking.lot, taking.data
    refusal = runs(lot.project.type, lot.method) if lot.method else None
    if refusal is not None:
        raise Refused(refusal.code, refusal.zh, refusal.en)
    check_clocks(data, lot.method, taking.now)
    if lot.project.type is ProjectType.RURAL and data["farmland"] is None:
        raise InvalidInput.of("farmland", "请说明标的是否为农用地", "Say whether it is farmland")
    sale = sale_of(taking.session, lot)
    set_clocks(taking, sale)
    told = contents(lot, sale, data, public_documents(taking.session, lot))
    told["record_keys"] = record_keys(taking.tools.keeper)
    text = notice_text(lot, sale, told, [one.zh for one in data["media"]])
    notice = taking.publish(NoticeKind.SALE, title_of(lot), text, told, ends_at=lot.bid_deadline)
    notice.media = [one.value for one in data["media"]]
    assert lot.bid_deadline is not None
    taking.record(
        "tender.published",
        {
            "deadline": microseconds(lot.bid_deadline), "parts": [], "groups": [], "title": lot.name,
            "min_bids": FEWEST,
        },
    )  # fmt: skip
    taking.tell_role(
        Role.SUPERVISOR,
        ("处置公告已发布", f"“{lot.name}”已发布公告，报名截止时间为{moment_zh(lot.bid_deadline)}。"),
        ("Disposal announced", f"“{lot.name}” was announced; applications close {moment_en(lot.bid_deadline)}."),
    )
