"""A lot's draws as they are kept 抽取记录: what binds the newest one, its rounds, whether it recomputes."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from trading.experts.draw import Fixed, Seat, excl_hash
from trading.experts.recorded import Round, candidates, outcomes
from trading.models import Draw, Invitation, LedgerEntry, Lot

PARTIES = ("centre", "supervisor")
NEWEST = select(Draw).where(Draw.lot_id == bindparam("lot")).order_by(Draw.number.desc()).limit(1)
CLOSING = (
    select(LedgerEntry)
    .where(LedgerEntry.chain == bindparam("code"), LedgerEntry.kind == "tender.closed")
    .order_by(LedgerEntry.tseq)
    .limit(1)
)


def newest_draw(session: Session, lot: Lot) -> Draw | None:
    """The newest draw of the lot."""
    return session.scalar(NEWEST, {"lot": lot.id})


def ended(draw: Draw) -> bool:
    """Whether a draw ended without a committee."""
    return draw.shortage is not None or draw.aborted_reason is not None


def closing(session: Session, lot: Lot) -> tuple[str, str] | None:
    """``bids_root`` and leaf (both hex) of the lot's ``tender.closed``, what draws and ties depend on."""
    entry = session.scalar(CLOSING, {"code": lot.code})
    if entry is None or entry.body is None:
        return None
    return json.loads(entry.body)["bids_root"], entry.leaf.hex()


def on_record(draw: Draw) -> bool:
    """Whether the dice were signed by both witnesses."""
    return draw.dice is not None and len(draw.dice_witnesses) == 2


def fixed_of(session: Session, lot: Lot, draw: Draw) -> Fixed | None:
    """What was fixed before the reveals; None while something of it is missing."""
    closed = closing(session, lot)
    if closed is None or draw.exclusions is None or draw.dice is None or draw.pool_root is None:
        return None
    if not on_record(draw) or (draw.rules.get("beacon") is not None and draw.beacon is None):
        return None
    return Fixed(
        pool_root=draw.pool_root,
        pool_size=len(draw.pool),
        excl_hash=excl_hash(draw.exclusions["codes"], draw.exclusions["ids"]),
        bids_root=closed[0],
        anchors={party: one["anchor"] for party, one in draw.commits.items()},
        dice=draw.dice,
        beacon=draw.beacon,
    )


def rounds_of(session: Session, draw: Draw) -> list[Round]:
    """The rounds that both parties revealed, each with the refusals after its result."""
    rows = session.execute(
        select(Invitation.leaf_id, Invitation.refused_after_round).where(
            Invitation.draw_id == draw.id, Invitation.refused_at.is_not(None)
        )
    ).all()
    return [
        Round(reveals, tuple(sorted(leaf for leaf, after in rows if after == number)))
        for number, reveals in enumerate(draw.reveals)
        if set(reveals) == set(PARTIES)
    ]


def selected_json(given: tuple[Seat, ...]) -> list[dict[str, Any]]:
    """The seats as ``draw.result`` tells them."""
    return [seat.as_json() for seat in given]


def recomputes(session: Session, lot: Lot, draw: Draw) -> bool:
    """Whether the recorded results are what the recorded inputs give, round by round (R11.C15)."""
    fixed = fixed_of(session, lot, draw)
    if fixed is None or not draw.results:
        return False
    excluded = draw.exclusions["ids"] if draw.exclusions else {}
    again = outcomes(draw.rules, fixed, excluded, candidates(draw.pool), rounds_of(session, draw))
    kept = [row["selected"] for row in draw.results]
    return kept == [selected_json(one.given) for one in again if isinstance(one.given, tuple)]
