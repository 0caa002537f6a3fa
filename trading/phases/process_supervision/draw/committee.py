"""The drawn experts answer, and the committee is seated 评标邀请与评标委员会组成; its names stay sealed."""

from __future__ import annotations

from sqlalchemy import select

from trading.codelists import Role
from trading.errors import InvalidInput, NotAllowed, Refused
from trading.experts.eligibility import RefusalCode
from trading.models import Draw, Invitation, Member, User
from trading.phases.process_supervision.draw.draw_turns import refused_since_the_result
from trading.phases.process_supervision.draw.drawing import standing_draw, tell_parties
from trading.phases.process_supervision.draw.revealing import round_open
from trading.steps import Step
from trading.workflow.taking import Taking, effect


def standing_seats(taking: Taking, draw: Draw) -> list[Invitation]:
    """The drawn seats that nobody refused, in the order of drawing."""
    order = {seat["id"]: place for place, seat in enumerate(s for r in draw.results for s in r["selected"])}
    rows = taking.session.scalars(
        select(Invitation).where(Invitation.draw_id == draw.id, Invitation.refused_at.is_(None))
    )
    return sorted(rows, key=lambda one: order[one.leaf_id])


def answerable(taking: Taking) -> Draw:
    """The draw whose invitations can be answered now.

    Raises:
        Refused: there is none, or a round is half revealed (trust.md §8.10).
    """
    draw = standing_draw(taking)
    if round_open(draw):
        raise Refused("round_open", "本轮补抽正在揭示，请稍候再答复", "A round is being revealed: answer after it")
    return draw


def own_invitation(taking: Taking, draw: Draw) -> Invitation:
    """The invitation of the expert who is calling.

    Raises:
        NotAllowed: he has none in this draw.
    """
    assert taking.actor is not None
    for one in standing_seats(taking, draw):
        if one.expert_id == taking.actor.expert_id:
            return one
    raise NotAllowed()


@effect(Step.ACCEPT_INVITATION)
def accept_invitation(taking: Taking) -> None:
    """The expert takes the seat and declares that nothing obliges him to stand aside."""
    draw = answerable(taking)
    invitation = own_invitation(taking, draw)
    if invitation.accepted_at is not None:
        raise Refused("accepted", "您已接受邀请", "You have accepted already")
    if not taking.data["no_conflict"]:
        raise InvalidInput.of(
            "no_conflict",
            "存在应当回避的情形，请选择“拒绝或回避评标邀请”",
            "Choose “Refuse the invitation” if you must stand aside",
        )
    invitation.accepted_at, invitation.declared_no_conflict = taking.now, True
    after = len(draw.results) - 1
    taking.record("expert.accepted", {"draw": draw.name, "id": invitation.leaf_id, "after_round": after})
    taking.session.flush()
    waiting = [one for one in standing_seats(taking, draw) if one.accepted_at is None]
    if not waiting and not refused_since_the_result(taking.session, draw):
        zh = f"“{taking.lot.name}”各席位均已接受，可以组成评标委员会。"
        taking.tell_role(
            Role.CENTRE, ("可以组成评标委员会", zh),
            ("Committee can be seated", f"All seats for “{taking.lot.name}” are accepted."),
        )  # fmt: skip


