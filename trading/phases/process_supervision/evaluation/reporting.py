"""The committee's report 评标报告: drafted by the chair from all sheets, signed by every member, handed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trading.codelists import ProjectType
from trading.errors import InvalidInput, Refused
from trading.experts.committee import Opinion
from trading.methods.outcome import LOW_PRICE, OBJECTIVE, Outcome
from trading.models import Bid, Evaluation
from trading.phases.process_supervision.evaluation.committee_room import (
    chair,
    member_users,
    own_seat,
    settle_overdue,
    terms_of,
    void_draft,
)
from trading.phases.process_supervision.evaluation.evaluating import open_motions
from trading.steps import Step
from trading.workflow.choice_clock import start_choice_clock
from trading.workflow.concerned import tell_owner
from trading.workflow.evaluation_record import (
    effective_bids,
    members_of,
    outcome_of,
    rejected_bids,
    report_digest,
    report_of,
    tie_seed,
)
from trading.workflow.inquiry_record import inquiries_of, is_open, settled_low_prices
from trading.workflow.keys import key_in_force
from trading.workflow.negotiation_record import negotiates
from trading.workflow.taking import Taking, effect


@effect(Step.DRAFT_REPORT)
def draft_report(taking: Taking) -> None:
    """Compute the ranking from all sheets, exactly, and put the report together."""
    void_draft(taking)
    chair(taking)
    settle_overdue(taking)
    bids = refuse_unready(taking)
    outcome = outcome_of(taking.session, taking.lot, terms_of(taking), taking.values)
    refuse_disagreement(taking, outcome, bids)
    by_id = {bid.id: bid for bid in bids}
    for line in outcome.lines:
        bid = by_id[line.bid]
        bid.evaluated_price, bid.rank = line.evaluated_price, line.rank
        bid.score = None if line.score is None else str(line.score)
    report = make_report(taking, outcome)
    taking.session.add(report)
    taking.record("evaluation.drafted", {"digest": report.digest, "effective": len(bids)})
    taking.receipt |= {"digest": report.digest, "effective": len(bids), "candidates": len(outcome.candidates)}
    taking.tell(
        ("请签署评标报告", f"“{taking.lot.name}”评标报告已起草，请核对并签署。"),
        ("Please sign the report", f"The report on “{taking.lot.name}” is drafted; please check and sign."),
        users=member_users(taking),
    )


def refuse_unready(taking: Taking) -> Sequence[Bid]:
    """The effective bids, when nothing that the report rests on is still open.

    Raises:
        Refused: a sheet is missing, a motion or a letter is open, or too few bids are left.
    """
    if any(member.sheet_at is None for member in members_of(taking.session, taking.lot)):
        raise Refused("sheets_missing", "尚有成员未提交评审表", "Some members have not handed in their sheets")
    if open_motions(taking):
        raise Refused("motions_open", "尚有否决投标的提议未表决完毕", "A motion to reject a bid is not decided yet")
    waiting = [one.number for one in inquiries_of(taking.session, taking.lot) if is_open(one, taking.now)]
    if waiting:
        numbers = "、".join(map(str, waiting))
        raise Refused(
            "letters_open",
            f"第 {numbers} 号函件尚未办结，不能起草评标报告",
            f"Letters {numbers.replace('、', ', ')} are still open: the report cannot be drafted",
        )
    bids = effective_bids(taking.session, taking.lot)
    least = int(taking.values["bidders_min"])
    if taking.lot.project.type is ProjectType.GP and not negotiates(taking.lot) and len(bids) < least:
        raise Refused(
            "too_few_effective",
            f"实质性响应的投标不足{least}家，应予废标",
            f"Fewer than {least} bids conform: the purchase by tender ends",
        )
    if not bids:
        raise Refused(
            "no_effective_bids",
            "全部投标已被否决，不能推荐中标候选人，应由招标人宣布流标",
            "All bids are rejected: nobody can be recommended, the owner declares the tender failed",
        )
    return bids


def refuse_disagreement(taking: Taking, outcome: Outcome, bids: Sequence[Bid]) -> None:
    """Stop while members score an objective factor differently, or, in procurement, a low price was never asked about.

    Raises:
        Refused: naming factors and bidders, and nobody's points.
    """
    names = {bid.id: bid.organization.name for bid in bids}
    odd = sorted({(names[flag["bid"]], flag["factor"]) for flag in outcome.flags if flag["kind"] == OBJECTIVE})
    if odd:
        told = "；".join(f"{name} {factor}" for name, factor in odd)
        raise Refused(
            "objective_scores_differ",
            f"客观因素评分应当一致，请核对后重新提交评审表：{told}",
            f"Objective factors are scored alike by all members; check: {told}",
        )
    asked = settled_low_prices(inquiries_of(taking.session, taking.lot))
    silent = [names[one["bid"]] for one in outcome.flags if one["kind"] == LOW_PRICE and one["bid"] not in asked]
    if silent and taking.lot.project.type.is_procurement:
        raise Refused(
            "low_price_unasked",
            f"报价异常低的，应当先要求投标人书面说明：{'、'.join(silent)}",
            f"An abnormally low price is explained in writing first: {', '.join(silent)}",
        )


def make_report(taking: Taking, outcome: Outcome) -> Evaluation:
    """The report as a record: ranking, candidates, flags with their explanations, ties with what repeats them."""
    data, session, lot = taking.data, taking.session, taking.lot
    letters = inquiries_of(session, lot)
    explained = settled_low_prices(letters)
    bids = {bid.id: bid for bid in effective_bids(session, lot)}
    flags: list[dict[str, Any]] = []
    for flag in outcome.flags:
        bidder = bids[flag["bid"]].organization
        if flag["kind"] == LOW_PRICE:
            flags.append({**flag, "about": bidder.id, "explanation": explained.get(flag["bid"], "")})
        else:
            flags.append({**flag, "about": f"{bidder.name} {flag.get('factor', '')}".strip()})
    seed = [part.hex() for part in tie_seed(session, lot)]
    return Evaluation(
        lot_id=lot.id, drafted_at=taking.now, drafted_by_id=taking.actor_id,
        ranking=[line.as_json() for line in outcome.lines],
        candidates=[line.as_json() for line in outcome.candidates], flags=flags,
        competition_reason=data["competition_reason"], fatal_defect=data["fatal_defect"],
        tie_break={"seed": seed, "places": list(outcome.ties)} if outcome.ties else None,
        digest=report_digest(lot, outcome, rejected_bids(session, lot), letters),
    )  # fmt: skip


def drafted(taking: Taking) -> Evaluation:
    """The drafted report.

    Raises:
        Refused: there is none.
    """
    report = report_of(taking.session, taking.lot)
    if report is None:
        raise Refused("no_report", "评标报告尚未起草", "The report is not drafted yet")
    return report


@effect(Step.SIGN_REPORT)
def sign_report(taking: Taking) -> None:
    """A member signs, with dissent in writing where he differs; a refusal without reasons is consent (ZTBT 53).

    Who has registered a signing key signs the digest with it; who has none agrees to it under his own login.
    """
    report, member = drafted(taking), own_seat(taking)
    if member.signed_at is not None:
        raise Refused("signed", "您已签署", "You have signed")
    opinion, text = taking.data["opinion"], taking.data["text"]
    if opinion is Opinion.DISSENT and not text:
        raise InvalidInput.of(
            "text", "有不同意见的，应当书面说明意见和理由", "Dissent is given in writing, with its reasons"
        )
    if opinion is Opinion.REFUSE and not text:
        opinion = Opinion.AGREE
    member.signed_at, member.opinion, member.dissent = taking.now, opinion.value, text
    body = {"digest": report.digest, "opinion": opinion.value}
    if key_in_force(taking.session, taking.actor.signer if taking.actor else "") is None:
        taking.record("evaluation.signed", body)
    else:
        taking.record_signed("evaluation.report_signed", body)
    taking.receipt |= {"digest": report.digest, "opinion": opinion.value}


@effect(Step.SUBMIT_REPORT)
def submit_report(taking: Taking) -> None:
    """The chair hands the report to the owner, once every member has signed."""
    report = drafted(taking)
    chair(taking)
    report.submitted_at = taking.now
    taking.lot.evaluated_at = taking.now
    start_choice_clock(taking)
    taking.record("evaluation.report", {"digest": report.digest, "candidates": len(report.candidates)})
    taking.receipt["digest"] = report.digest
    days = int(taking.values["publicity_start"])
    tell_owner(
        taking,
        ("收到评标报告", f"“{taking.lot.name}”评标报告已提交，应当自收到之日起 {days} 日内公示中标候选人。"),
        (
            "Evaluation report received",
            f"The report on “{taking.lot.name}” is handed in; publicize the candidates within {days} days.",
        ),
    )
