"""A step as a page and as a JSON operation 环节的页面与接口: mounted once, from schema and row of transitions.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, g, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_smorest import Blueprint
from marshmallow import fields as ma
from sqlalchemy import select

from trading.codelists import Answer
from trading.database import db
from trading.errors import InvalidInput, NotFound, Refused, Stale, TooManyAttempts, Unlawful, WrongStatus
from trading.models import Lot
from trading.rules.rule import Verdict
from trading.steps import Step
from trading.web import access, exchange
from trading.web.errors import note, told
from trading.web.fields import StepSchema, Upload
from trading.web.formats import shown_value, size
from trading.web.signed import SignedSchema
from trading.workflow import clockwork, engine
from trading.workflow.gate import ADMITTED, IN_LINE
from trading.workflow.taking import Tools
from trading.workflow.transitions import BY_STEP, PHASE_OF_STATUS
from trading.workflow.who import may_see

Choices = Mapping[str, list[tuple[str, str]]]
Offer = Callable[[Lot, str | None], Choices]
Initial = Callable[[Lot, str | None], Mapping[str, Any]]
Aside = Callable[[Lot, str | None, Mapping[str, Any] | None], Any]


@dataclass(frozen=True)
class StepPage:
    """What a step's page needs beyond its row: the schema, and what depends on the record.

    Arguments:
        subject: whether the step is about one record of the lot (its id stands in the path).
        offer: allowed values of fields that depend on the record.
        initial: what the form is filled with at first.
        aside: text shown with the form (what the record says, a generated notice) from (lot, subject, input).
        danger: drawn as a warning.
        check: False for a step that is so small that no check-your-answers page is shown.
        choose: the schema of this lot, where it is not the same for all; ``others`` are the schemas besides ``schema``.
    """

    step: Step
    schema: type[StepSchema]
    subject: bool = False
    offer: Offer | None = None
    initial: Initial | None = None
    aside: Aside | None = None
    danger: bool = False
    check: bool = True
    lead: Any = None
    choose: Callable[[Lot], type[StepSchema]] | None = None
    others: tuple[type[StepSchema], ...] = ()

    def form(self, lot: Lot) -> StepSchema:
        """What is asked of this lot."""
        return self.choose(lot)() if self.choose else self.schema()

    @property
    def documented(self) -> Any:
        """What the operation's description says of its input."""
        return {"oneOf": [self.schema, *self.others]} if self.others else self.schema

    @property
    def signed(self) -> bool:
        """Whether the person's own signature is asked for."""
        return issubclass(self.schema, SignedSchema)

    @property
    def endpoint(self) -> str:
        """The endpoint's name inside its blueprint."""
        return self.step.value

    def choices(self, lot: Lot, subject: str | None) -> Choices:
        """The allowed values of this record's fields."""
        return self.offer(lot, subject) if self.offer else {}


PAGES: dict[Step, str] = {}
ABOUT_A_RECORD: set[Step] = set()


def now() -> datetime:
    """The one clock reading of this request."""
    if "now" not in g:
        g.now = current_app.extensions["clock"].now()
    return g.now  # type: ignore[no-any-return]


def tools() -> Tools:
    """What this installation lends to the steps."""
    return current_app.extensions["tools"]  # type: ignore[no-any-return]


def find_lot(code: str, step: Step | None = None) -> Lot:
    """The lot of this code, if this reader may know it; whoever looks at it first lets the clock act on it.

    A step that the lot's status allows as it stands is left to the rules: a late bid is refused by R10.C1, not by the
    status that the clock would give the lot.

    Raises:
        NotFound: there is none, or it is not to be known yet.
    """
    lot = db.session.scalar(select(Lot).where(Lot.code == code))
    allowed = lot is not None and step is not None and lot.status in BY_STEP[step].at
    if lot is not None and not allowed and clockwork.may_be_due(lot, now()):
        clockwork.tick(db.session, now(), tools(), code)
    if lot is None or not may_see(db.session, access.caller(), lot):
        raise NotFound("没有这个标段", "There is no such lot")
    return lot


