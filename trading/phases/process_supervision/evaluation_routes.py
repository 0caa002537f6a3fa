"""The pages and operations of the evaluation 评标: for the committee alone until the report is handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import select

from trading.codelists import EvaluationMethod, Role
from trading.database import db
from trading.errors import NotFound
from trading.methods.comprehensive import FactorKind
from trading.methods.rejection import RejectionClause, abnormally_low
from trading.models import WHOLE_BID, Bid, Lot, Member, RejectionMotion, TenderTerms
from trading.phases.process_supervision import evaluating, evaluation_schemas, reporting
from trading.phases.process_supervision.blueprint import blueprint
from trading.steps import Step
from trading.values import NotInForce
from trading.web import access
from trading.web.fields import NothingAsked
from trading.web.formats import shown_value, word
from trading.web.steps import StepPage, find_lot, mount, now, tools
from trading.workflow.evaluation_record import effective_bids, members_of, report_of

EFFECTS_OF = (evaluating, reporting)


def own_seat(lot: Lot) -> Member:
    """The seat of the reader.

    Raises:
        NotFound: he has none; nobody learns whether there is a committee.
    """
    query = select(Member).where(Member.lot_id == lot.id, Member.user_id == access.actor().id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def terms_of(lot: Lot) -> TenderTerms:
    """What the tender documents say."""
    return db.session.scalars(select(TenderTerms).where(TenderTerms.lot_id == lot.id)).one()


def opened_bids(lot: Lot) -> Sequence[Bid]:
    """All bids that were opened, rejected ones included."""
    query = select(Bid).where(Bid.lot_id == lot.id, WHOLE_BID, Bid.opened_at.is_not(None))
    return db.session.scalars(query.order_by(Bid.envelope)).all()


def motions_of(lot: Lot) -> Sequence[RejectionMotion]:
    """The motions to reject, in order."""
    query = select(RejectionMotion).where(RejectionMotion.lot_id == lot.id)
    return db.session.scalars(query.order_by(RejectionMotion.moved_at, RejectionMotion.id)).all()


def motion_json(motion: RejectionMotion, seat: Member) -> dict[str, Any]:
    """A motion as every member sees it: how many voted, not who."""
    return {
        "id": motion.id, "bid": motion.bid_id, "clause": motion.clause, "reason": motion.reason,
        "votes": len(motion.votes), "voted": seat.id in motion.votes, "carried": motion.carried,
    }  # fmt: skip


def evaluation_json(lot: Lot, seat: Member) -> dict[str, Any]:
    """What a member may see: the bids, the factors, his own sheet, motions, and the report once it is drafted."""
    report, terms, members = report_of(db.session, lot), terms_of(lot), members_of(db.session, lot)
    return {
        "method": terms.evaluation_method.value if terms.evaluation_method else None,
        "ceiling": None if terms.ceiling is None else str(terms.ceiling),
        "factors": terms.factors,
        "chair": seat.is_chair,
        "members": len(members),
        "sheets": sum(1 for one in members if one.sheet_at),
        "signed": sum(1 for one in members if one.signed_at),
        "own_sheet": seat.sheet,
        "bids": [
            {"id": bid.id, "bidder": bid.organization.name, "envelope": bid.envelope, "total": str(bid.total),
             "rejected_clause": bid.rejected_clause, "rejected_reason": bid.rejected_reason}
            for bid in opened_bids(lot)
        ],
        "motions": [motion_json(one, seat) for one in motions_of(lot)],
        "report": None if report is None else {
            "digest": report.digest, "ranking": report.ranking, "candidates": report.candidates,
            "flags": report.flags, "tie_break": report.tie_break, "competition_reason": report.competition_reason,
        },
    }  # fmt: skip


@access.allow(Role.EXPERT, Role.OWNER)
def evaluation_page(code: str) -> ResponseReturnValue:
    """The member's own room: what is to be done, and how far the committee is."""
    lot = find_lot(code)
    seat = own_seat(lot)
    return render_template(
        "process_supervision/evaluation.html", lot=lot, seat=seat, facts=evaluation_json(lot, seat),
        committee=members_of(db.session, lot), terms=terms_of(lot), bids={bid.id: bid for bid in opened_bids(lot)},
        clauses=RejectionClause,
    )  # fmt: skip


@access.allow(Role.EXPERT, Role.OWNER)
def evaluation_json_page(code: str) -> ResponseReturnValue:
    """The same by JSON."""
    lot = find_lot(code)
    return evaluation_json(lot, own_seat(lot)), 200


