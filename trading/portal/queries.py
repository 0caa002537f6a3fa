"""The lists of the public side 公开列表: one query a page, found by an index, never counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from trading.beijing import at
from trading.errors import InvalidInput, NotFound, Words
from trading.models import Lot, Notice, Organization, Project

PAGE = 20
ESCAPE = "\\"


@dataclass(frozen=True)
class Page:
    """One page of a list, newest first; ``newer`` and ``older`` are where the neighbouring pages begin."""

    rows: Sequence[Row[Any]]
    newer: str | None
    older: str | None


def lots_page(session: Session, asked: dict[str, Any]) -> Page:
    """One page of the published lots.

    Arguments:
        asked: as read by ``LotSearchSchema``.

    Raises:
        InvalidInput: a page mark that is none.
    """
    query = (
        select(
            Lot.id, Lot.published_at, Lot.code, Lot.title, Lot.status, Lot.category, Lot.estimate, Lot.bid_deadline,
            Lot.method, Lot.trading_code, Lot.ocid, Project.name.label("project"), Project.district,
            Project.type, Organization.name.label("owner"),
        )
        .join(Project, Project.id == Lot.project_id)
        .join(Organization, Organization.id == Project.owner_id)
        .where(Lot.published_at.is_not(None), *_narrowed(asked))
    )  # fmt: skip
    return _page(session, query, Lot.published_at, Lot.id, asked)


def _narrowed(asked: dict[str, Any]) -> list[ColumnElement[bool]]:
    conditions = [
        Lot.search_text.like(f"%{escaped(word.lower())}%", escape=ESCAPE) for word in (asked.get("words") or "").split()
    ]
    tests: dict[str, Callable[[Any], ColumnElement[bool]]] = {
        "status": lambda value: Lot.status == value,
        "district": lambda value: Project.district == value,
        "type": lambda value: Project.type == value,
        "published_from": lambda value: Lot.published_at >= at(value, 0),
        "published_to": lambda value: Lot.published_at < at(value, 0) + timedelta(days=1),
        "amount_from": lambda value: Lot.estimate >= value,
        "amount_to": lambda value: Lot.estimate <= value,
    }
    return conditions + [test(asked[name]) for name, test in tests.items() if asked.get(name) is not None]


def escaped(word: str) -> str:
    """``word`` for LIKE: what the reader typed counts as itself, % and _ too."""
    for sign in (ESCAPE, "%", "_"):
        word = word.replace(sign, ESCAPE + sign)
    return word


def notices_page(session: Session, asked: dict[str, Any]) -> Page:
    """One page of the notices.

    Raises:
        InvalidInput: a page mark that is none.
    """
    query = notices_query()
    if asked.get("kind") is not None:
        query = query.where(Notice.kind == asked["kind"])
    return _page(session, query, Notice.published_at, Notice.id, asked)


def notices_query() -> Select[Any]:
    """Notices with the lot they are about, unsorted."""
    return (
        select(
            Notice.id, Notice.published_at, Notice.kind, Notice.title, Notice.digest, Notice.ends_at, Lot.code,
            Project.district, Project.name.label("project"), Organization.name.label("owner"),
        )
        .join(Lot, Lot.id == Notice.lot_id)
        .join(Project, Project.id == Lot.project_id)
        .join(Organization, Organization.id == Project.owner_id)
    )  # fmt: skip


def newest_notices(session: Session, count: int) -> Sequence[Row[Any]]:
    """The newest notices with their text."""
    query = notices_query().add_columns(Notice.text)
    return session.execute(query.order_by(Notice.published_at.desc(), Notice.id.desc()).limit(count)).all()


def _page(
    session: Session, query: Select[Any], moment: InstrumentedAttribute[Any], identity: InstrumentedAttribute[Any],
    asked: dict[str, Any],
) -> Page:  # fmt: skip
    """A page by its edge: however far one turns, the database reads twenty rows and one more."""
    backwards = bool(asked.get("before"))
    mark = asked.get("before") or asked.get("after")
    if mark:
        query = query.where(_beyond(moment, identity, *read_mark(mark), backwards=backwards))
    order = (moment.asc(), identity.asc()) if backwards else (moment.desc(), identity.desc())
    found = session.execute(query.order_by(*order).limit(PAGE + 1)).all()
    rows, more = found[:PAGE], len(found) > PAGE
    if backwards:
        rows = rows[::-1]
    has_newer, has_older = (more, True) if backwards else (bool(mark), more)
    return Page(
        rows,
        mark_of(rows[0]) if rows and has_newer else None,
        mark_of(rows[-1]) if rows and has_older else None,
    )


def _beyond(moment: Any, identity: Any, seen: datetime, last: str, *, backwards: bool) -> ColumnElement[bool]:
    if backwards:
        return and_(moment >= seen, or_(moment > seen, identity > last))
    return and_(moment <= seen, or_(moment < seen, identity < last))


def mark_of(row: Row[Any]) -> str:
    """The page mark of a row: its moment and its identity."""
    return f"{row.published_at.isoformat()}~{row.id}"


def read_mark(mark: str) -> tuple[datetime, str]:
    """A page mark back to moment and identity.

    Raises:
        InvalidInput: it is none.
    """
    moment, _tilde, identity = mark.partition("~")
    try:
        seen = datetime.fromisoformat(moment.replace(" ", "+"))
    except ValueError as wrong:
        raise bad_mark() from wrong
    if seen.tzinfo is None or not identity or not identity.isascii():
        raise bad_mark()
    return seen, identity


def bad_mark() -> InvalidInput:
    """The error of a page mark that is none."""
    return InvalidInput({"after": [Words("页码标记无效", "Not a page mark")]}, "页码标记无效", "Not a page mark")


def one_notice(session: Session, identity: str) -> tuple[Notice, Lot]:
    """A notice and its lot.

    Raises:
        NotFound: there is none.
    """
    found = session.execute(select(Notice, Lot).join(Lot, Lot.id == Notice.lot_id).where(Notice.id == identity)).first()
    if found is None:
        raise NotFound("没有这份公告", "There is no such notice")
    return found[0], found[1]