def step_url(lot: Lot, step: Step, subject: str | None = None) -> str:
    """The address of a step's page."""
    values = {"code": lot.code} | ({"subject": subject} if subject and step in ABOUT_A_RECORD else {})
    return url_for(PAGES[step], **values)


def mount(blueprint: Blueprint, page: StepPage) -> None:
    """Mount one step as a page under ``/lots/<code>/`` and as a JSON operation under ``/api/v1/lots/<code>/``."""
    path = f"/lots/<string:code>/{page.step.value.replace('_', '-')}" + ("/<string:subject>" if page.subject else "")

    @access.takes(page.step)
    def html(code: str, subject: str | None = None) -> ResponseReturnValue:
        return show(page, code, subject) if request.method == "GET" else submit(page, code, subject)

    @access.takes(page.step)
    def json(code: str, subject: str | None = None) -> ResponseReturnValue:
        lot = find_lot(code, page.step)
        raw = exchange.from_json()
        data = exchange.load(page.form(lot), raw, page.choices(lot, subject))
        version = (request.get_json() or {}).get("version")
        if version is not None and (isinstance(version, bool) or not isinstance(version, int)):
            raise InvalidInput({"version": ["version"]})
        return jsonify(receipt_json(taken(page, code, subject, data, version))), 200

    json.__name__ = f"{page.endpoint}_json"
    json.__doc__ = f"{page.step.zh} {page.step.en}"
    blueprint.add_url_rule(path, page.endpoint, html, methods=["GET", "POST"])
    documented = blueprint.doc(
        summary=page.step.en,
        requestBody={"required": True, "content": {"application/json": {"schema": page.documented}}},
    )(json)
    documented.callers = json.callers  # type: ignore[attr-defined]
    blueprint.route("/api/v1" + path, methods=["POST"], endpoint=f"{page.endpoint}_json")(documented)
    if page.signed:
        mount_to_sign(blueprint, page, path)
    PAGES[page.step] = f"{blueprint.name}.{page.endpoint}"
    if page.subject:
        ABOUT_A_RECORD.add(page.step)


def mount_to_sign(blueprint: Blueprint, page: StepPage, path: str) -> None:
    """Mount beside a signed step the operation that tells what there is to sign; it changes nothing."""

    @access.takes(page.step)
    def to_sign(code: str, subject: str | None = None) -> ResponseReturnValue:
        lot = find_lot(code, page.step)
        data = exchange.load(page.form(lot), exchange.from_json(), page.choices(lot, subject))
        found = engine.to_be_signed(db.session, wish(page, code, subject, data, None), tools())
        return jsonify({"sign": [one.as_json() for one in found]}), 200

    name = f"{page.endpoint}_to_sign"
    to_sign.__name__, to_sign.__doc__ = name, f"{page.step.zh}：待签名内容 {page.step.en}: what is to be signed"
    documented = blueprint.doc(
        summary=f"{page.step.en}: what is to be signed",
        requestBody={"required": True, "content": {"application/json": {"schema": page.documented}}},
    )(to_sign)
    documented.callers = to_sign.callers  # type: ignore[attr-defined]
    blueprint.route(f"/api/v1{path}/to-sign", methods=["POST"], endpoint=name)(documented)


def wish(page: StepPage, code: str, subject: str | None, data: dict[str, Any], version: int | None) -> engine.Request:
    """The request to the engine."""
    return engine.Request(code, page.step, access.actor(), now(), data, subject, version)


def taken(
    page: StepPage, code: str, subject: str | None, data: dict[str, Any], version: int | None
) -> engine.Receipt:
    """Take the step; where a deadline decides, the clock is read behind the gate that closing waits for.

    Live offers are taken in line, each at the moment of its turn; after one that came too late the clock acts.
    """
    if page.step in IN_LINE:
        return taken_in_line(wish(page, code, subject, data, version))
    with tools().gate.admitted(code) if page.step in ADMITTED else nullcontext():
        return engine.take(db.session, wish(page, code, subject, data, version), tools())


