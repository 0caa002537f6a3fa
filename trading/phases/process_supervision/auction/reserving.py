"""The reserve of a disposal 底价: sealed by its owner to the lot's officers, opened after the end by their shares.

Its envelope is that of sealing/amounts.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from trading.errors import InvalidInput, Refused
from trading.ledger.entries import microseconds
from trading.models import Lot, SaleTerms
from trading.money import to_fen
from trading.phases.process_supervision.auction.hammering import close_without_deal, decide
from trading.phases.process_supervision.notice.appointing import published_groups
from trading.sealing import amounts, ptbid
from trading.sealing.faults import SealError
from trading.sealing.headers import envelope_id
from trading.steps import Step
from trading.workflow.sale_record import sale_of
from trading.workflow.taking import Taking, effect

PART = "reserve"


def place_of(lot: Lot) -> ptbid.Place:
    """Where the envelope of the reserve belongs; it is sealed for the owner."""
    return ptbid.Place(lot.code, PART, lot.project.owner.uscc)


@effect(Step.SEAL_RESERVE)
def seal_reserve(taking: Taking) -> None:
    """Keep the sealed reserve, until the bidding begins a later one replaces it; nobody here can read it (R06.C9)."""
    sale = sale_of(taking.session, taking.lot)
    if not sale.has_reserve:
        raise Refused("no_reserve", "本标的公告为无底价", "This lot is offered without a reserve")
    if sale.live_at is not None or (sale.bidding_at is not None and taking.now >= sale.bidding_at):
        raise Refused("bidding_begun", "竞价已经开始，不能再密封底价", "The bidding has begun")
    envelope = taking.data["envelope"]
    header, ciphertext = checked(taking, envelope)
    sale.reserve_envelope = {"header": header, "ciphertext": ciphertext}
    sale.reserve_sealed_at, sale.reserve_shares = taking.now, {}
    body = {"envelope": envelope_id(header), "t_recv": microseconds(taking.now)}
    taking.record_signed("auction.reserve_sealed", body)
    taking.receipt["envelope"] = body["envelope"]


def checked(taking: Taking, envelope: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Header and ciphertext, when they are an envelope for this lot's officers.

    Raises:
        InvalidInput: naming what is wrong with them.
    """
    groups = published_groups(taking.session, taking.lot)
    if not groups:
        raise Refused("no_officers", "请先由交易中心确定开标密钥持有人", "The centre appoints the officers first")
    try:
        return amounts.checked(envelope, groups, taking.lot.code, PART)
    except SealError as wrong:
        raise InvalidInput.of("envelope", wrong.zh, wrong.en) from wrong


def awaits_shares(sale: SaleTerms) -> bool:
    """Whether the reserve is to be opened: the bidding is over, and it is not open yet."""
    return sale.ended_at is not None and sale.reserve_envelope is not None and sale.reserve_opened_at is None


def bundle(session: Session, lot: Lot) -> list[dict[str, Any]]:
    """What an officer unwraps offline: the header of the sealed reserve.

    Raises:
        Refused: it is not to be opened now.
    """
    sale = sale_of(session, lot)
    refuse_unless_awaited(sale)
    assert sale.reserve_envelope is not None
    header = sale.reserve_envelope["header"]
    return [{"envelope": envelope_id(header), "header": header}]


def refuse_unless_awaited(sale: SaleTerms) -> None:
    """Stop whoever would open the reserve before the end, or again.

    Raises:
        Refused: it is not to be opened now.
    """
    if not awaits_shares(sale):
        raise Refused("not_ended", "竞价结束后方可开启底价", "The reserve is opened once the bidding is over")


