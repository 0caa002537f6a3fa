"""The floors 参照: the least that Flask, a template, SQLAlchemy and the record cost, without any of the house's law."""

from __future__ import annotations

import hashlib
import itertools
from datetime import datetime
from pathlib import Path

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from jinja2 import DictLoader

from trading import database
from trading.database import db, transaction
from trading.ledger.log import append
from trading.models import Bid, Lot, Message, Organization, User

CHAIN = "floor"
PAGES = {
    "frame.html": "<!doctype html><html lang='zh'><head><meta charset='utf-8'><title>{{ title }}</title></head><body>"
    "<header><a href='{{ url_for(\"empty\") }}'>{{ title }}</a></header><main>{% block content %}{% endblock %}</main>"
    "<footer>{{ title }}</footer></body></html>",
    "rows.html": "{% extends 'frame.html' %}{% block content %}<h1>{{ title }}</h1><table>{% for row in rows %}<tr>"
    "<td><a href='{{ url_for(\"one\", identity=row.code) }}'>{{ row.project }} {{ row.title }}</a></td>"
    "<td>{{ row.code }}</td><td>{{ row.owner }}</td><td>{{ row.district }}</td><td>{{ row.category }}</td>"
    "<td>{{ '{:,.2f}'.format(row.estimate) }}</td><td>{{ row.published.strftime('%Y-%m-%d') }}</td>"
    "<td>{{ row.deadline.strftime('%Y-%m-%d %H:%M') }}</td><td><span class='tag'>{{ row.status }}</span></td></tr>"
    "{% endfor %}</table>{% endblock %}",
}


def create_floors(url: str, folder: Path, parties: tuple[str, str, str], now: datetime) -> Flask:
    """A bare application over the same database.

    Arguments:
        url: the database.
        folder: where its templates' application stands.
        parties: ids of the lot, the organisation and the account of the bids it inserts.
        now: the moment that rows are given.
    """
    app = Flask("floors", root_path=str(folder))
    app.config["TRADING_DATABASE_URL"] = url
    app.jinja_env.loader = DictLoader(PAGES)
    database.init_app(app)
    readers(app, now)
    writers(app, parties, now)
    return app


def readers(app: Flask, now: datetime) -> None:
    """An empty answer, twenty rows without a database, and one record by its key."""
    shown = [
        {"code": f"E422823{one:08d}", "project": "巴东县某镇道路改造工程", "title": f"第{one}标段",
         "owner": "巴东县交通运输局", "district": "巴东县", "category": "工程施工", "estimate": 4_200_000 + one,
         "published": now, "deadline": now, "status": "已发布"}
        for one in range(20)
    ]  # fmt: skip

    @app.get("/empty")
    def empty() -> ResponseReturnValue:
        return jsonify(ok=True)

    @app.get("/rows")
    def rows() -> ResponseReturnValue:
        return render_template("rows.html", title="交易项目", rows=shown)

    @app.get("/one/<identity>")
    def one(identity: str) -> ResponseReturnValue:
        found = db.session.get_one(Organization, identity)
        return jsonify(id=found.id, name=found.name, uscc=found.uscc)


def writers(app: Flask, parties: tuple[str, str, str], now: datetime) -> None:
    """One row, and a bid with its entry in the record, each in one commit."""
    lot_id, organization_id, user_id = parties
    numbers = itertools.count(1)

    @app.post("/insert")
    def insert() -> ResponseReturnValue:
        with transaction(db.session) as session:
            message = Message(
                user_id=user_id, subject_zh="a", text_zh="b", subject_en="c", text_en="d", delivered_at=now
            )
            session.add(message)
        return jsonify(id=message.id)

    @app.post("/bid")
    def bid() -> ResponseReturnValue:
        asked, number = request.get_json(), next(numbers)
        digest = hashlib.sha256(f"{lot_id}{number}".encode()).hexdigest()
        with transaction(db.session) as session:
            row = Bid(
                lot_id=lot_id, organization_id=organization_id, submitted_by_id=user_id, version=number, current=False,
                envelope=digest, ciphertext_sha256=digest, header={"total": asked["total"]}, received_at=now,
            )  # fmt: skip
            session.add(row)
            entry = append(session, CHAIN, "bid.received", "floor", {"envelope": digest, "version": number}, now)
        return jsonify(envelope=digest, leaf=entry.leaf.hex())


def bystanders(bidder: User, lot: Lot) -> tuple[str, str, str]:
    """Whom the floors' bids are of: rows that exist, of a lot whose bids nobody counts any more."""
    assert bidder.organization_id is not None
    return lot.id, bidder.organization_id, bidder.id
