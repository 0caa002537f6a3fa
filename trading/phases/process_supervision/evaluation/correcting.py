"""Correcting the arithmetic of a bid 算术性修正: the committee enters what it found, the bidder confirms (R12.C6)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from trading.codelists import InquiryKind
from trading.errors import InvalidInput, Refused
from trading.methods.arithmetic import CorrectedPrice, Line, PriceSheet, correct, correct_procurement
from trading.methods.rejection import InvalidBid, RejectionClause, above_ceiling, clause_for
from trading.models import Bid
from trading.money import LIMIT, grouped
from trading.phases.process_supervision.evaluation.committee_room import (
    chair,
    refuse_correction,
    reject_by_figures,
    settle_overdue,
    standing_bid,
    terms_of,
    void_draft,
)
from trading.phases.process_supervision.evaluation.inquiring import UNNAMED, own_letter, tell_committee, write_letter
from trading.steps import Step
from trading.workflow.inquiry_record import inquiries_of
from trading.workflow.taking import Taking, effect


@effect(Step.CORRECT_ARITHMETIC)
def correct_arithmetic(taking: Taking) -> None:
    """Compute the corrected price from what the committee found, in the order of the law, and ask the bidder."""
    void_draft(taking)
    settle_overdue(taking)
    chair(taking)
    bid = standing_bid(taking, taking.data["bid"])
    made = [one for one in inquiries_of(taking.session, taking.lot) if one.bid_id == bid.id]
    if any(one.kind is InquiryKind.CORRECTION and one.confirmed for one in made):
        raise Refused("corrected", "该投标的修正已经投标人确认", "The bidder has confirmed a correction already")
    found = corrected(taking, bid)
    if not found.needs_confirmation:
        raise Refused(
            "nothing_to_correct", "所填内容没有需要修正的地方", "There is nothing to correct in what you entered"
        )
    if found.total <= 0 or found.total > LIMIT:
        raise InvalidInput.of(
            "lines", "修正后的价格不成立，请核对所填内容", "The corrected price makes no sense: check it"
        )
    facts = {"before": str(bid.total), "total": str(found.total), **facts_of(found)}
    write_letter(taking, bid, InquiryKind.CORRECTION, taking.data["question"], facts)
    taking.receipt["corrected"] = str(found.total)


def corrected(taking: Taking, bid: Bid) -> CorrectedPrice:
    """The price of ``bid`` after the corrections for its type: D87 59 in procurement, D12 19 and D30 53 elsewhere."""
    data = taking.data
    lines = tuple(Line(row["item"], row["quantity"], row["unit_price"], row["total"]) for row in data["lines"])
    total = bid.total or Decimal(0)
    if taking.lot.project.type.is_procurement:
        return correct_procurement(PriceSheet(total, data["words"], lines, data["in_bid"]))
    return correct(PriceSheet(total, data["words"], lines))


def facts_of(found: CorrectedPrice) -> dict[str, Any]:
    """The corrections as the letter and the report tell them."""
    return {
        "corrections": [
            {"code": one.code, "item": one.item, "before": str(one.before), "after": str(one.after), "zh": one.zh,
             "en": one.en, "source": one.source}
            for one in found.corrections
        ]
    }  # fmt: skip


@effect(Step.CONFIRM_CORRECTION)
def confirm_correction(taking: Taking) -> None:
    """The bidder confirms, and the corrected price is his price from then on; or refuses, and his bid is out."""
    inquiry = own_letter(taking, InquiryKind.CORRECTION)
    bid = taking.session.get_one(Bid, inquiry.bid_id)
    inquiry.answered_at, inquiry.answered_by_id = taking.now, taking.actor_id
    confirmed = bool(taking.data["agrees"])
    taking.record("evaluation.answer", {"letter": inquiry.id, "confirmed": confirmed}, UNNAMED)
    tell_committee(taking, inquiry)
    if not confirmed:
        refuse_correction(taking, inquiry, "投标人书面不确认算术性修正")
        return
    inquiry.confirmed = True
    bid.total = Decimal(inquiry.facts["total"])
    ceiling = terms_of(taking).ceiling
    if above_ceiling(bid.total, ceiling) and ceiling is not None:
        clause = clause_for(taking.lot.project.type, works=RejectionClause.PRICE, procurement=InvalidBid.PRICE)
        reason = f"修正后的报价{grouped(bid.total)}元高于最高投标限价{grouped(ceiling)}元"
        reject_by_figures(taking, bid, clause, reason)
