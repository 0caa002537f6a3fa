"""The draw as the room sees it 抽取现场: steps, who acts next, dice and witnesses, numbered seats; no leaf, no name.

Also what belongs to a party that keeps silent: the officers' bundle of its escrow, and its value once that is open.
"""

from __future__ import annotations

import hashlib
from typing import Any

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trading.codelists import Role, Status
from trading.database import db, transaction
from trading.errors import NotFound, Refused
from trading.experts import classification
from trading.experts import draw as ptdraw
from trading.ledger.log import read_logged
from trading.models import Draw, Invitation, Lot
from trading.phases.process_supervision.blueprint import blueprint
from trading.phases.process_supervision.draw import escrow
from trading.phases.process_supervision.draw.draw_routes import draws_of, standing
from trading.phases.process_supervision.draw.draw_turns import (
    Turn,
    party_to_reveal,
    round_awaited,
    silent_party,
    turn_of,
)
from trading.phases.process_supervision.draw.drawing import exclusion_counts
from trading.phases.process_supervision.opening.officer_routes import SharesSchema
from trading.steps import Step
from trading.web import access, exchange
from trading.web.steps import StepPage, find_lot, mount, now, tools
from trading.workflow.draw_record import PARTIES
from trading.workflow.secrecy import is_inside
from trading.workflow.transitions import Party
from trading.workflow.who import is_party

EFFECTS_OF = (escrow,)
ORDER = (
    Step.PLAN_DRAW, Step.COMMIT_DRAW, Step.OPEN_BIDS, Step.EXCLUDE_EXPERTS, Step.CONFIRM_EXCLUSIONS, Step.ROLL_DICE,
    Step.WITNESS_DICE, Step.REVEAL_DRAW, Step.ENTER_BEACON, Step.ACCEPT_INVITATION, Step.SEAT_COMMITTEE,
)  # fmt: skip

mount(
    blueprint,
    StepPage(
        Step.HAND_IN_ESCROW,
        SharesSchema,
        check=False,
        lead=_l("轮到一方揭示而其逾期未揭示时，由本标段开标密钥持有人开启该方事先托管的承诺值，抽取得以继续。"),
    ),
)


def steps_of(draw: Draw, turn: Turn | None) -> list[dict[str, Any]]:
    """The steps of a draw in order, each done, due now, or still to come; an ended draw has no step due."""
    wanted = [step for step in ORDER if step is not Step.ENTER_BEACON or draw.rules.get("beacon")]
    over = turn is not None and turn.step is Step.PLAN_DRAW
    if over:
        done = len(wanted) if draw.shortage else wanted.index(reached(draw))
    else:
        done = len(wanted) if turn is None else wanted.index(turn.step)
    language = exchange.language()
    return [
        {"step": step.value, "title": step.word(language),
         "state": "done" if at < done else "now" if at == done and not over else "later"}
        for at, step in enumerate(wanted)
    ]  # fmt: skip


def reached(draw: Draw) -> Step:
    """How far an aborted draw had come."""
    marks = (
        (Step.COMMIT_DRAW, len(draw.commits) == len(PARTIES)),
        (Step.EXCLUDE_EXPERTS, draw.exclusions is not None),
        (Step.CONFIRM_EXCLUSIONS, draw.exclusions_confirmed_by_id is not None),
        (Step.ROLL_DICE, draw.dice is not None),
        (Step.WITNESS_DICE, len(draw.dice_witnesses) == len(PARTIES)),
        (Step.REVEAL_DRAW, bool(draw.results)),
    )
    return next((step for step, passed in marks if not passed), Step.ACCEPT_INVITATION)


def seats_of(draw: Draw, inside: bool) -> list[dict[str, Any]]:
    """The seats by number, in the order of drawing; how each was answered only for those who run and watch the draw."""
    answers = {one.leaf_id: one for one in db.session.scalars(select(Invitation).where(Invitation.draw_id == draw.id))}
    language, seats = exchange.language(), []
    for result in draw.results:
        for seat in result["selected"]:
            one = {"number": len(seats) + 1, "specialty": classification.word(seat["stratum"], language),
                   "round": result["round"] + 1}  # fmt: skip
            answer = answers.get(seat["id"])
            if inside and answer is not None:
                one["state"] = "refused" if answer.refused_at else "accepted" if answer.accepted_at else "invited"
            seats.append(one)
    return seats


def silence(lot: Lot, draw: Draw) -> dict[str, Any] | None:
    """The party that has kept silent too long, and whether its escrow is open; None while nobody has."""
    minutes = int(tools().values(lot, now())["draw_silence_minutes"])
    party = silent_party(db.session, lot, draw, now(), minutes)
    if party is None:
        return None
    return {"party": party, "word": Role(party).word(exchange.language()), "minutes": minutes,
            "handed_in": len(draw.escrow_shares.get(party, {})), "open": escrow.is_rebuilt(draw, party)}  # fmt: skip