def taken_in_line(request_: engine.Request) -> engine.Receipt:
    """Take a live step; whatever its answer is, what fell due meanwhile happens now."""
    clock = current_app.extensions["clock"]
    try:
        receipt = engine.take_in_line(db.session, request_, tools(), clock.now)
    except (Refused, WrongStatus):
        clockwork.tick(db.session, clock.now(), tools(), request_.code)
        raise
    current_app.extensions["channels"].happened(request_.code)
    if request_.step is Step.MATCH_OFFER:
        clockwork.tick(db.session, clock.now(), tools(), request_.code)
    return receipt


def show(page: StepPage, code: str, subject: str | None) -> ResponseReturnValue:
    """The form, with what still stands in the way."""
    lot = find_lot(code)
    engine.check_door(db.session, wish(page, code, subject, {}, None), lot, BY_STEP[page.step])
    values = dict(page.initial(lot, subject)) if page.initial else {}
    return render(page, lot, subject, values=values)


def render(page: StepPage, lot: Lot, subject: str | None, *, status: int = 200, **more: Any) -> ResponseReturnValue:
    """Draw the form of a step."""
    choices = page.choices(lot, subject)
    values, errors, kept = more.get("values", {}), more.get("errors", {}), more.get("kept", {})
    verdicts = more.get("verdicts")
    if verdicts is None:
        verdicts = stands(page, lot, subject)
    form = exchange.inputs(page.form(lot), values, errors, choices, kept)
    aside = page.aside(lot, subject, None) if page.aside else None
    return (
        render_template(
            "step.html", page=page, lot=lot, fields=form, errors=exchange.flat(errors), verdicts=verdicts, aside=aside,
            version=more.get("version", lot.version), sentence=more.get("sentence"), proof=more.get("proof"),
            phase=PHASE_OF_STATUS.get(lot.status),
        ),
        status,
    )  # fmt: skip


def stands(page: StepPage, lot: Lot, subject: str | None) -> list[Verdict]:
    """What stands in the way before anything is typed; a step that asks nothing is rehearsed as it would be taken."""
    if page.form(lot).fields:
        verdicts = engine.preview(db.session, lot, page.step, now(), tools(), subject)
        return [one for one in verdicts if one.answer is Answer.FAILED]
    try:
        return engine.rehearse(db.session, wish(page, lot.code, subject, {}, None), tools())
    except Refused:
        return []


def submit(page: StepPage, code: str, subject: str | None) -> ResponseReturnValue:
    """A form was sent: check it, let it be checked by its writer, then take the step."""
    lot = find_lot(code, page.step)
    schema = page.form(lot)
    raw = exchange.from_form(schema)
    version = seen_version()
    try:
        data = exchange.load(schema, raw, page.choices(lot, subject))
    except InvalidInput as wrong:
        note(wrong)
        kept, told_wrong = exchange.keep_uploads(raw), wrong.told(exchange.language())
        return render(page, lot, subject, values=raw, errors=told_wrong, kept=kept, version=version, status=400)
    request_ = wish(page, code, subject, data, version)
    if "back" in request.form:
        return render(page, lot, subject, values=raw, kept=exchange.keep_uploads(raw), version=version)
    try:
        if page.check and "confirmed" not in request.form:
            return check(page, lot, subject, raw, request_)
        receipt = taken(page, code, subject, data, version)
    except (Unlawful, InvalidInput, Refused, Stale, TooManyAttempts) as refusal:
        status, kept = note(refusal), exchange.keep_uploads(raw)
        lot = find_lot(code, page.step)
        errors = refusal.told(exchange.language()) if isinstance(refusal, InvalidInput) else {}
        verdicts = list(refusal.verdicts) if isinstance(refusal, Unlawful) else None
        return render(
            page, lot, subject, values=raw, errors=errors, kept=kept, verdicts=verdicts, status=status,
            version=lot.version, sentence=refusal.sentence(exchange.language()), proof=refusal.proof,
        )  # fmt: skip
    session["receipt"] = receipt_json(receipt)
    return redirect(url_for("portal.receipt", code=code), 303)


