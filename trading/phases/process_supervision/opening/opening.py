"""Opening 开标: the keys of the bids rebuilt from the officers' shares; one bad bid does not stop the others."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import beijing, moment_zh
from trading.codelists import NoticeKind
from trading.errors import Refused
from trading.ledger.canonical import canonical
from trading.models import Bid, Lot, OpeningOfficer, OpeningRecord, OpeningShare, TenderTerms, User
from trading.money import capitals, from_fen, grouped
from trading.phases.process_supervision.bids.bidding import complete
from trading.phases.process_supervision.bids.consortium import judge_consortiums, members_of, told_of
from trading.phases.process_supervision.bids.price_bounds import reject_out_of_bounds
from trading.phases.process_supervision.deposits.bonds import bonded, judge_bonds, unmatched
from trading.phases.process_supervision.notice.announcing import terms_of
from trading.phases.process_supervision.notice.appointing import appointed
from trading.phases.process_supervision.notice.inviting import told_at_opening
from trading.phases.process_supervision.opening.officers import state, turn
from trading.sealing import ptbid
from trading.sealing.contents import PRICED, Opened
from trading.sealing.faults import Blame, OpenError, SealError
from trading.sealing.files import FileStoreError
from trading.sealing.shares import ShareError
from trading.steps import Step
from trading.workflow.concerned import tell_owner
from trading.workflow.evaluation_record import drawn_delta, tie_seed
from trading.workflow.negotiation_record import fewest, negotiates
from trading.workflow.taking import Taking, effect

WORDS = ("quality", "manager", "manager_certificate")
LONGEST_WORD, MOST_DAYS = 200, 36_500


def bids_in_force(session: Session, lot: Lot) -> list[Bid]:
    """The bids that count, in the order in which they came."""
    query = select(Bid).where(Bid.lot_id == lot.id, Bid.current.is_(True)).order_by(Bid.received_at, Bid.envelope)
    return list(session.scalars(query))


@effect(Step.OPEN_TECHNICAL)
def open_technical(taking: Taking) -> None:
    """Open the technical envelopes; prices stay closed, and for them every officer hands in shares of their own."""
    lot, session = taking.lot, taking.session
    bids = bids_in_force(session, lot)
    whole = complete(lot, bids)
    if turn(lot) != "tech":
        raise Refused("technical_open", "技术标已开启", "The technical envelopes are open already")
    if len(whole) < int(taking.values["bidders_min"]):
        return
    technical = [bid for bid in bids if bid.part == "tech"]
    refuse_to_hurry(taking, technical)
    lot.technical_opened_at = taking.now
    if taking.rehearsal:
        return
    unseal_all(taking, technical, whole)
    for officer, _user in appointed(session, lot):
        officer.handed_at = None
    zh = ("技术标已开启", f"“{lot.name}”的技术标已开启，商务标另行开启。")
    en = ("Technical envelopes open", f"The technical envelopes of “{lot.name}” are open; prices are opened later.")
    taking.tell(zh, en, organizations=sorted(whole))
    tell_owner(taking, zh, en)


@effect(Step.OPEN_BIDS)
def open_bids(taking: Taking) -> None:
    """Open every price, read it out, publish the record; with too few bidders no share was even asked for (R10.C7)."""
    lot, session = taking.lot, taking.session
    if turn(lot) == "tech":
        raise Refused("technical_first", "应先开启技术标", "The technical envelopes are opened first")
    whole, bids = complete(lot, bids_in_force(session, lot)), priced(session, lot)
    enough = len(whole) >= fewest(lot, int(taking.values["bidders_min"]))
    if enough:
        refuse_to_hurry(taking, bids)
    lot.opened_at = taking.now
    if not enough:
        return
    terms = terms_of(session, lot)
    if not taking.rehearsal:
        unseal_all(taking, bids, whole)
        reject_out_of_bounds(taking, bids, terms)
        judge_consortiums(taking, bids, terms)
        session.flush()
        judge_bonds(taking)
    record = make_record(taking, read_out(taking, bids, terms))
    if taking.rehearsal:
        return
    publish_record(taking, record, drawn_coefficient(taking, terms))


def priced(session: Session, lot: Lot) -> list[Bid]:
    """The envelopes in force that hold a price."""
    return [bid for bid in bids_in_force(session, lot) if bid.part in PRICED]


def shut_technically(session: Session, lot: Lot) -> set[str]:
    """The bidders whose technical envelope was rejected: their price stays closed."""
    query = select(Bid.organization_id).where(
        Bid.lot_id == lot.id, Bid.current.is_(True), Bid.part == "tech", Bid.open_failure.is_not(None)
    )
    return set(session.scalars(query))


def refuse_to_hurry(taking: Taking, bids: list[Bid]) -> None:
    """Stop while somebody can still mend what would leave a bid closed, unless the presider goes on without it (B.6).

    A group of officers that is missing is waited for so many hours after closing as the county says: bidders supply
    the keys they kept, and whoever does not has withdrawn. A ciphertext that the platform damaged is uploaded again.

    Raises:
        Refused: naming the groups, or the envelopes.
    """
    go_on = bool(taking.data.get("go_on"))
    missing = missing_groups(taking.session, taking.lot)
    if missing and any(bid.supplied_key is None for bid in bids) and not (go_on and waited_enough(taking)):
        raise Refused(
            "officers_missing",
            f"第{'、'.join(missing)}组开标密钥持有人未达到规定人数",
            f"Too few officers of group {', '.join(missing)} have handed in their shares",
        )
    damaged = [f"{bid.envelope[:16]}…" for bid in bids if not taking.tools.files.intact(bid.ciphertext_sha256)]
    if damaged and not go_on:
        raise Refused(
            "ciphertext_damaged",
            f"平台所存密文已损坏或者缺失：{'、'.join(damaged)}；请投标人重新上传同一密文",
            f"The platform's copy is damaged or missing: {', '.join(damaged)}; the bidder uploads the same file again",
        )


def missing_groups(session: Session, lot: Lot) -> list[str]:
    """The numbers of the groups that have not handed in enough shares; a lot without officers lacks the first."""
    groups = state(session, lot) or [{"met": False}]
    return [str(number) for number, group in enumerate(groups, 1) if not group["met"]]


def waited_enough(taking: Taking) -> bool:
    """Whether the time in which bidders supply their own keys is over."""
    assert taking.lot.closed_at is not None
    return taking.now >= taking.lot.closed_at + timedelta(hours=int(taking.values["bid_key_hours"]))


def unseal_all(taking: Taking, bids: list[Bid], whole: set[str]) -> None:
    """Open each bid with the key that its shares give, and put it on record, opened or not."""
    shares, shut = shares_by_bid(taking.session, taking.lot), shut_technically(taking.session, taking.lot)
    for bid in bids:
        try:
            if bid.organization_id not in whole:
                raise OpenError("投标文件不完整：缺少应有的信封", "incomplete bid")
            if bid.organization_id in shut:
                raise OpenError("技术标未能开启，商务标不再开启", "the technical envelope was rejected")
            key = key_of(bid, shares.get(bid.id, {}))
            keep_opened(taking, bid, unseal(taking, bid, key))
        except Exception as failure:  # whatever is wrong with one bid must not stop the opening of the others
            keep_rejected(taking, bid, failure)


def shares_by_bid(session: Session, lot: Lot) -> dict[str, dict[str, bytes]]:
    """The shares handed in, by bid and officer; each was checked against its commitment when it came."""
    query = (
        select(OpeningShare.bid_id, OpeningShare.value, User)
        .join(OpeningOfficer, OpeningOfficer.id == OpeningShare.officer_id)
        .join(User, User.id == OpeningOfficer.user_id)
        .where(OpeningOfficer.lot_id == lot.id, OpeningShare.value.is_not(None))
    )
    found: dict[str, dict[str, bytes]] = {}
    for bid_id, value, user in session.execute(query).unique():
        found.setdefault(bid_id, {})[user.signer] = bytes.fromhex(value)
    return found


def key_of(bid: Bid, shares: dict[str, bytes]) -> bytes:
    """The key of an envelope: rebuilt from its shares, or the one its bidder supplied.

    Raises:
        SealError: neither gives the key committed to.
    """
    if bid.supplied_key is not None:
        return bytes.fromhex(bid.supplied_key)
    try:
        return ptbid.combine(bid.header, shares)
    except ShareError as few:
        raise OpenError(
            f"密钥份额不足，投标人也未提交投标密钥，视为撤回（{few.zh}）",
            f"Too few shares and no key from the bidder: taken as withdrawn ({few.en})",
        ) from few


def unseal(taking: Taking, bid: Bid, key: bytes) -> Opened:
    """Open one envelope and check that it is this bidder's, for this lot.

    Raises:
        SealError, FileStoreError: it does not open, or is somebody else's.
    """
    bid.key = key.hex()
    try:
        ciphertext = taking.tools.files.get(bid.ciphertext_sha256)
    except FileStoreError as damaged:
        raise OpenError(
            "平台所存密文已损坏或者缺失，且未重新上传", "The platform's copy is damaged and was not uploaded again",
            Blame.PLATFORM,
        ) from damaged  # fmt: skip
    return ptbid.open_envelope(bid.header, ciphertext, key, bid.organization.bidder)


def keep_opened(taking: Taking, bid: Bid, opened: Opened) -> None:
    """Fill the bid in from its sheet; its files go into the file store under their hashes.

    Of a technical envelope the record tells that it was opened, and no more: it holds trade secrets (trust.md B.5).
    """
    sheet = opened.sheet
    if bid.part not in PRICED:
        for one in opened.attachments:
            taking.tools.files.put(one.data)
        bid.sheet, bid.opened_at, bid.open_failure, bid.key = dict(sheet), taking.now, None, None
        taking.record("bid.opened", {"envelope": bid.envelope, "part": bid.part}, actor="officers")
        return
    total, further = from_fen(int(opened.price)), further_of(opened)
    for one in opened.attachments:
        taking.tools.files.put(one.data)
    bid.sheet, bid.total, bid.inner = dict(sheet), total, opened.inner
    bid.opened_at, bid.open_failure = taking.now, None
    for name, value in further.items():
        setattr(bid, name, value)
    body = {
        "envelope": bid.envelope, "part": bid.part, "price": opened.price, "inner": opened.inner, "key": bid.key,
    }  # fmt: skip
    taking.record("bid.opened", body, actor="officers")


def further_of(opened: Opened) -> dict[str, Any]:
    """What the sheet says beside the price.

    Raises:
        OpenError: something is missing or no such value, with the inner object as evidence.
    """
    sheet = opened.sheet
    days, words = sheet.get("duration_days"), {name: sheet.get(name) for name in WORDS}
    if type(days) is not int or not 0 < days < MOST_DAYS or not all(_is_word(one) for one in words.values()):
        raise OpenError("报价表缺少应填内容", "The price sheet lacks what it must say", inner=opened.inner)
    return {"duration_days": days, **words}


def _is_word(value: Any) -> bool:
    """A line of text that a column can hold."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_WORD and value.isprintable()