@effect(Step.OPEN_RESERVE)
def open_reserve(taking: Taking) -> None:
    """Keep an officer's share of the sealed reserve; the last one that is needed opens it, and the hammer falls."""
    sale = sale_of(taking.session, taking.lot)
    refuse_unless_awaited(sale)
    assert taking.actor is not None and sale.reserve_envelope is not None
    officer, header = taking.actor.signer, sale.reserve_envelope["header"]
    rows = taking.data["shares"]
    if [row["envelope"] for row in rows] != [envelope_id(header)]:
        raise InvalidInput.of("shares", "应当提交底价信封的分片", "Give the share of the sealed reserve")
    try:
        word = amounts.word_of(header, officer, rows[0]["value"], rows[0]["fault"])
    except SealError as wrong:
        raise InvalidInput.of("shares", wrong.zh, wrong.en) from wrong
    sale.reserve_shares = {**sale.reserve_shares, officer: word}
    taking.record("auction.shares", {"officer": officer})
    try:
        key = amounts.key_from(header, sale.reserve_shares)
    except SealError as wrong:
        fail_by_reserve(taking, sale, wrong)
        return
    taking.receipt["opened"] = key is not None
    if key is not None:
        unseal(taking, sale, key)


@effect(Step.SUPPLY_RESERVE_KEY)
def supply_reserve_key(taking: Taking) -> None:
    """The owner gives the key he kept where too few officers can be had; it must be the one committed to (B.6)."""
    sale = sale_of(taking.session, taking.lot)
    refuse_unless_awaited(sale)
    assert sale.reserve_envelope is not None
    header, key = sale.reserve_envelope["header"], bytes.fromhex(taking.data["key"])
    if taking.data["envelope"] != envelope_id(header):
        raise InvalidInput.of("envelope", "不是本标的的底价信封", "Not the envelope of this reserve")
    try:
        ptbid.check_key(header, key)
    except SealError as wrong:
        raise InvalidInput.of("key", wrong.zh, wrong.en) from wrong
    unseal(taking, sale, key)


@effect(Step.VOID_RESERVE)
def void_reserve(taking: Taking) -> None:
    """Nothing is sold by a reserve that nobody can open, once its owner had the county's time to supply his key."""
    sale = sale_of(taking.session, taking.lot)
    refuse_unless_awaited(sale)
    assert sale.ended_at is not None
    hours = int(taking.values["bid_key_hours"])
    if taking.now < sale.ended_at + timedelta(hours=hours):
        raise Refused(
            "keys_awaited", f"竞价结束满{hours}小时后方可按不成交处理，此前转让方可以提交自己的密钥",
            f"The owner may supply the key for {hours} hours after the end",
        )  # fmt: skip
    fail_by_reserve(taking, sale, SealError("密钥分片不足，转让方也未提交密钥", "Too few shares and no key"))


def unseal(taking: Taking, sale: SaleTerms, key: bytes) -> None:
    """Read the reserve with the rebuilt key, and decide."""
    assert sale.reserve_envelope is not None
    header, ciphertext = sale.reserve_envelope["header"], amounts.bytes_of(sale.reserve_envelope["ciphertext"])
    try:
        reserve = amounts.amount_in(ptbid.open_envelope(header, ciphertext, key, place_of(taking.lot).bidder).content)
    except SealError as wrong:
        fail_by_reserve(taking, sale, wrong)
        return
    sale.reserve, sale.reserve_opened_at, taking.receipt["opened"] = reserve, taking.now, True
    body = {"envelope": envelope_id(header), "reserve": to_fen(reserve), "key": key.hex()}
    taking.record("auction.reserve_opened", body, actor="officers")
    decide(taking, sale, max(reserve, sale.starting_price))


def fail_by_reserve(taking: Taking, sale: SaleTerms, wrong: SealError) -> None:
    """An envelope that holds no reserve is its owner's fault, and leaves nothing to sell by: there is no deal."""
    sale.reserve_opened_at = taking.now
    taking.record("auction.reserve_faulty", {"reason": wrong.en[:500]}, actor="officers")
    taking.receipt["opened"] = True
    close_without_deal(taking, f"转让方密封的底价不能开启（{wrong.zh}），责任在转让方。")
