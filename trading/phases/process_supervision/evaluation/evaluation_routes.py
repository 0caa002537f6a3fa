"""The pages and operations of the evaluation 评标: for the committee alone until the report is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from trading.codelists import EvaluationMethod, Role
from trading.database import db
from trading.errors import NotFound
from trading.methods.comprehensive import FactorKind
from trading.methods.outcome import low_prices
from trading.methods.rejection import clause_word, clauses_of
from trading.models import Bid, Lot, RejectionMotion
from trading.phases.process_supervision.blueprint import blueprint
from trading.phases.process_supervision.evaluation import evaluating, evaluation_schemas, reporting
from trading.phases.process_supervision.evaluation.evaluation_looking import (
    bids_by_name,
    evaluation_json,
    opened_bids,
    own_seat,
    report_json,
    terms_of,
)
from trading.phases.process_supervision.evaluation.sheets import asked_policies, bands_of
from trading.steps import Step
from trading.web import access
from trading.web.exchange import language
from trading.web.fields import NothingAsked
from trading.web.steps import StepPage, find_lot, mount, now, tools
from trading.workflow.evaluation_record import documents_of, effective_bids, members_of, report_of, to_evaluate

EFFECTS_OF = (evaluating, reporting)


@access.allow(Role.EXPERT, Role.OWNER)
def evaluation_page(code: str) -> ResponseReturnValue:
    """The member's own room: what is to be done, and how far the committee is."""
    lot = find_lot(code)
    seat = own_seat(lot)
    return render_template(
        "process_supervision/evaluation.html", lot=lot, seat=seat, facts=evaluation_json(lot, seat),
        committee=members_of(db.session, lot), terms=terms_of(lot), bids={bid.id: bid for bid in opened_bids(lot)},
        clause=clause_of(lot),
    )  # fmt: skip


@access.allow(Role.EXPERT, Role.OWNER)
def evaluation_json_page(code: str) -> ResponseReturnValue:
    """The same by JSON."""
    lot = find_lot(code)
    return evaluation_json(lot, own_seat(lot)), 200


def clause_of(lot: Lot) -> Any:
    """The words of a clause for this reader."""
    return lambda value: clause_word(value, language(), lot.project.type)


def sheet_words(lot: Lot, _subject: str | None) -> Mapping[str, list[tuple[str, str]]]:
    """The bids that stand, by the bidder's name, and the factors with their points and published intervals."""
    factors = []
    for factor in documents_of(terms_of(lot), lot).factors:
        bands = bands_of(factor)
        told = _("%(points)s 分", points=factor.maximum) + (f"：{bands}" if bands and len(bands) <= 60 else "")
        factors.append((factor.code, f"{factor.zh}（{told}）"))
    return {"bid": bids_by_name(lot), "factor": factors}


def rejecting(lot: Lot, _subject: str | None) -> Mapping[str, list[tuple[str, str]]]:
    """The bids that stand, and the closed list of grounds for this type."""
    clauses = [(one.value, one.word(language())) for one in clauses_of(lot.project.type)]
    return {"bid": bids_by_name(lot), "clause": clauses}


def blank_sheet(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The member's sheet as it was, or with one row a bid (and factor)."""
    own = (own_seat(lot).sheet or {}).get("bids", {})
    bids, terms = effective_bids(db.session, lot), terms_of(lot)
    asked = asked_policies(bids, documents_of(terms, lot))
    policies = [policy_row(bid, own.get(bid)) for bid in asked]
    if terms.evaluation_method is EvaluationMethod.COMPREHENSIVE:
        codes = [row["code"] for row in terms.factors if row["kind"] != FactorKind.PRICE]
        points = [point_row(bid.id, code, own.get(bid.id, {})) for bid in bids for code in codes]
        return {"points": points, "policies": policies}
    return {"reviews": [review_row(bid.id, own.get(bid.id)) for bid in bids], "policies": policies}


def policy_row(bid: str, kept: Mapping[str, Any] | None) -> dict[str, Any]:
    """One declaration, with what the member said of it before."""
    confirms = (kept or {}).get("confirms", {})
    return {"bid": bid, "small_micro": confirms.get("small"), "domestic": confirms.get("domestic")}


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


def note_of(text: str) -> Markup:
    """A note beside a form."""
    return Markup(render_template("process_supervision/evaluation_note.html", text=text))


def warned(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """Which prices are abnormally low: a reason to ask, never in itself to reject."""
    own_seat(lot)
    bids = effective_bids(db.session, lot)
    flags = low_prices(to_evaluate(bids), documents_of(terms_of(lot), lot), tools().values(lot, now()))
    names = {bid.id: bid.organization.name for bid in bids}
    if not flags:
        return Markup()
    named = _("、").join(names[flag["bid"]] for flag in flags)
    return note_of(_("以下投标报价明显偏低，应当要求投标人书面说明：%(names)s", names=named))


def shown_motion(lot: Lot, subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The motion that is voted on."""
    own_seat(lot)
    motion = db.session.get(RejectionMotion, subject or "")
    if motion is None or motion.lot_id != lot.id:
        raise NotFound()
    bid = db.session.get_one(Bid, motion.bid_id)
    return note_of(
        _("提议否决“%(bidder)s”的投标：%(clause)s。理由：%(reason)s", bidder=bid.organization.name,
          clause=clause_of(lot)(motion.clause), reason=motion.reason)
    )  # fmt: skip


def shown_report(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The drafted report, and where the whole of it is read."""
    own_seat(lot)
    found = report_of(db.session, lot)
    return Markup(
        render_template(
            "process_supervision/evaluation_report.html", lot=lot, bids={bid.id: bid for bid in opened_bids(lot)},
            report=None if found is None else report_json(found, members_of(db.session, lot)), clause=clause_of(lot),
        )
    )  # fmt: skip


PAGES = (
    StepPage(
        Step.SCORE,
        evaluation_schemas.ScoreSchema,
        offer=sheet_words,
        initial=blank_sheet,
        aside=warned,
        lead=_l("请独立评审。全体成员签署评标报告之前，其他成员看不到您的评审表，您也看不到他们的。"),
    ),
    StepPage(Step.REJECT_BID, evaluation_schemas.RejectSchema, offer=rejecting, danger=True),
    StepPage(Step.VOTE_REJECTION, evaluation_schemas.VoteSchema, subject=True, aside=shown_motion),
    StepPage(Step.DRAFT_REPORT, evaluation_schemas.DraftReportSchema, aside=warned),
    StepPage(Step.SIGN_REPORT, evaluation_schemas.SignSchema, aside=shown_report),
    StepPage(Step.SUBMIT_REPORT, NothingAsked, aside=shown_report),
)
for _page in PAGES:
    mount(blueprint, _page)
blueprint.add_url_rule("/lots/<string:code>/evaluation", "evaluation", evaluation_page)
blueprint.add_url_rule("/api/v1/lots/<string:code>/evaluation", "evaluation_json", evaluation_json_page)
