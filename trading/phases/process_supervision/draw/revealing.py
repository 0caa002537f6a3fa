"""Both parties reveal, the machine computes 揭示与结果: who is seated by lot, and who is invited."""

from __future__ import annotations

from sqlalchemy import select

from trading.beijing import beijing
from trading.errors import InvalidInput, Refused
from trading.experts import beacon
from trading.experts import draw as ptdraw
from trading.experts.draw import Shortage
from trading.experts.recorded import candidates, outcomes
from trading.models import Draw, Invitation, User
from trading.phases.process_supervision.draw.drawing import party_of, standing_draw, tell_parties
from trading.steps import Step
from trading.workflow import draw_book
from trading.workflow.draw_record import PARTIES, fixed_of, on_record, rounds_of, selected_json
from trading.workflow.taking import Taking, effect
from trading.workflow.who import refuse_same_person


def round_open(draw: Draw) -> bool:
    """Whether a round was revealed by one party and not yet by the other, or waits for the beacon."""
    return bool(draw.reveals) and (set(draw.reveals[-1]) != set(PARTIES) or awaits_beacon(draw))


def round_to_reveal(taking: Taking, draw: Draw) -> int:
    """The number of the round that is being revealed.

    Raises:
        Refused: the dice are not on record, or no refusal calls for another round.
    """
    if not on_record(draw):
        raise Refused("no_dice", "公开掷数尚未经两名见证人签名", "The dice are not witnessed yet")
    if awaits_beacon(draw):
        raise Refused("beacon_due", "等待录入公开随机信标", "The public beacon is still to be entered")
    refuse_after_beacon(taking, draw)
    if round_open(draw):
        return len(draw.reveals) - 1
    if draw.reveals:
        refused = taking.session.scalars(
            select(Invitation.id).where(
                Invitation.draw_id == draw.id, Invitation.refused_after_round == len(draw.reveals) - 1
            )
        ).first()
        if refused is None:
            raise Refused("nothing_to_draw", "本轮无人拒绝，无须补抽", "Nobody refused: nothing to draw")
    return len(draw.reveals)


def refuse_after_beacon(taking: Taking, draw: Draw) -> None:
    """No first value is revealed once the announced beacon is out: who reveals last would choose the outcome (A.4).

    Raises:
        Refused: it is out; the draw is to be aborted.
    """
    wanted = draw.rules.get("beacon")
    if wanted is not None and draw.beacon is None and taking.now.timestamp() >= beacon.out_at(wanted["round"]):
        raise Refused(
            "beacon_missed",
            "信标在揭示完成前已公布，请中止本次抽取",
            "The beacon was out before the last reveal: abort",
        )


@effect(Step.REVEAL_DRAW)
def reveal_draw(taking: Taking) -> None:
    """A party reveals its value, the centre first; the last reveal of a round gives the result."""
    draw, party = standing_draw(taking), party_of(taking)
    number = round_to_reveal(taking, draw)
    revealed = dict(draw.reveals[number]) if number < len(draw.reveals) else {}
    if party in revealed:
        raise Refused("revealed", "本方本轮已揭示", "This party has revealed in this round")
    if any(other not in revealed for other in PARTIES[: PARTIES.index(party)]):
        raise Refused("not_your_turn", "应当由交易中心先揭示", "The centre reveals first")
    others = [one["by"] for other, one in draw.commits.items() if other != party]
    refuse_same_person(taking.session, taking.actor, others)
    value = bytes.fromhex(taking.data["value"])
    before = draw.reveals[number - 1][party] if number else draw.commits[party]["anchor"]
    if not ptdraw.follows(draw.name, party, value, bytes.fromhex(before)):
        raise InvalidInput.of("value", "与此前的承诺不符", "The value does not fit the commitment")
    body = {"draw": draw.name, "party": party, "round": number, "value": value.hex()}
    taking.record_signed("draw.reveal", body)
    revealed[party] = value.hex()
    draw.reveals = [*draw.reveals[:number], revealed]
    taking.receipt["round"] = number
    if set(revealed) != set(PARTIES) or taking.rehearsal:
        return
    draw.drawn_at = draw.drawn_at or taking.now
    taking.session.flush()
    if not awaits_beacon(draw):
        conclude(taking, draw, number)