def seen_version() -> int | None:
    """The version of the lot that the form was made for."""
    given = request.form.get("version", "")
    return int(given) if given.isdigit() and len(given) < 10 else None


def check(
    page: StepPage, lot: Lot, subject: str | None, raw: dict[str, Any], request_: engine.Request
) -> ResponseReturnValue:
    """The check-your-answers page: what was read, and what the rules would say."""
    verdicts = engine.rehearse(db.session, request_, tools())
    signing = engine.to_be_signed(db.session, request_, tools()) if page.signed else []
    lot = find_lot(lot.code, page.step)
    kept = exchange.keep_uploads(raw)
    aside = page.aside(lot, subject, request_.data) if page.aside else None
    return render_template(
        "check.html", page=page, lot=lot, answers=answers(page.form(lot), request_.data, page.choices(lot, subject)),
        verdicts=verdicts, hidden=hidden(raw, kept), version=request_.version, aside=aside,
        blocked=any(verdict.stands_in_the_way for verdict in verdicts), to_sign=[one.as_json() for one in signing],
    )  # fmt: skip


def answers(schema: StepSchema, data: Mapping[str, Any], choices: Choices) -> list[dict[str, Any]]:
    """What was typed, as the reader sees it."""
    rows = []
    for name, field in schema.fields.items():
        value = data.get(name)
        if field.metadata.get("kind") == "hidden" or (choices.get(name) == [] and not value):
            continue
        labels = dict(choices.get(name, []))
        if isinstance(value, Upload):
            shown: Any = f"{value.name}（{size(len(value.data))}）"
        elif isinstance(value, list) and value and isinstance(value[0], Upload):
            shown = [f"{one.name}（{size(len(one.data))}）" for one in value]
        elif isinstance(field, ma.List) and isinstance(field.inner, ma.Nested):
            shown = [shown_row(row, choices) for row in value or []]
        elif isinstance(value, list):
            shown = [labels.get(one, shown_value(one)) for one in value]
        else:
            shown = labels.get(value, shown_value(value)) if not isinstance(value, dict) else _("已附")
        rows.append({"label": field.metadata.get("label", name), "value": shown})
    return rows


def shown_row(row: Mapping[str, Any], choices: Choices) -> str:
    """One row of a table as a line; cells that the record offers are shown by their words."""
    cells = [(name, cell) for name, cell in row.items() if cell is not None]
    return "；".join(str(dict(choices.get(name, [])).get(cell, shown_value(cell))) for name, cell in cells)


def hidden(raw: Mapping[str, Any], kept: Mapping[str, list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """The answers as hidden inputs, so that the check page sends exactly what was checked."""
    pairs: list[tuple[str, str]] = []
    for name, value in raw.items():
        if name in kept or isinstance(value, Upload):
            continue
        if isinstance(value, list):
            for number, one in enumerate(value):
                if isinstance(one, dict):
                    pairs += [(f"{name}-{number}-{column}", str(cell)) for column, cell in one.items()]
                elif not isinstance(one, Upload):
                    pairs.append((name, str(one)))
        else:
            pairs.append((name, str(value)))
    for name, tokens in kept.items():
        pairs += [(name + exchange.KEPT, token) for _name, token in tokens]
    return pairs


def plain(value: Any) -> Any:
    """A fact as JSON keeps it."""
    return value if value is None or isinstance(value, int | str | list | dict) else str(value)


def receipt_json(receipt: engine.Receipt) -> dict[str, Any]:
    """A receipt as JSON; also what the confirmation page shows."""
    return {
        "step": receipt.step.value,
        "code": receipt.lot.code,
        "status": receipt.lot.status.value,
        "version": receipt.lot.version,
        "at": receipt.at.isoformat(),
        "leaf": receipt.leaf,
        "facts": {
            name: str(value) if not isinstance(value, int | str | list | dict | None) else value
            for name, value in receipt.facts.items()
        },
        "conditions": [told(verdict) for verdict in receipt.verdicts if verdict.answer is not Answer.NOT_APPLICABLE],
    }
