"""The browser of the tests 浏览器: it starts, and it has letters for Chinese."""

from __future__ import annotations

import pytest

from tests.chromium import executable, launched


@pytest.mark.browser
def test_the_browser_shows_different_chinese_letters_differently() -> None:
    with launched() as browser:
        page = browser.new_page()
        pictures = []
        for letter in "标段":
            page.set_content(f'<p style="font: 40px sans-serif">{letter}</p>')
            pictures.append(page.locator("p").screenshot())
    assert pictures[0] != pictures[1]


def test_a_missing_browser_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(LookupError, match="CHROMIUM=/path/to/chromium"):
        executable()