def draw_told(lot: Lot, draw: Draw, inside: bool) -> dict[str, Any]:
    """One draw as everybody in the room may see it (trust.md A.7)."""
    language, turn = exchange.language(), turn_of(db.session, lot, draw)
    over = turn is not None and turn.step is Step.PLAN_DRAW
    commits = [{"party": Role(party).word(language), "anchor": draw.commits.get(party, {}).get("anchor")}
               for party in PARTIES]  # fmt: skip
    return {
        "draw": draw.name,
        "number": draw.number,
        "state": "aborted" if draw.aborted_reason else "shortage" if draw.shortage else "seated" if turn is None
        else "under_way",
        "next": None if turn is None or over else {
            "step": turn.step.value, "title": turn.step.word(language), "by": [role.word(language) for role in turn.by],
        },
        "round": round_awaited(draw) + 1 if party_to_reveal(db.session, draw) else None,
        "steps": steps_of(draw, turn),
        "source": draw.source.word(language),
        "pool_root": draw.pool_root,
        "pool_size": len(draw.pool),
        "strata": [{"specialty": classification.word(row["code"], language), "number": row["n"]}
                   for row in draw.rules["strata"]],
        "commits": commits,
        "exclusions": [{"code": code.word(language), "number": count}
                       for code, count in exclusion_counts(draw.exclusions)],
        "dice": draw.dice,
        "witnesses": [{"role": Role(one["role"]).word(language), "name": one["name"]} for one in draw.dice_witnesses],
        "beacon": draw.rules.get("beacon"),
        "keys": [hashlib.sha256(bytes.fromhex(key)).hexdigest() for key in draw.seeds],
        "seats": seats_of(draw, inside),
        "aborted": draw.aborted_reason,
        "silence": silence(lot, draw),
    }  # fmt: skip


def shown(code: str) -> tuple[Lot, list[dict[str, Any]]]:
    """The lot's draws, the newest first; every draw stays, whatever became of it.

    Raises:
        NotFound: the notice is not out yet.
    """
    lot = find_lot(code)
    if lot.published_at is None:
        raise NotFound("本标段尚未发布公告", "The notice of this lot is not out yet")
    inside = is_inside(db.session, access.caller(), lot)
    return lot, [draw_told(lot, draw, inside) for draw in draws_of(lot)]


@access.public
def room_page(code: str) -> ResponseReturnValue:
    """The draw, live, to be read on a wall."""
    lot, draws = shown(code)
    return render_template("process_supervision/draw_room.html", lot=lot, draws=draws)


@access.public
def room_json(code: str) -> ResponseReturnValue:
    """The same by JSON; the page asks again every few seconds."""
    _lot, draws = shown(code)
    return jsonify({"draws": draws}), 200


@access.allow(Role.OPENING_OFFICER)
def escrow_bundle(code: str) -> ResponseReturnValue:
    """What an officer unwraps offline when a party keeps silent; every download is on record.

    Raises:
        NotFound: not an officer of this lot.
        Refused: no party has kept silent too long.
    """
    lot, user = find_lot(code), access.actor()
    if not is_party(db.session, user, lot, Party.OFFICER):
        raise NotFound("没有这个标段", "There is no such lot")
    draw = standing(lot)
    silent = silence(lot, draw) if draw else None
    if draw is None or silent is None or lot.status is not Status.OPENED:
        raise Refused("not_silent", "没有一方逾期未揭示，不开启托管", "No party keeps silent: no escrow is opened")
    with transaction(db.session):
        read_logged(db.session, lot.code, user.actor, f"escrow bundle of {draw.name}", now())
    told = escrow.envelopes_of(draw, silent["party"])
    return jsonify({"tender": lot.code, "officer": user.signer, "envelopes": told}), 200


@access.allow(Role.CENTRE, Role.SUPERVISOR)
def escrowed_json(code: str) -> ResponseReturnValue:
    """The value of the awaited round from the party's opened escrow, for that party alone; the reading is on record.

    Raises:
        NotFound: no draw waits for this party, or its escrow is not open.
    """
    lot, user = find_lot(code), access.actor()
    draw, party = standing(lot), user.role.value
    if draw is None or party_to_reveal(db.session, draw) != party or not escrow.is_rebuilt(draw, party):
        raise NotFound("本方托管的承诺值没有开启", "Your escrow is not open")
    secret, number = escrow.rebuilt(draw, party), round_awaited(draw)
    assert secret is not None
    with transaction(db.session):
        read_logged(db.session, lot.code, user.actor, f"escrowed value of {draw.name}", now())
    value = ptdraw.reveal(draw.name, party, secret, number).hex()
    return jsonify({"draw": draw.name, "party": party, "round": number, "value": value}), 200


blueprint.add_url_rule("/lots/<string:code>/draw-room", "draw_room", room_page)
blueprint.add_url_rule("/api/v1/lots/<string:code>/draw-room", "draw_room_json", room_json)
blueprint.add_url_rule("/api/v1/lots/<string:code>/escrow-bundle", "escrow_bundle", escrow_bundle)
blueprint.add_url_rule("/api/v1/lots/<string:code>/draw/escrowed", "escrowed_json", escrowed_json)
