"""The committee's report 评标报告: drafted by the chair from all sheets, signed by every member, handed in."""

from __future__ import annotations

from typing import Any

from trading.errors import InvalidInput, NotAllowed, Refused
from trading.experts.committee import Opinion
from trading.methods.outcome import Outcome
from trading.models import Evaluation, Member
from trading.phases.process_supervision.evaluating import member_users, open_motions, own_seat, terms_of, void_draft
from trading.steps import Step
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
from trading.workflow.taking import Taking, effect


def chair(taking: Taking) -> Member:
    """The seat of the person who is calling, if he has the chair.

    Raises:
        NotAllowed: he has not.
    """
    member = own_seat(taking)
    if not member.is_chair:
        raise NotAllowed("此事项由评标委员会主任委员办理", "This is for the chair of the committee")
    return member


@effect(Step.DRAFT_REPORT)
def draft_report(taking: Taking) -> None:
    """Compute the ranking from all sheets, exactly, and put the report together."""
    void_draft(taking)
    chair(taking)
    if any(member.sheet_at is None for member in members_of(taking.session, taking.lot)):
        raise Refused("sheets_missing", "尚有成员未提交评审表", "Some members have not handed in their sheets")
    if open_motions(taking):
        raise Refused("motions_open", "尚有否决投标的提议未表决完毕", "A motion to reject a bid is not decided yet")
    bids = effective_bids(taking.session, taking.lot)
    if not bids:
        raise Refused(
            "no_effective_bids",
            "全部投标已被否决，不能推荐中标候选人，应由招标人宣布流标",
            "All bids are rejected: nobody can be recommended, the owner declares the tender failed",
        )
    outcome = outcome_of(taking.session, taking.lot, terms_of(taking), taking.values)
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


def make_report(taking: Taking, outcome: Outcome) -> Evaluation:
    """The report as a record: ranking, candidates, flags with their explanations, ties with what repeats them."""
    data = taking.data
    explained = {row["bid"]: row["explanation"] for row in data["low_prices"] if row["explanation"]}
    bids = {bid.id: bid for bid in effective_bids(taking.session, taking.lot)}
    if not set(explained) <= set(bids):
        raise InvalidInput.of("low_prices", "请选择有效投标", "Choose standing bids alone")
    flags: list[dict[str, Any]] = []
    for flag in outcome.flags:
        bidder = bids[flag["bid"]].organization
        if flag["kind"] == "low_price":
            flags.append({**flag, "about": bidder.id, "explanation": explained.get(flag["bid"], "")})
        else:
            flags.append({**flag, "about": f"{bidder.name} {flag.get('factor', '')}".strip()})
    seed = [part.hex() for part in tie_seed(taking.session, taking.lot)]
    return Evaluation(
        lot_id=taking.lot.id, drafted_at=taking.now, drafted_by_id=taking.actor_id,
        ranking=[line.as_json() for line in outcome.lines],
        candidates=[line.as_json() for line in outcome.candidates], flags=flags,
        competition_reason=data["competition_reason"], fatal_defect=data["fatal_defect"],
        tie_break={"seed": seed, "places": list(outcome.ties)} if outcome.ties else None,
        digest=report_digest(taking.lot, outcome, rejected_bids(taking.session, taking.lot)),
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
    """A member signs, with dissent in writing where he differs; a refusal without reasons is consent (ZTBT 53)."""
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
    taking.record("evaluation.signed", {"digest": report.digest, "opinion": opinion.value})
    taking.receipt |= {"digest": report.digest, "opinion": opinion.value}


@effect(Step.SUBMIT_REPORT)
def submit_report(taking: Taking) -> None:
    """The chair hands the report to the owner, once every member has signed."""
    report = drafted(taking)
    chair(taking)
    report.submitted_at = taking.now
    taking.lot.evaluated_at = taking.now
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
