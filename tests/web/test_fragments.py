"""Parts of pages are rendered once for all they are made from 页面片段."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale
from markupsafe import Markup

from trading.web.fragments import Fragments


@pytest.fixture
def asked(app: Flask) -> Iterator[list[str]]:
    """A request, and what was rendered in it."""
    with app.test_request_context("/"):
        yield []


def writer(asked: list[str], text: str) -> Callable[[], Markup]:
    """Renders ``text``, and says that it did."""

    def write() -> Markup:
        asked.append(text)
        return Markup(text)

    return write


def test_the_same_part_is_rendered_once(asked: list[str]) -> None:
    fragments = Fragments()
    assert [fragments.kept("rows", [1, "a"], writer(asked, text)) for text in ("first", "second")] == ["first"] * 2
    assert asked == ["first"]


@pytest.mark.parametrize(("name", "key"), [("other", [1, "a"]), ("rows", [1, "b"]), ("rows", [1])])
def test_another_name_or_key_is_another_part(asked: list[str], name: str, key: list[object]) -> None:
    fragments = Fragments()
    fragments.kept("rows", [1, "a"], writer(asked, "first"))
    assert fragments.kept(name, key, writer(asked, "second")) == "second"


def test_each_language_has_its_own(asked: list[str]) -> None:
    fragments = Fragments()
    with force_locale("zh"):
        fragments.kept("rows", [1], writer(asked, "中文"))
    with force_locale("en"):
        assert fragments.kept("rows", [1], writer(asked, "English")) == "English"


def test_the_least_used_part_is_forgotten(asked: list[str]) -> None:
    fragments = Fragments(most=2)
    for key in (1, 2, 1, 3, 1, 2):
        fragments.kept("rows", [key], writer(asked, str(key)))
    assert asked == ["1", "2", "3", "2"]


def test_a_template_keeps_what_stands_in_its_call(app: Flask, asked: list[str]) -> None:
    text = "{% call kept('x', [1]) %}<b>{{ word }}</b>{% endcall %}"
    assert [render_template_string(text, word=word) for word in ("<one>", "two")] == ["<b>&lt;one&gt;</b>"] * 2
