"""Every fact that a step leaves in a person's hand has a name there 回执用语."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from trading.portal import receipts

ROOMS = Path(__file__).parents[2] / "trading"
ELSEWHERE = {"facts_of(bid)", "facts_of(offer, entrant)", "counts", "timely"}


def is_receipt(node: ast.AST) -> bool:
    """Whether this is ``taking.receipt``."""
    return isinstance(node, ast.Attribute) and node.attr == "receipt" and ast.unparse(node.value) == "taking"


def named(given: ast.expr) -> Iterator[str]:
    """The facts that an expression names; what is named elsewhere, as its text."""
    match given:
        case ast.Dict(keys):
            yield from (str(ast.literal_eval(one)) for one in keys if one is not None)
        case ast.BinOp(left, ast.BitOr(), right) | ast.IfExp(body=left, orelse=right):
            yield from named(left)
            yield from named(right)
        case _:
            yield ast.unparse(given)


def facts_in(tree: ast.AST) -> Iterator[str]:
    """Every fact that a file puts into a receipt."""
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(value, ast.Constant(name)) if is_receipt(value):
                yield str(name)
            case ast.AugAssign(target=target, value=given) if is_receipt(target):
                yield from named(given)
            case ast.Call(ast.Attribute(value, "update"), args, keywords) if is_receipt(value):
                yield from (str(one.arg) for one in keywords)
                yield from (name for one in args for name in named(one))


def facts() -> set[str]:
    """Every fact that any step puts into a receipt."""
    return {fact for file in ROOMS.rglob("*.py") for fact in facts_in(ast.parse(file.read_text("utf-8")))}


def test_every_fact_of_a_receipt_has_a_name_for_people() -> None:
    found = facts()
    assert len(found) > 60
    assert found - receipts.SHOWN_APART - ELSEWHERE <= set(receipts.LABELS)
    assert found >= ELSEWHERE, "what is named elsewhere is no longer there"


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("opened", False, "否"),
        ("side", "seller", "转让方"),
        ("unsigned", ["buyer", "recorder"], "买受人、记录人"),
        ("unsigned", [], "—"),
        ("escrow", "void", "无效"),
        ("left", "1234.5", "1,234.50"),
        ("missing", ["合同", "验收单"], "合同、验收单"),
        ("until", "2026-03-02T17:30:00+08:00", "2026年3月2日（周一）17:30:00 北京时间"),
    ],
)
def test_a_fact_is_told_in_words(app: Flask, name: str, value: object, shown: str) -> None:
    with app.test_request_context("/?lang=zh"):
        assert str(receipts.told(name, value)) == shown
