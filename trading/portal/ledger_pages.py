"""What everybody may read of the record 存证公开数据: checkpoints, leaf hashes and proofs, and no entry (trust.md C.6).

A leaf hides what it stands for, as every body is salted. All that is given lies under the newest checkpoint, which
cover entries precede, so that nobody who looks often learns how many bids came.
"""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from trading.checkpoints.cutting import newest
from trading.checkpoints.keeper import Keeper
from trading.database import db
from trading.errors import InvalidInput, NotFound
from trading.models import Checkpoint, LedgerEntry
from trading.portal.blueprint import blueprint
from trading.web import access

NOTE_TYPE = "text/plain; charset=utf-8"
MOST_LEAVES = 10_000
MOST_CHECKPOINTS = 100
LARGEST = 10**15


def keeper() -> Keeper:
    """Who keeps the checkpoints of this installation."""
    return current_app.extensions["tools"].keeper  # type: ignore[no-any-return]


def published() -> Checkpoint:
    """The newest checkpoint.

    Raises:
        NotFound: none was cut yet.
    """
    kept = newest(db.session)
    if kept is None:
        raise NotFound("尚无检查点", "There is no checkpoint yet")
    return kept


def number(name: str, default: int | None, most: int) -> int:
    """A whole number of the query, from 0 to ``most``.

    Raises:
        InvalidInput: it is none.
    """
    given = request.args.get(name)
    if given is None and default is not None:
        return default
    if given is None or not given.isascii() or not given.isdigit() or len(given) > 15 or int(given) > most:
        raise InvalidInput.of(name, f"应为 0 至 {most} 的整数", f"A whole number from 0 to {most}")
    return int(given)


@access.public
def checkpoint() -> ResponseReturnValue:
    """The newest checkpoint as a signed note, or with ``size`` an earlier one."""
    if "size" not in request.args:
        return Response(published().note, content_type=NOTE_TYPE)
    found = db.session.get(Checkpoint, number("size", None, LARGEST))
    if found is None:
        raise NotFound("没有这个检查点", "There is no such checkpoint")
    return Response(found.note, content_type=NOTE_TYPE)


@access.public
def checkpoints() -> ResponseReturnValue:
    """The newest hundred checkpoints; ``before`` a size gives the hundred before it."""
    query = select(Checkpoint).where(Checkpoint.size < number("before", LARGEST, LARGEST))
    found = db.session.scalars(query.order_by(Checkpoint.size.desc()).limit(MOST_CHECKPOINTS))
    return jsonify({"checkpoints": [row(one) for one in found]})


def row(one: Checkpoint) -> dict[str, Any]:
    """One checkpoint of the list."""
    return {
        "size": one.size, "root": one.root.hex(), "cut_at": one.cut_at.isoformat(),
        "cosigned_at": one.cosigned_at.isoformat() if one.cosigned_at else None,
    }  # fmt: skip


@access.public
def leaves() -> ResponseReturnValue:
    """The leaf hashes from number ``from`` on, hex, one a line, at most ten thousand."""
    size = published().size
    first = number("from", 0, size)
    query = select(LedgerEntry.leaf).where(LedgerEntry.seq >= first, LedgerEntry.seq < min(size, first + MOST_LEAVES))
    found = db.session.scalars(query.order_by(LedgerEntry.seq))
    return Response("".join(f"{leaf.hex()}\n" for leaf in found), content_type=NOTE_TYPE)


@access.public
def consistency() -> ResponseReturnValue:
    """The proof that the log at size ``old`` is the beginning of the log at size ``new`` (default: the newest)."""
    new = number("new", published().size, published().size)
    old = number("old", None, new)
    if old == 0:
        raise InvalidInput.of("old", "空日志无需证明", "From an empty log there is nothing to prove")
    proof = keeper().tiles.consistency(db.session, old, new)
    return jsonify({"old": old, "new": new, "proof": [one.hex() for one in proof]})


@access.public
def inclusion() -> ResponseReturnValue:
    """The proof that the leaf ``leaf`` (hex, as a receipt tells it) is under the newest checkpoint."""
    kept, given = published(), request.args.get("leaf", "")
    try:
        leaf = bytes.fromhex(given)
    except ValueError:
        leaf = b""
    if len(leaf) != 32 or leaf.hex() != given:
        raise InvalidInput.of("leaf", "应为 64 位小写十六进制数", "64 lower-case hex digits")
    query = select(LedgerEntry.seq).where(LedgerEntry.leaf == leaf, LedgerEntry.seq < kept.size)
    index = db.session.scalar(query.limit(1))
    if index is None:
        raise NotFound("最新检查点之下没有这一条", "There is no such leaf under the newest checkpoint")
    proof = keeper().tiles.inclusion(db.session, index, kept.size)
    return jsonify({"leaf": given, "index": index, "size": kept.size, "proof": [one.hex() for one in proof]})


for _view in (checkpoint, checkpoints, leaves, consistency, inclusion):
    blueprint.add_url_rule(f"/ledger/{_view.__name__}", f"ledger_{_view.__name__}", _view)
