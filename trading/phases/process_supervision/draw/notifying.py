"""The numbered notices of a draw 抽取通知: names and telephones leave the platform only sealed to the notifier.

The experts have their notice in their own inbox; who does not answer is telephoned by a person of the supervisor, who
opens this list on a machine of his own (trust.md A.7). Every list handed out is on record.
"""

from __future__ import annotations

import hashlib
from typing import Any

import pyrage
from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trading.beijing import beijing
from trading.codelists import Role
from trading.database import db, transaction
from trading.errors import InvalidInput, NotFound
from trading.ledger.canonical import canonical
from trading.ledger.log import read_logged
from trading.models import Draw, Invitation, Lot
from trading.phases.process_supervision.blueprint import blueprint
from trading.phases.process_supervision.draw.draw_routes import standing
from trading.sealing.age_keys import recipient_of
from trading.sealing.faults import SealError
from trading.web import access, exchange
from trading.web import fields as f
from trading.web.steps import find_lot, now

FORMAT = "ptdraw-notices/1"


class NotifierSchema(f.StepSchema):
    """Whose key the list is sealed to."""

    recipient = f.text(
        _l("通知人公钥"), maxlength=80, hint=_l("以 age1 开头，由 trading notifier-key 在您自己的电脑上生成")
    )


def numbered(draw: Draw) -> dict[str, int]:
    """The number of each seat, in the order of drawing, by leaf id."""
    leaves = [seat["id"] for result in draw.results for seat in result["selected"]]
    return {leaf: number for number, leaf in enumerate(leaves, 1)}


def notices_of(lot: Lot, draw: Draw) -> dict[str, Any]:
    """The standing seats by number, with whom to call; time and place are told on the telephone, not the project."""
    numbers = numbered(draw)
    rows = db.session.scalars(
        select(Invitation).where(Invitation.draw_id == draw.id, Invitation.refused_at.is_(None))
    ).all()
    when = beijing(draw.evaluation_at).isoformat() if draw.evaluation_at else None
    return {
        "format": FORMAT, "draw": draw.name, "evaluation_at": when,
        "notices": [
            {"number": numbers[one.leaf_id], "leaf": one.leaf_id, "name": one.expert.name, "phone": one.expert.phone,
             "accepted": one.accepted_at is not None}
            for one in sorted(rows, key=lambda one: numbers[one.leaf_id])
        ],
    }  # fmt: skip


def awaited(code: str) -> tuple[Lot, Draw]:
    """The lot and the draw whose experts are being called.

    Raises:
        NotFound: nobody is drawn.
    """
    lot = find_lot(code)
    draw = standing(lot)
    if draw is None or not draw.results or lot.awarded_at is not None:
        raise NotFound("目前没有需要通知的抽取结果", "Nobody drawn is to be told now")
    return lot, draw


def sealed_list(lot: Lot, draw: Draw, raw: dict[str, Any]) -> bytes:
    """The list as an age file to the notifier's key; that he had it is on record.

    Raises:
        InvalidInput: no age recipient.
    """
    spelled = exchange.load(NotifierSchema(), raw)["recipient"].strip()
    try:
        recipient = recipient_of(spelled)
    except SealError as wrong:
        raise InvalidInput.of("recipient", wrong.zh, wrong.en) from wrong
    file = pyrage.encrypt(canonical(notices_of(lot, draw)), [recipient])
    mark = hashlib.sha256(spelled.encode()).hexdigest()[:16]
    with transaction(db.session):
        read_logged(db.session, lot.code, access.actor().actor, f"notices of {draw.name} to {mark}", now())
    return bytes(file)


def handed(lot: Lot, draw: Draw, raw: dict[str, Any]) -> Response:
    """The file to be kept on the notifier's machine."""
    headers = {"Content-Disposition": f'attachment; filename="notices-{lot.code}-{draw.number}.age"'}
    return Response(sealed_list(lot, draw, raw), mimetype="application/octet-stream", headers=headers)


@access.allow(Role.SUPERVISOR)
def notices_page(code: str) -> ResponseReturnValue:
    """Asks for the notifier's key, and hands out the sealed list."""
    lot, draw = awaited(code)
    schema, errors, raw = NotifierSchema(), {}, {}
    if request.method == "POST":
        raw = exchange.from_form(schema)
        try:
            return handed(lot, draw, raw)
        except InvalidInput as wrong:
            errors = wrong.told(exchange.language())
    fields = exchange.inputs(schema, raw, errors)
    page = render_template("process_supervision/notices.html", lot=lot, draw=draw, fields=fields, errors=errors)
    return page, 400 if errors else 200


@access.allow(Role.SUPERVISOR)
def notices_json(code: str) -> ResponseReturnValue:
    """The sealed list: ``{"recipient": "age1…"}`` gives an age file."""
    lot, draw = awaited(code)
    return handed(lot, draw, exchange.from_json())


blueprint.add_url_rule("/lots/<string:code>/draw/notices", "draw_notices", notices_page, methods=["GET", "POST"])
blueprint.add_url_rule("/api/v1/lots/<string:code>/draw/notices", "draw_notices_json", notices_json, methods=["POST"])
