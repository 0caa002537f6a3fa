"""A form that is no step 非环节表单: one declaration gives its page and its JSON operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_smorest import Blueprint
from sqlalchemy import Select

from trading.beijing import law_date
from trading.codelists import Role
from trading.database import db
from trading.errors import InvalidInput, NotAllowed, NotFound, TradingError
from trading.values import Values
from trading.web import access, exchange
from trading.web.access import LoginNeeded
from trading.web.errors import note
from trading.web.fields import StepSchema
from trading.web.steps import now, tools

PAGE_SIZE = 50
FILLED_BY_BROWSER = {
    "login": "username", "password": "new-password", "old_password": "current-password", "new_password": "new-password",
}  # fmt: skip


def nothing(**_path: str) -> None:
    """A form that is about no record."""


@dataclass(frozen=True)
class FormPage:
    """A form outside the procedure of lots.

    Arguments:
        callers: the roles that may call it; empty for any account, None for everybody.
        act: does it, from the record and the input; answers what is told as JSON.
        after: where the browser goes then, from the answer and the path; text is an address, a response is sent as is.
        find: the record that the path names; raises NotFound.
        done: the sentence of success.
        beside: what else the template shows.
    """

    endpoint: str
    path: str
    title: Any
    button: Any
    schema: type[StepSchema]
    callers: tuple[Role, ...] | None
    act: Callable[[Any, dict[str, Any]], dict[str, Any]]
    after: Callable[..., Any]
    find: Callable[..., Any] = nothing
    offer: Callable[[Any], Mapping[str, list[tuple[str, str]]]] | None = None
    initial: Callable[[Any], Mapping[str, Any]] | None = None
    lead: Any = None
    done: Any = None
    danger: bool = False
    template: str = "admin/form.html"
    beside: Callable[[Any], Mapping[str, Any]] | None = None
    cancel: Callable[..., str] | None = None


def law() -> Values:
    """The numbers in force today."""
    return tools().book.on(law_date(now()))


def guard(callers: tuple[Role, ...] | None) -> Callable[[Any], Any]:
    """The declaration of who may call."""
    return access.public if callers is None else access.allow(*callers)


def mount_form(blueprint: Blueprint, page: FormPage) -> None:
    """Mount the form under its path, and as a JSON operation under ``/api/v1``."""

    @guard(page.callers)
    def html(**path: str) -> ResponseReturnValue:
        record = page.find(**path)
        if request.method == "GET":
            return draw(page, record, path, dict(page.initial(record)) if page.initial else {})
        return submit(page, record, path)

    @guard(page.callers)
    def json(**path: str) -> ResponseReturnValue:
        record = page.find(**path)
        data = exchange.load(page.schema(), exchange.from_json(), page.offer(record) if page.offer else {})
        return jsonify(page.act(record, data))

    json.__name__ = f"{page.endpoint}_json"
    json.__doc__ = str(page.act.__doc__ or "")
    blueprint.add_url_rule(page.path, page.endpoint, html, methods=["GET", "POST"])
    documented = blueprint.doc(
        summary=json.__doc__.strip().split("\n")[0],
        requestBody={"required": True, "content": {"application/json": {"schema": page.schema}}},
    )(json)
    documented.callers = json.callers
    blueprint.route("/api/v1" + page.path, methods=["POST"], endpoint=f"{page.endpoint}_json")(documented)


def submit(page: FormPage, record: Any, path: dict[str, str]) -> ResponseReturnValue:
    """A form was sent; what is wrong is shown with all that was typed, passwords left out."""
    schema = page.schema()
    raw = exchange.from_form(schema)
    try:
        answer = page.act(record, exchange.load(schema, raw, page.offer(record) if page.offer else {}))
    except (NotFound, NotAllowed) as refusal:
        if not isinstance(refusal, LoginNeeded):
            raise
        return draw(page, record, path, raw, refusal)
    except TradingError as refusal:
        return draw(page, page.find(**path), path, raw, refusal)
    if page.done is not None:
        flash(str(page.done), "success")
    goal = page.after(answer, **path)
    return redirect(goal, 303) if isinstance(goal, str) and goal.startswith("/") else goal


def draw(
    page: FormPage, record: Any, path: dict[str, str], raw: Mapping[str, Any], refusal: TradingError | None = None
) -> ResponseReturnValue:
    """Draw the form."""
    schema = page.schema()
    secret = {
        name
        for name, field in schema.fields.items()
        if field.metadata.get("kind") == "password" or field.metadata.get("never_back")
    }
    typed = {name: value for name, value in raw.items() if name not in secret}
    errors = refusal.told(exchange.language()) if isinstance(refusal, InvalidInput) else {}
    kept = exchange.keep_uploads(raw) if refusal else {}
    drawn = exchange.inputs(schema, typed, errors, page.offer(record) if page.offer else None, kept)
    for field in drawn:
        field["autocomplete"] = FILLED_BY_BROWSER.get(field["name"])
        if page.endpoint == "login" and field["name"] == "password":
            field["autocomplete"] = "current-password"
    sentence = None if refusal is None or errors else refusal.sentence(exchange.language())
    status = 200 if refusal is None else note(refusal)
    cancel = page.cancel(**path) if page.cancel else None
    return render_template(
        page.template, page=page, record=record, fields=drawn, errors=exchange.flat(errors), sentence=sentence,
        cancel_url=cancel, **(page.beside(record) if page.beside else {}),
    ), status  # fmt: skip


def page_number() -> int:
    """Which page is asked for, from 1; what is no number is the first."""
    asked = request.args.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def paged(query: Select[Any]) -> tuple[list[Any], int, bool]:
    """The rows of the page that is asked for, its number from 1, and whether another follows."""
    number = page_number()
    found = list(db.session.execute(query.limit(PAGE_SIZE + 1).offset((number - 1) * PAGE_SIZE)).unique())
    return found[:PAGE_SIZE], number, len(found) > PAGE_SIZE


def asked_for(schema: StepSchema) -> tuple[dict[str, Any], list[dict[str, Any]], list[Any]]:
    """The filter of a list from the address: typed values, inputs to draw, errors to show."""
    raw = {name: value for name in schema.fields if (value := request.args.get(name, "").strip())}
    try:
        return exchange.load(schema, raw), exchange.inputs(schema, raw), []
    except InvalidInput as wrong:
        told = wrong.told(exchange.language())
        return {}, exchange.inputs(schema, raw, told), exchange.flat(told)


def pager(number: int, more: bool) -> tuple[str | None, str | None, str]:
    """The addresses before and after this page, and where it is."""

    def address(page: int) -> str:
        kept = {name: value for name, value in request.args.items() if name not in ("page", "lang")}
        pairs = kept | {"page": str(page)}
        return f"{request.path}?{urlencode(pairs)}"

    before = address(number - 1) if number > 1 else None
    return before, address(number + 1) if more else None, _("第 %(number)s 页", number=number)


def escaped(words: str) -> str:
    """Words in which the signs of LIKE mean themselves."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