def bidder_names(lot: Lot, _subject: str | None) -> Mapping[str, list[tuple[str, str]]]:
    """The bids that stand, by the bidder's name, and the factors by their titles."""
    bids = [
        (bid.id, f"{bid.organization.name}（{shown_value(bid.total)} 元）") for bid in effective_bids(db.session, lot)
    ]
    return {"bid": bids, "factor": [(row["code"], row["title"]) for row in terms_of(lot).factors]}


def blank_sheet(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The member's sheet as it was, or with one row a bid (and factor)."""
    own = (own_seat(lot).sheet or {}).get("bids", {})
    bids, terms = effective_bids(db.session, lot), terms_of(lot)
    if terms.evaluation_method is EvaluationMethod.COMPREHENSIVE:
        codes = [row["code"] for row in terms.factors if row["kind"] != FactorKind.PRICE]
        return {"points": [point_row(bid.id, code, own.get(bid.id, {})) for bid in bids for code in codes]}
    return {"reviews": [review_row(bid.id, own.get(bid.id)) for bid in bids]}


def point_row(bid: str, code: str, kept: Mapping[str, Any]) -> dict[str, Any]:
    """One row of a comprehensive sheet."""
    points, reason = kept.get("scores", {}).get(code), kept.get("reasons", {}).get(code)
    return {"bid": bid, "factor": code, "points": points, "reason": reason}


def review_row(bid: str, kept: Mapping[str, Any] | None) -> dict[str, Any]:
    """One row of a lowest-price sheet."""
    if kept is None:
        return {"bid": bid}
    change = kept["adjustments"][0] if kept["adjustments"] else {"amount": None, "reason": None}
    return {"bid": bid, "passed": kept["passed"], "reason": kept["reason"], "adjustment": change["amount"],
            "adjustment_reason": change["reason"]}  # fmt: skip


def low_prices(lot: Lot) -> list[Bid]:
    """The bids whose price the committee must have explained (R12.C7)."""
    bids = effective_bids(db.session, lot)
    offers = [bid.total for bid in bids if bid.total is not None]
    values, ceiling = tools().values(lot, now()), terms_of(lot).ceiling
    try:
        return [bid for bid in bids if bid.total is not None and abnormally_low(bid.total, offers, ceiling, values)]
    except NotInForce:
        return []


def draft_rows(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """One row for each abnormally low price."""
    return {"low_prices": [{"bid": bid.id} for bid in low_prices(lot)]}


def warned(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """Which prices are abnormally low: a reason to ask, never in itself to reject."""
    own_seat(lot)
    names = [bid.organization.name for bid in low_prices(lot)]
    if not names:
        return Markup()
    text = _("以下投标报价明显偏低，应当要求投标人书面说明：%(names)s", names=_("、").join(names))
    return Markup(render_template("process_supervision/evaluation_note.html", text=text))


def shown_motion(lot: Lot, subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The motion that is voted on."""
    own_seat(lot)
    motion = db.session.get(RejectionMotion, subject or "")
    if motion is None or motion.lot_id != lot.id:
        raise NotFound()
    bid = db.session.get_one(Bid, motion.bid_id)
    clause = word(RejectionClause(motion.clause))
    text = _("提议否决“%(bidder)s”的投标：%(clause)s。理由：%(reason)s", bidder=bid.organization.name, clause=clause,
             reason=motion.reason)  # fmt: skip
    return Markup(render_template("process_supervision/evaluation_note.html", text=text))


def shown_report(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The drafted report."""
    own_seat(lot)
    bids = {bid.id: bid for bid in opened_bids(lot)}
    return render_template(
        "process_supervision/evaluation_report.html",
        report=report_of(db.session, lot),
        bids=bids,
        clauses=RejectionClause,
    )


PAGES = (
    StepPage(
        Step.SCORE,
        evaluation_schemas.ScoreSchema,
        offer=bidder_names,
        initial=blank_sheet,
        aside=warned,
        lead=_l("请独立评审。报告起草之前，其他成员看不到您的评审表，您也看不到他们的。"),
    ),
    StepPage(Step.REJECT_BID, evaluation_schemas.RejectSchema, offer=bidder_names, danger=True),
    StepPage(Step.VOTE_REJECTION, evaluation_schemas.VoteSchema, subject=True, aside=shown_motion),
    StepPage(
        Step.DRAFT_REPORT, evaluation_schemas.DraftReportSchema, offer=bidder_names, initial=draft_rows, aside=warned
    ),
    StepPage(Step.SIGN_REPORT, evaluation_schemas.SignSchema, aside=shown_report),
    StepPage(Step.SUBMIT_REPORT, NothingAsked, aside=shown_report),
)
for _page in PAGES:
    mount(blueprint, _page)
blueprint.add_url_rule("/lots/<string:code>/evaluation", "evaluation", evaluation_page)
blueprint.add_url_rule("/api/v1/lots/<string:code>/evaluation", "evaluation_json", evaluation_json_page)
