"""The Atom feed of notices 公告订阅 (RFC 4287): the last fifty, with identities that never change."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row

from trading.database import db
from trading.portal.blueprint import blueprint
from trading.portal.queries import newest_notices
from trading.web import access
from trading.web.formats import word

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 50
BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)
XML_FORBIDS = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


def identity(name: str) -> str:
    """A lasting name that does not hang on the address of the server."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"wutong-{name}").urn


def stamp(moment: datetime) -> str:
    """A moment as RFC 3339 text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def node(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    """Add an element of the feed."""
    made = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    made.text = text.translate(XML_FORBIDS) or None
    return made


def entry(parent: ElementTree.Element, row: Row[Any]) -> None:
    """One notice."""
    made = node(parent, "entry")
    node(made, "id", identity(f"notice-{row.id}"))
    node(made, "title", row.title)
    node(made, "updated", stamp(row.published_at))
    node(made, "published", stamp(row.published_at))
    node(made, "link", rel="alternate", href=url_for("portal.notice", identity=row.id, _external=True))
    node(made, "category", term=row.kind.value, label=word(row.kind))
    node(node(made, "author"), "name", row.owner)
    node(made, "content", row.text, type="text")


def feed_xml(rows: list[Row[Any]]) -> bytes:
    """The whole feed."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-CN"})
    node(root, "id", identity("feed"))
    node(root, "title", "五统 · 公共资源交易公告公示")
    node(root, "updated", stamp(rows[0].published_at if rows else BEFORE_ALL))
    node(node(root, "author"), "name", "县公共资源交易中心")
    node(root, "link", rel="self", href=url_for("portal.feed", _external=True), type="application/atom+xml")
    node(root, "link", rel="alternate", href=url_for("portal.notices", _external=True))
    for row in rows:
        entry(root, row)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


@access.public
def feed() -> ResponseReturnValue:
    """The newest notices as an Atom feed."""
    return Response(feed_xml(list(newest_notices(db.session, ENTRIES))), mimetype="application/atom+xml")


blueprint.add_url_rule("/feed.atom", "feed", feed)