def keep_rejected(taking: Taking, bid: Bid, failure: Exception) -> None:
    """Put on record why an envelope was not opened, with key and inner object as evidence where they were had."""
    told = failure.en if isinstance(failure, SealError) else type(failure).__name__
    bid.opened_at, bid.sheet, bid.total = None, None, None
    bid.open_failure = (failure.zh if isinstance(failure, SealError) else f"{told}: {failure}")[:500]
    body: dict[str, Any] = {"envelope": bid.envelope, "part": bid.part, "reason": told[:500]}
    inner = failure.inner if isinstance(failure, OpenError) else None
    if inner is not None and bid.key is not None and bid.part in PRICED:
        bid.inner = inner
        body |= {"key": bid.key, "inner": inner}
    else:
        bid.key = None
    taking.record("bid.rejected", body, actor="officers")


def read_out(taking: Taking, bids: list[Bid], terms: TenderTerms) -> list[dict[str, Any]]:
    """What is read out: names, prices and the other main contents; in a rehearsal the names of nobody."""
    if taking.rehearsal:
        return [{"number": number} for number, _bid in enumerate(bids, 1)]
    whole, joined = bonded(taking.session, taking.lot, terms), members_of(taking.session, taking.lot)
    waits = bool(unmatched(taking.session, taking.lot))
    return [
        {
            "number": number,
            "bidder": bid.organization.name,
            "uscc": bid.organization.uscc,
            "envelope": bid.envelope,
            "price": "" if bid.total is None else str(bid.total),
            "words": "" if bid.total is None else capitals(bid.total),
            "duration_days": bid.duration_days,
            "quality": bid.quality or "",
            "manager": bid.manager or "",
            "bond": bond_word(bid, terms, whole, waits),
            "consortium": told_of(joined.get(bid.id, [])),
            "remark": bid.rejected_reason or ("投标文件未能解密" if bid.open_failure else ""),
        }
        for number, bid in enumerate(bids, 1)
    ]