@effect(Step.REFUSE_INVITATION)
def refuse_invitation(taking: Taking) -> None:
    """A seat is given back for a reason of the closed list: by the expert, or by the supervisor with a call record."""
    draw, data = answerable(taking), taking.data
    assert taking.actor is not None
    if taking.actor.role is Role.EXPERT:
        invitation = own_invitation(taking, draw)
        if data["code"] in (RefusalCode.NO_ANSWER, RefusalCode.IDENTITY, RefusalCode.STRUCK_OFF):
            raise InvalidInput.of("code", "此项由监管机构记录", "This reason is recorded by the supervisor")
    else:
        found = {one.leaf_id: one for one in standing_seats(taking, draw)}.get(data["leaf"] or "")
        if found is None:
            raise InvalidInput.of("leaf", "请选择被抽取的席位", "Choose a drawn seat")
        if not data["call_record"]:
            raise InvalidInput.of(
                "call_record",
                "由监管机构记录的，应当附通话记录",
                "A refusal recorded by the supervisor needs the record of the call",
            )
        invitation = found
    after = len(draw.results) - 1
    body = {"draw": draw.name, "id": invitation.leaf_id, "reason": data["code"].value, "after_round": after}
    if taking.actor.role is Role.EXPERT:
        taking.record_as(invitation.leaf_id, Role.EXPERT.value, "expert.refused", body)
    else:
        taking.record_signed("expert.refused", body)
    invitation.refused_at, invitation.refusal_code = taking.now, data["code"].value
    invitation.refusal_by_id, invitation.refused_after_round = taking.actor_id, after
    invitation.call_record = data["call_record"]
    tell_refused(taking, invitation, data["code"])


def tell_refused(taking: Taking, invitation: Invitation, code: RefusalCode) -> None:
    """The expert hears what was recorded of him; the parties hear that a seat is to be drawn again, without a name."""
    name = taking.lot.name
    taking.tell(
        ("已记录不参加评标", f"“{name}”：已记录您不参加评标，事由：{code.zh}。如与事实不符，请联系监管机构。"),
        ("Recorded as not taking part", f"“{name}”: recorded as not taking part: {code.en}."),
        users=taking.session.scalars(select(User.id).where(User.expert_id == invitation.expert_id)).all(),
    )
    tell_parties(taking, "需补抽专家", f"“{name}”有席位空缺（{code.zh}），请依次揭示以补抽。",
                 "A seat is to be drawn again", f"A seat of “{name}” is vacant; reveal in turn.")  # fmt: skip


@effect(Step.SEAT_COMMITTEE)
def seat_committee(taking: Taking) -> None:
    """Seat the drawn experts and the owner's representatives; by county rule the lowest ticket of the first
    specialty takes the chair."""
    draw = answerable(taking)
    seats = standing_seats(taking, draw)
    need = sum(row["n"] for row in draw.rules["strata"])
    if len(seats) < need or any(one.accepted_at is None for one in seats):
        raise Refused("seats_open", "尚有席位未接受邀请或者未补抽", "Some seats are not accepted or not drawn yet")
    if taking.session.scalars(select(Member.id).where(Member.lot_id == taking.lot.id)).first():
        raise Refused("seated", "评标委员会已组成", "The committee is seated already")
    chair = chair_of(draw, seats)
    users = {
        one.expert_id: one
        for one in taking.session.scalars(select(User).where(User.expert_id.in_([one.expert_id for one in seats])))
    }
    members = [
        Member(
            lot_id=taking.lot.id, user_id=users[one.expert_id].id, expert_id=one.expert_id, name=one.expert.name,
            employer_uscc=one.expert.employer_uscc, is_chair=one.leaf_id == chair, seated_at=taking.now,
        )
        for one in seats
    ]  # fmt: skip
    people = taking.session.scalars(select(User).where(User.id.in_(draw.representatives))).all()
    owner = taking.lot.project.owner
    members += [
        Member(lot_id=taking.lot.id, user_id=one.id, name=one.name, employer_uscc=owner.uscc, seated_at=taking.now)
        for one in people
    ]
    taking.session.add_all(members)
    taking.tell(
        ("评标委员会已组成", f"“{taking.lot.name}”评标委员会已组成，请按时独立评审，并对名单和评审情况保密。"),
        ("The committee is seated", f"“{taking.lot.name}”: the committee is seated. Review alone, keep it secret."),
        users=[one.user_id for one in members],
    )
    taking.receipt["members"] = len(members)


def chair_of(draw: Draw, seats: list[Invitation]) -> str:
    """The leaf that takes the chair (county rule): the lowest ticket of the first specialty drawn."""
    first = draw.rules["strata"][0]["code"]
    tickets = {seat["id"]: seat["ticket"] for row in draw.results for seat in row["selected"]}
    return min((one.leaf_id for one in seats if one.stratum == first), key=lambda leaf: tickets[leaf])
