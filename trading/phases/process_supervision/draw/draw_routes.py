"""The pages and operations of the draw 专家抽取: leaf ids, codes and counts, never a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import select

from trading.codelists import ProjectType, Role
from trading.database import db
from trading.errors import NotFound
from trading.experts.classification import Classified
from trading.experts.eligibility import RefusalCode
from trading.experts.pool import ExclusionCode
from trading.models import Draw, Invitation, Lot, User
from trading.phases.process_supervision.blueprint import blueprint
from trading.phases.process_supervision.draw import committee, draw_planning, draw_schemas, drawing, escrow, revealing
from trading.steps import Step
from trading.web import access, exchange
from trading.web.fields import NothingAsked
from trading.web.steps import StepPage, find_lot, mount
from trading.workflow.draw_record import PARTIES, ended
from trading.workflow.transitions import Party
from trading.workflow.who import is_party

EFFECTS_OF = (draw_planning, drawing, revealing, committee)
WATCHERS = (Role.CENTRE, Role.SUPERVISOR, Role.OVERSIGHT)


def draws_of(lot: Lot) -> list[Draw]:
    """All draws of the lot, the newest first."""
    return list(db.session.scalars(select(Draw).where(Draw.lot_id == lot.id).order_by(Draw.number.desc())))


def invitations_of(draw: Draw) -> list[Invitation]:
    """The seats that were offered, by round and leaf."""
    query = select(Invitation).where(Invitation.draw_id == draw.id).order_by(Invitation.round, Invitation.leaf_id)
    return list(db.session.scalars(query))


def seat_json(one: Invitation) -> dict[str, Any]:
    """An offered seat without its person."""
    state = "refused" if one.refused_at else "accepted" if one.accepted_at else "invited"
    return {"leaf": one.leaf_id, "specialty": one.stratum, "round": one.round, "state": state,
            "refusal_code": one.refusal_code}  # fmt: skip


def draw_json(draw: Draw) -> dict[str, Any]:
    """A draw as its parties may see it before the award."""
    excluded = (draw.exclusions or {}).get("ids", {})
    return {
        "draw": draw.name,
        "rules": draw.rules,
        "source": draw.source.value,
        "committee_size": draw.committee_size,
        "evaluation_at": draw.evaluation_at.isoformat() if draw.evaluation_at else None,
        "pool_root": draw.pool_root,
        "pool_size": len(draw.pool),
        "anchors": {party: one["anchor"] for party, one in draw.commits.items()},
        "exclusions": excluded,
        "exclusions_confirmed": draw.exclusions_confirmed_by_id is not None,
        "dice": draw.dice,
        "revealed": [sorted(one) for one in draw.reveals],
        "seats": [seat_json(one) for one in invitations_of(draw)],
        "shortage": draw.shortage,
        "escrow_open": [party for party in PARTIES if escrow.is_rebuilt(draw, party)],
        "aborted": draw.aborted_reason,
    }


def seen_by(lot: Lot) -> list[Draw]:
    """The draws of a lot, for those who run and watch them.

    Raises:
        NotFound: for everybody else.
    """
    user = access.actor()
    own_side = any(is_party(db.session, user, lot, party) for party in (Party.OWNER, Party.AGENCY))
    if user.role not in WATCHERS and not own_side:
        raise NotFound()
    return draws_of(lot)


@access.allow(Role.OWNER, Role.AGENCY, *WATCHERS)
def draw_page(code: str) -> ResponseReturnValue:
    """How the draws of a lot stand."""
    lot = find_lot(code)
    shown = [
        {"draw": one, "seats": [seat_json(seat) for seat in invitations_of(one)],
         "counts": drawing.exclusion_counts(one.exclusions)}
        for one in seen_by(lot)
    ]  # fmt: skip
    return render_template(
        "process_supervision/draw.html",
        lot=lot,
        draws=shown,
        parties=[Role(party) for party in PARTIES],
        reasons=RefusalCode,
        specialties=Classified,
    )


@access.allow(Role.OWNER, Role.AGENCY, *WATCHERS)
def draw_json_page(code: str) -> ResponseReturnValue:
    """The same by JSON."""
    return {"draws": [draw_json(one) for one in seen_by(find_lot(code))]}, 200


def owners_accounts(lot: Lot, _subject: str | None) -> Mapping[str, list[tuple[str, str]]]:
    """The accounts from which the owner's representatives are chosen; what is asked of procurement alone is hidden
    elsewhere."""
    query = select(User).where(User.organization_id == lot.project.owner_id, User.role == Role.OWNER, User.active)
    people = [(one.id, one.name) for one in db.session.scalars(query.order_by(User.name)).unique()]
    hidden = () if lot.project.type in (ProjectType.GP, ProjectType.GPN) else ("complex", "wide_effect")
    return {"representatives": people} | {name: [] for name in hidden}


def standing(lot: Lot) -> Draw | None:
    """The draw under way."""
    found = draws_of(lot)
    return found[0] if found and not ended(found[0]) else None


def open_seats(lot: Lot, _subject: str | None) -> Mapping[str, list[tuple[str, str]]]:
    """The drawn seats for which the supervisor may record a refusal; an expert answers for himself alone."""
    draw = standing(lot)
    if draw is None or access.actor().role is not Role.SUPERVISOR:
        return {"leaf": []}
    seats = [one for one in invitations_of(draw) if one.refused_at is None]
    return {"leaf": [(one.leaf_id, f"{one.stratum} {one.leaf_id}") for one in seats]}


def shown_exclusions(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """Who is put forward to stand aside: codes, counts and leaf ids."""
    draw = standing(lot)
    ids = (draw.exclusions or {}).get("ids", {}) if draw else {}
    reasons = (draw.exclusions or {}).get("reasons", {}) if draw else {}
    rows = [(leaf, ExclusionCode(code).word(exchange.language()), reasons.get(leaf, "")) for leaf, code in ids.items()]
    return Markup(
        render_template("process_supervision/draw_exclusions.html", rows=sorted(rows, key=lambda row: row[1]))
    )


def shown_state(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """Where the draw stands."""
    draw = standing(lot)
    if draw is None:
        return Markup()
    waiting = [Role(party).word(exchange.language()) for party in PARTIES if party not in draw.commits]
    text = _("待提交承诺：%(who)s", who=_("、").join(waiting)) if waiting else _("双方承诺均已提交")
    return Markup(render_template("process_supervision/draw_state.html", draw=draw, text=text))


def shown_dice(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The number that the witness compares with what was thrown."""
    draw = standing(lot)
    return Markup(render_template("process_supervision/draw_dice.html", dice=draw.dice if draw else None))


