"""Facts that follow from others 推算事实: how many bids, the winner's rank, whether mandatory."""

from __future__ import annotations

from trading.audit.lots import Facts, Frame, Record
from trading.audit.told import Untold
from trading.beijing import law_date
from trading.methods.proposal import propose
from trading.values import NotInForce

METHOD_NEEDS = ("type", "category", "estimate", "state_controlled")


def derive(record: Record, frame: Frame) -> None:
    """Add what follows from what the file tells; a fact that the file tells itself stays as it is told."""
    if "bids" in record.lists:
        _place(record, frame, record.lists["bids"])
    ends = record.told("publicity", "ends_at")
    if ends is not None:
        record.tell("publicity", ends_day=law_date(ends))
    _method(record, frame)


def stands(bid: Facts) -> bool:
    """Whether the record says that the bid was not rejected."""
    return "rejected_clause" in bid and bid["rejected_clause"] is None


def count_bids(record: Record) -> None:
    """Every bid of the file was there at the deadline, one whose price is told was opened, those not rejected count."""
    bids = record.lists.get("bids")
    if not bids:
        return
    for bid in bids:
        if bid.get("total") is not None:
            bid.setdefault("opened", True)
    record.tell("opening", bids_at_deadline=len(bids))
    if all("rejected_clause" in bid for bid in bids):
        record.tell("evaluation", effective_bids=sum(map(stands, bids)))


def _place(record: Record, frame: Frame, bids: list[Facts]) -> None:
    """The winner's price at the opening, rank, and whether that makes a candidate."""
    winner = record.told("award", "winner")
    bid = next((one for one in bids if one.get("bidder") == winner), None) if winner else None
    if bid is None:
        return
    if "total" in bid:
        record.tell("award", price_at_opening=bid["total"])
    if "rank" in bid:
        record.tell("award", winner_rank=bid["rank"])
        candidates = record.told("evaluation", "candidates")
        try:
            most = candidates if candidates is not None else frame.values(frame.law_day(record))["candidates_max"]
        except (NotInForce, Untold):
            return
        record.tell("award", in_candidates=bid["rank"] is not None and bid["rank"] <= most)


def _method(record: Record, frame: Frame) -> None:
    """Mandatory or not, and the methods that the table allows (R04.C1)."""
    facts = {**record.facts.get("project", {}), **record.facts.get("lot", {})}
    if any(facts.get(name) is None for name in METHOD_NEEDS):
        return
    try:
        found = propose(
            facts["type"], facts["category"], facts["estimate"], facts["state_controlled"],
            frame.values(frame.law_day(record)),  # type: ignore[arg-type]
        )  # fmt: skip
    except (NotInForce, Untold):
        return
    allowed = tuple(dict.fromkeys([found.method, *(one.method for one in found.allowed)]))
    record.tell("method", proposed=found.method, mandatory=found.mandatory, allowed=allowed)