def bond_word(bid: Bid, terms: TenderTerms, whole: frozenset[str], waits: bool) -> str:
    """How the bond of a bid stands at the opening."""
    if not terms.bond:
        return "不要求"
    if bid.organization_id in whole:
        return "已提交"
    return "待核对" if waits else "未提交"


def make_record(taking: Taking, rows: list[dict[str, Any]]) -> OpeningRecord:
    """The opening record, open for objections on the spot for the county's minutes."""
    minutes = int(taking.values["opening_objection_minutes"])
    record = OpeningRecord(
        lot_id=taking.lot.id, presided_by_id=taking.actor_id, started_at=taking.now,
        open_until=taking.now + timedelta(minutes=minutes), read_out=rows, base_price=taking.data.get("base_price"),
        digest=hashlib.sha256(canonical(rows)).hexdigest(),
    )  # fmt: skip
    taking.session.add(record)
    return record


def line_of(row: dict[str, Any]) -> str:
    """One bid as the notice prints it."""
    if not row["price"]:
        return f"{row['number']}. {row['bidder']}：{row['remark']}。"
    remark = f"；联合体：{row['consortium']}" if row.get("consortium") else ""
    remark += f"；{row['remark']}" if row["remark"] else ""
    return (
        f"{row['number']}. {row['bidder']}：投标报价{row['price']}元（大写：人民币{row['words']}），"
        f"履行期限{row['duration_days']}日历天，质量{row['quality']}，项目负责人{row['manager']}，投标保证金{row['bond']}{remark}。"
    )


