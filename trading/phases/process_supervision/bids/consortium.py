"""Consortiums at the opening 联合体投标: who joined, as the sealed sheet says; what the law forbids is invalid at once.

A sheet names the members line by line, the lead first: credit code, name, share in per cent, work. The agreement is
one of the files in the envelope, known by its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.identifiers import valid_uscc
from trading.methods.rejection import Clause, InvalidBid, RejectionClause, clause_for
from trading.models import Bid, ConsortiumMember, Lot, TenderTerms
from trading.phases.process_supervision.deposits.bonds import reject
from trading.workflow.taking import Taking

AGREEMENT = ("联合体", "consortium")
SEPARATORS = str.maketrans({"，": ",", "、": ",", "\t": ",", "；": ","})
WHOLE = Decimal(100)
MOST_MEMBERS = 10
LONGEST = 200


class NoConsortium(ValueError):
    """The sheet names no lawful consortium; the words say why."""


def parse(text: str) -> list[dict[str, Any]]:
    """The members as typed, the lead first.

    Raises:
        NoConsortium: fewer than two, a code that is none, a code twice, or shares that do not add up to a whole.
    """
    found = []
    for line in text.splitlines():
        cells = [one.strip() for one in line.translate(SEPARATORS).split(",", 3)]
        if any(cells):
            found.append(member_of(cells))
    if not 2 <= len(found) <= MOST_MEMBERS or len({one["uscc"] for one in found}) != len(found):
        raise NoConsortium("联合体成员应当为两家以上且不重复")
    if sum((one["share"] for one in found), Decimal(0)) != WHOLE:
        raise NoConsortium("联合体成员份额合计应当为100%")
    return found


def member_of(cells: Sequence[str]) -> dict[str, Any]:
    """One line: code, name, share, and the work that the member does.

    Raises:
        NoConsortium: something is missing or no such value.
    """
    if len(cells) < 3 or not valid_uscc(cells[0]) or not cells[1] or max(map(len, cells)) > LONGEST:
        raise NoConsortium("联合体成员的统一社会信用代码、名称或者份额填写有误")
    try:
        share = Decimal(cells[2].removesuffix("%"))
    except InvalidOperation as wrong:
        raise NoConsortium("联合体成员份额填写有误") from wrong
    if not share.is_finite() or not 0 < share < WHOLE:
        raise NoConsortium("联合体成员份额填写有误")
    return {"uscc": cells[0], "name": cells[1], "share": share, "work": cells[3] if len(cells) > 3 else ""}


def members_of(session: Session, lot: Lot) -> dict[str, list[ConsortiumMember]]:
    """The members behind each bid of a lot, by bid, the lead first."""
    rows = session.scalars(select(ConsortiumMember).where(ConsortiumMember.lot_id == lot.id)).all()
    found: dict[str, list[ConsortiumMember]] = {}
    for row in sorted(rows, key=lambda one: (not one.lead, one.uscc)):
        found.setdefault(row.bid_id, []).append(row)
    return found


def judge_consortiums(taking: Taking, bids: Sequence[Bid], terms: TenderTerms) -> None:
    """Keep the members of every opened bid; reject what the documents do not allow and whoever stands in two bids."""
    for bid in bids:
        if bid.opened_at is not None and (bid.sheet or {}).get("consortium"):
            judge_one(taking, bid, terms)
    taking.session.flush()
    members = members_of(taking.session, taking.lot)
    named = {bid.id: {bid.organization.uscc, *(one.uscc for one in members.get(bid.id, ()))} for bid in bids}
    often = Counter(uscc for usccs in named.values() for uscc in usccs)
    for bid in bids:
        twice = sorted(uscc for uscc in named[bid.id] if often[uscc] > 1)
        if twice and bid.opened_at is not None and bid.rejected_clause is None:
            clause = clause_of(taking.lot, RejectionClause.SEVERAL_BIDS)
            reject(taking, bid, clause, f"联合体成员在同一标段重复投标（{'、'.join(twice)}），相关投标均无效")


def judge_one(taking: Taking, bid: Bid, terms: TenderTerms) -> None:
    """One bid of a consortium: whether the documents take it, its agreement is there, and its members are named."""
    sheet: Mapping[str, Any] = bid.sheet or {}
    try:
        found = parse(str(sheet["consortium"]))
        if found[0]["uscc"] != bid.organization.uscc:
            raise NoConsortium("联合体应当由牵头人递交投标文件")
    except NoConsortium as wrong:
        reject(taking, bid, clause_of(taking.lot, RejectionClause.NO_CONSORTIUM_AGREEMENT), str(wrong))
        return
    for number, row in enumerate(found):
        told = {**row, "share": f"{row['share']:f}"}
        taking.session.add(ConsortiumMember(lot_id=taking.lot.id, bid_id=bid.id, lead=number == 0, **told))
    if not terms.consortium_allowed:
        reject(taking, bid, clause_of(taking.lot, RejectionClause.NOT_RESPONSIVE), "招标文件不接受联合体投标")
    elif not has_agreement(taking.session, bid):
        clause = clause_of(taking.lot, RejectionClause.NO_CONSORTIUM_AGREEMENT)
        reject(taking, bid, clause, "联合体投标未附共同投标协议")


def clause_of(lot: Lot, works: RejectionClause) -> Clause:
    """The clause of the list for the lot's type; order 87 leaves these to the documents and other law (63(6))."""
    return clause_for(lot.project.type, works=works, procurement=InvalidBid.STATED)


def has_agreement(session: Session, bid: Bid) -> bool:
    """Whether a file of the bid, in either envelope, is the joint agreement."""
    query = select(Bid.sheet).where(
        Bid.lot_id == bid.lot_id, Bid.organization_id == bid.organization_id, Bid.current.is_(True)
    )
    sheets = (bid.sheet, *session.scalars(query))
    names = [one.get("name", "") for sheet in sheets for one in (sheet or {}).get("attachments", [])]
    return any(word in name.lower() for name in names for word in AGREEMENT)


def told_of(members: Sequence[ConsortiumMember]) -> str:
    """A consortium as the opening record and notices print it; nothing for a bidder alone."""
    return "；".join(f"{'牵头人' if one.lead else '成员'}{one.name}（{one.share}%）" for one in members)
