"""Canaries 金丝雀: words that nobody may read before their time, and where they are looked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.phases.papers import PDF
from trading.database import db
from trading.models import Alarm, Bid, Document, Lot, Message, Notice, Organization, Project, User
from trading.models.base import Base
from trading.web import access

PRICES = ("4719283.46", "4728391.57", "4791382.68")
MANAGER, FILE, CONTENT = "鹬蚌经理", "羚羊挂角", "犀照牛渚"
BIDDERS = {"bidder1": "鸺鹠建设公司", "bidder2": "鵸鵌建设公司", "bidder3": "鹡鸰建设公司"}


def needles(words: Iterable[str]) -> list[bytes]:
    """Every way in which a word may stand in a page, a database or a file."""
    found = set()
    for word in words:
        plain = word.encode()
        found |= {plain, json.dumps(word)[1:-1].encode(), word.encode("utf-16-le"), plain.hex().encode()}
    return sorted(found)


def price_words() -> list[str]:
    """The planted prices as people, JSON and the database write them."""
    found = []
    for price in PRICES:
        whole, cents = price.split(".")
        found += [price, f"{int(whole):,}", whole + cents, whole, f"{int(whole) / 10_000:.4f}".rstrip("0")]
    return found


def hits(data: bytes, wanted: list[bytes]) -> list[str]:
    """Which needles are in ``data``."""
    return [needle.decode("utf-8", "replace") for needle in wanted if needle in data]


def text_of(answer: TestResponse) -> bytes:
    """Everything that a client learns from an answer: head and body, and the text of a PDF."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers).encode()
    data = answer.get_data()
    if answer.mimetype == "application/pdf" and data != PDF:
        data += "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).encode()
    return head + b"\n\n" + data


def known_ids(app: Flask, most: int) -> dict[str, list[str]]:
    """Ids of at most so many records of a kind, by the name of the parameter that takes them."""
    with app.app_context():
        ask = db.session.scalars
        bids = list(ask(select(Bid.id)))
        return {
            "code": list(ask(select(Lot.code))),
            "subject": bids[:most] + list(ask(select(Alarm.id)))[:most],
            "document": list(ask(select(Document.id)))[:most] + bids[:1],
            "sha256": list(ask(select(Bid.ciphertext_sha256)))[:most],
            "identity": list(ask(select(Notice.id)))[:most],
            "message": list(ask(select(Message.id)))[:most],
            "account": list(ask(select(User.id)))[:most],
            "organization": list(ask(select(Organization.id).where(Organization.name.in_(BIDDERS.values()))))[:most],
            "uscc": list(ask(select(Organization.uscc).where(Organization.name.in_(BIDDERS.values()))))[:most],
            "project": list(ask(select(Project.id)))[:most],
        }


def addresses(app: Flask, method: str, most: int) -> Iterator[tuple[str, str]]:
    """(endpoint, address) of everything that answers to ``method``, with ids that exist and one that does not."""
    ids = known_ids(app, most)
    for rule in app.url_map.iter_rules():
        if rule.endpoint in access.FROM_LIBRARIES or method not in (rule.methods or ()):
            continue
        names = re.findall(r"<(?:[^:>]+:)?([^>]+)>", rule.rule)
        others = [name for name in names if name != "code"]
        code = ids["code"][0] if "code" in names else "none"
        values = ids.get(others[0], []) if len(others) == 1 else []
        for value in [*values, "none"] if others else ["none"]:
            yield rule.endpoint, re.sub(r"<[^>]+>", value, re.sub(r"<(?:[^:>]+:)?code>", code, rule.rule))


def everything_kept(app: Flask) -> bytes:
    """All that the database holds, read through it: also what a database server keeps elsewhere."""
    with app.app_context():
        rows = [repr(tuple(row)) for table in Base.metadata.sorted_tables for row in db.session.execute(select(table))]
    return "\n".join(rows).encode()


def files_below(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file below the folders: database and write-ahead log, uploads, keys, temporary files."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path, path.read_bytes()


def named(found: dict[str, Any]) -> str:
    """Hits as a report."""
    return "\n".join(f"{where}: {what}" for where, what in found.items())
