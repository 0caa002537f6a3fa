"""The words of a dossier 档案用语: whatever the house puts on record has words of its own in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from trading.codelists import Method, NoticeKind, ProjectType, Status
from trading.oversight.dossier_words import FAMILIES, KINDS, kind_word
from trading.web.standing import status_words

TREE = Path(__file__).resolve().parents[2] / "trading"
RECORDS = {"record", "record_as", "record_signed", "record_outside_steps", "put_on_record"}


def recorded() -> Iterator[str]:
    """Each kind that the source names where it writes an entry."""
    for path in TREE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and called(node) in RECORDS:
                inside = [one for given in node.args[:2] for one in ast.walk(given)]
                yield from (one.value for one in inside if isinstance(one, ast.Constant) and kindlike(one.value))


def called(node: ast.Call) -> str:
    """The name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def kindlike(value: object) -> bool:
    """Whether a constant is a whole kind of an entry."""
    family, dot, rest = str(value).partition(".")
    return bool(dot) and rest.replace("_", "").isalpha() and family.isalpha()


def test_every_kind_that_is_written_has_its_words() -> None:
    found = set(recorded())
    assert {"auction.offer", "bid.received", "key.registered"} <= found, "the search finds what is there"
    assert sorted(found - set(KINDS)) == []


def test_a_notice_is_called_as_its_kind_and_the_unknown_as_its_family(app: Flask) -> None:
    with app.test_request_context():
        assert kind_word("notice.deal", {}) == NoticeKind.DEAL.zh
        assert kind_word("bond.something", {}) == FAMILIES["bond"][0]


@pytest.mark.parametrize(
    "status, type_, method, zh",
    [
        (Status.BID_CLOSED, ProjectType.WORKS, Method.OPEN_TENDER, "投标截止"),
        (Status.BID_CLOSED, ProjectType.RURAL, Method.NET_BIDDING, "报名截止"),
        (Status.BID_CLOSED, ProjectType.GPN, Method.INQUIRY, "响应截止"),
        (Status.AWARDED, ProjectType.WORKS, Method.OPEN_TENDER, "已发中标通知"),
        (Status.AWARDED, ProjectType.LAND, Method.OPEN_TENDER, "已发成交通知"),
        (Status.FAILED, ProjectType.LAND, Method.AUCTION, "未成交"),
        (Status.DRAFT, ProjectType.LAND, None, "草稿"),
    ],
)
def test_a_status_is_told_in_the_words_of_the_way_of_trading(
    status: Status, type_: ProjectType, method: Method | None, zh: str
) -> None:
    assert status_words(status, type_, method)[0] == zh