PAGES = (
    StepPage(
        Step.PLAN_DRAW,
        draw_schemas.PlanDrawSchema,
        offer=owners_accounts,
        lead=_l("系统按专业从专家库生成不含姓名的名册并固定其摘要；任何人不得指定专家。"),
    ),
    StepPage(
        Step.COMMIT_DRAW,
        draw_schemas.CommitSchema,
        aside=shown_state,
        lead=_l("承诺值由本方在自己的设备上生成并保管，平台没有；开标后揭示，任何一方都不能单独决定抽取结果。"),
    ),
    StepPage(
        Step.EXCLUDE_EXPERTS,
        draw_schemas.ExcludeSchema,
        aside=shown_exclusions,
        lead=_l("系统按工作单位、近三年工作经历、近亲属等情形自动提出回避；可以另行申报，不能删减。"),
    ),
    StepPage(Step.CONFIRM_EXCLUSIONS, draw_schemas.ConfirmSchema, aside=shown_exclusions),
    StepPage(Step.ROLL_DICE, draw_schemas.DiceSchema, aside=shown_state),
    StepPage(
        Step.WITNESS_DICE, draw_schemas.WitnessSchema, aside=shown_dice,
        lead=_l("公证人员和一名投标人代表各自核对当众掷出的数字并签名；两人签名后掷数入链。"),
    ),
    StepPage(Step.REVEAL_DRAW, draw_schemas.RevealSchema, aside=shown_state),
    StepPage(Step.ENTER_BEACON, draw_schemas.BeaconSchema, aside=shown_state),
    StepPage(Step.ACCEPT_INVITATION, draw_schemas.AcceptSchema),
    StepPage(Step.REFUSE_INVITATION, draw_schemas.RefuseSchema, offer=open_seats, danger=True),
    StepPage(Step.ABORT_DRAW, draw_schemas.AbortSchema, danger=True),
    StepPage(
        Step.SEAT_COMMITTEE,
        NothingAsked,
        lead=_l("主任委员由首个专业中抽签号最小的专家担任（本县规定）；名单在中标结果确定前保密。"),
    ),
)
for _page in PAGES:
    mount(blueprint, _page)
blueprint.add_url_rule("/lots/<string:code>/draw", "draw", draw_page)
blueprint.add_url_rule("/api/v1/lots/<string:code>/draw", "draw_json", draw_json_page)