def drawn_coefficient(taking: Taking, terms: TenderTerms) -> str | None:
    """The published coefficient (per cent) drawn from what the closing fixed; None where the documents ask for none."""
    if terms.benchmark is None:
        return None
    return drawn_delta(terms.benchmark["deltas"], tie_seed(taking.session, taking.lot))


def publish_record(taking: Taking, record: OpeningRecord, delta: str | None) -> None:
    """Publish the record and tell the bidders until when they may object; a negotiation's prices are not public."""
    lot = taking.lot
    head = f"{lot.name}于{moment_zh(taking.now)}公开开标，唱标内容如下。"
    tail = f"投标人对开标有异议的，应当在开标现场提出；本记录开放至{moment_zh(record.open_until)}，此后方可定稿。"
    base = () if record.base_price is None else (f"标底：{grouped(record.base_price)}元。",)
    told = f"从公布的下浮系数中抽取：{delta}%（由投标截止时已固定的存证摘要确定，可以复算）。"
    drawn, circle = () if delta is None else (told,), told_at_opening(taking.session, lot)
    asked = (f"受邀请人：{'、'.join(circle['invitees'])}。",) if circle else ()
    text = "\n".join((head, *asked, *(line_of(row) for row in record.read_out), *base, *drawn, tail))
    facts: dict[str, Any] = {"read_out": record.read_out, "digest": record.digest} | circle
    if delta is not None:
        facts["delta_percent"] = delta
    if record.base_price is not None:
        facts["base_price"] = str(record.base_price)
    if not negotiates(lot):
        taking.publish(NoticeKind.OPENING, f"{lot.name}开标记录"[:200], text, facts, ends_at=record.open_until)
    local = beijing(record.open_until)
    bidders = sorted({bid.organization_id for bid in bids_in_force(taking.session, lot)})
    zh = ("开标记录已公布", f"“{lot.name}”已开标；对开标有异议的，请在{local:%H:%M:%S}前当场提出。")
    en = ("Bids opened", f"“{lot.name}” was opened; objections on the spot until {local:%H:%M:%S} Beijing time.")
    taking.tell(zh, en, organizations=bidders)
    tell_owner(taking, zh, en)
    taking.receipt |= {"open_until": local.isoformat(), "digest": record.digest}


@effect(Step.CLOSE_OPENING_RECORD)
def close_opening_record(taking: Taking) -> None:
    """Make the record final, once its time is over and every objection on the spot is answered."""
    record = taking.session.scalar(select(OpeningRecord).where(OpeningRecord.lot_id == taking.lot.id))
    if record is None or record.closed_at is not None:
        raise Refused("record_closed", "开标记录已定稿", "The opening record is final")
    record.closed_at = taking.now
