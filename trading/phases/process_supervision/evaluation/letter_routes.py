"""Pages of the committee's letters 函件: the committee writes and judges, one bidder reads and answers his own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import select

from trading.beijing import beijing
from trading.codelists import InquiryKind, Role
from trading.database import db
from trading.errors import NotFound
from trading.models import BidInquiry, Lot, Member
from trading.phases.process_supervision.blueprint import blueprint
from trading.phases.process_supervision.evaluation import correcting, evaluation_schemas, extending, inquiring
from trading.phases.process_supervision.evaluation.evaluation_looking import bids_by_name, letter_json, own_seat
from trading.phases.process_supervision.evaluation.evaluation_routes import warned
from trading.steps import Step
from trading.web import access
from trading.web.fields import NothingAsked
from trading.web.steps import StepPage, find_lot, mount, now, tools
from trading.workflow.inquiry_record import inquiries_of

EFFECTS_OF = (correcting, extending, inquiring)
PROPOSED = timedelta(hours=1)


def standing(lot: Lot, _subject: str | None) -> Mapping[str, list[tuple[str, str]]]:
    """The bids that stand."""
    return {"bid": bids_by_name(lot)}


def in_an_hour(_lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """A time that leaves the bidder an hour."""
    return {"due_at": beijing(now() + PROPOSED).replace(second=0, microsecond=0)}


def seat_of(lot: Lot) -> Member | None:
    """The reader's seat on the committee, if he has one."""
    query = select(Member).where(Member.lot_id == lot.id, Member.user_id == access.actor().id)
    return db.session.scalar(query)


def readable(lot: Lot, letter_id: str | None) -> BidInquiry:
    """The letter of this id, for a member of the committee or for the bidder to whom it was written.

    Raises:
        NotFound: for everybody else, as if there were none.
    """
    letter = db.session.get(BidInquiry, letter_id or "")
    if letter is None or letter.lot_id != lot.id:
        raise NotFound()
    if letter.organization_id != access.actor().organization_id and seat_of(lot) is None:
        raise NotFound()
    return letter


def shown_letter(lot: Lot, subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The letter that is answered or judged."""
    letter = readable(lot, subject)
    return Markup(render_template("process_supervision/letter.html", lot=lot, letter=letter))


def own_letters(lot: Lot) -> Sequence[BidInquiry]:
    """The letters to the reader's company."""
    home = access.actor().organization_id
    return [one for one in inquiries_of(db.session, lot) if one.organization_id == home]


@access.allow(Role.BIDDER)
def letters_page(code: str) -> ResponseReturnValue:
    """The letters of the committee to this bidder, and his answers; nobody else's."""
    lot = find_lot(code)
    return render_template("process_supervision/letters.html", lot=lot, letters=own_letters(lot), now=now())


@access.allow(Role.BIDDER)
def letters_json(code: str) -> ResponseReturnValue:
    """The same by JSON."""
    lot = find_lot(code)
    return {"letters": [letter_json(one) for one in own_letters(lot)]}, 200


@access.allow(Role.BIDDER, Role.EXPERT, Role.OWNER)
def letter_file(code: str, letter: str, number: int) -> Response:
    """A file of an answer, as something to save, never to be run by the browser."""
    files = readable(find_lot(code), letter).files
    if not 0 <= number < len(files):
        raise NotFound("没有这份文件", "There is no such file")
    answer = Response(tools().files.get(files[number]["sha256"]), mimetype=files[number]["media_type"])
    answer.headers.set("Content-Disposition", "attachment", filename=files[number]["name"])
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def decidable(lot: Lot, subject: str | None, data: Mapping[str, Any] | None) -> Markup:
    """The letter that is judged; a member alone comes so far.

    Raises:
        NotFound: it is no inquiry into a low price.
    """
    own_seat(lot)
    if readable(lot, subject).kind is not InquiryKind.LOW_PRICE:
        raise NotFound()
    return shown_letter(lot, subject, data)


PAGES = (
    StepPage(Step.ASK_BIDDER, evaluation_schemas.LetterSchema, offer=standing, initial=in_an_hour),
    StepPage(Step.ASK_LOW_PRICE, evaluation_schemas.LetterSchema, offer=standing, initial=in_an_hour, aside=warned),
    StepPage(Step.ANSWER_COMMITTEE, evaluation_schemas.AnswerSchema, subject=True, aside=shown_letter),
    StepPage(Step.DECIDE_LOW_PRICE, evaluation_schemas.LowPriceDecisionSchema, subject=True, aside=decidable),
    StepPage(Step.CORRECT_ARITHMETIC, evaluation_schemas.CorrectionSchema, offer=standing, initial=in_an_hour),
    StepPage(Step.CONFIRM_CORRECTION, evaluation_schemas.ConfirmationSchema, subject=True, aside=shown_letter),
    StepPage(Step.ASK_MORE_TIME, NothingAsked),
    StepPage(Step.EXTEND_EVALUATION, evaluation_schemas.MoreTimeSchema),
)
for _page in PAGES:
    mount(blueprint, _page)
blueprint.add_url_rule("/lots/<string:code>/letters", "letters", letters_page)
blueprint.add_url_rule("/api/v1/lots/<string:code>/letters", "letters_json", letters_json)
blueprint.add_url_rule("/lots/<string:code>/letters/<string:letter>/files/<int:number>", "letter_file", letter_file)