def awaits_beacon(draw: Draw) -> bool:
    """Whether both parties have revealed and only the announced beacon is missing."""
    both = bool(draw.reveals) and set(draw.reveals[0]) == set(PARTIES)
    return both and draw.rules.get("beacon") is not None and draw.beacon is None


@effect(Step.ENTER_BEACON)
def enter_beacon(taking: Taking) -> None:
    """The announced round of the public beacon is typed in; nobody knew it when the last value was revealed.

    Raises:
        Refused: none was announced, it is not its turn, or the round is not out yet.
    """
    draw = standing_draw(taking)
    if not awaits_beacon(draw) or draw.drawn_at is None:
        raise Refused("no_beacon", "现在不需要录入随机信标", "No beacon is to be entered now")
    wanted, signature = draw.rules["beacon"], taking.data["signature"]
    out = beacon.out_at(wanted["round"])
    if taking.now.timestamp() < out:
        raise Refused("beacon_early", "约定轮次的信标尚未公布", "The announced round is not out yet")
    body = {"draw": draw.name, **wanted, "value": beacon.value_of(signature), "signature": signature}
    taking.record("draw.beacon", body, "system")
    if taking.rehearsal:
        return
    draw.beacon = body
    taking.session.flush()
    conclude(taking, draw, 0)


def conclude(taking: Taking, draw: Draw, number: int) -> None:
    """Compute the round in the same transaction: seats and invitations, or the shortage that ends the draw."""
    fixed = fixed_of(taking.session, taking.lot, draw)
    if fixed is None or draw.exclusions is None:
        raise Refused("not_fixed", "抽取所依据的事项尚未全部固定", "What the draw depends on is not fixed yet")
    rounds = rounds_of(taking.session, draw)
    last = list(outcomes(draw.rules, fixed, draw.exclusions["ids"], candidates(draw.pool), rounds))[-1]
    draw.seeds = [*draw.seeds, last.key.hex()]
    if isinstance(last.given, Shortage):
        short = {"round": number, "stratum": last.given.stratum, "need": last.given.need, "got": last.given.got}
        draw.shortage = short
        taking.record("draw.shortage", {"draw": draw.name, **short}, "system")
        tell_parties(taking, "专家不足", f"“{taking.lot.name}”可抽专家不足，本次抽取结束，请扩大专业范围后重新提出。",
                     "Too few experts", f"Too few experts for “{taking.lot.name}”; plan a new draw.")  # fmt: skip
        return
    selected = selected_json(last.given)
    draw.results = [*draw.results, {"round": number, "selected": selected}]
    taking.record("draw.result", {"draw": draw.name, "round": number, "selected": selected}, "system")
    book = draw_book.opened(taking, draw)
    first = 1 + sum(len(one["selected"]) for one in draw.results[:-1])
    for place, seat in enumerate(last.given, first):
        taking.session.add(
            Invitation(
                lot_id=taking.lot.id, draw_id=draw.id, expert_id=book[seat.id], leaf_id=seat.id, stratum=seat.stratum,
                round=number, invited_at=taking.now,
            )
        )  # fmt: skip
        notify(taking, draw, book[seat.id], place)
    taking.receipt["drawn"] = len(selected)


def notify(taking: Taking, draw: Draw, expert: str, place: int) -> None:
    """The numbered notice, in the expert's own inbox alone: number and time, not the project (trust.md A.7)."""
    assert draw.evaluation_at is not None
    when = f"{beijing(draw.evaluation_at):%Y-%m-%d %H:%M}"
    taking.tell(
        (f"评标邀请（{place}号通知）", f"您被随机抽取为评标专家，北京时间 {when} 评标。请登录后尽快答复，并对此保密。"),
        (
            f"Invitation to evaluate (notice {place})",
            f"You were drawn to evaluate, {when} Beijing time. Please sign in and answer soon, and keep it secret.",
        ),
        users=taking.session.scalars(select(User.id).where(User.expert_id == expert, User.active)).all(),
    )
