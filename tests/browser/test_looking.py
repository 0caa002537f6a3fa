"""The inspector of the walks finds what it is there to find 页面检查本身."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.looking import Inspector
from tests.chromium import launched

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="zh"><head><title>页</title></head><body><main><h1>标题</h1>
<form><label for="name">名称</label><input type="text" id="name"></form>{}</main></body></html>"""
WRONG = {
    "axe critical label": '<form><input type="text" id="other"></form>',
    "axe serious color-contrast": '<p style="color: #bbb; background: #fff">看不清的字</p>',
    "axe critical image-alt": '<img src="data:,">',
    "two elements are called name": '<p id="name">重名</p>',
    "cut off: 这一行字比": '<p style="width: 4em; overflow: hidden; white-space: nowrap">这一行字比框长得多</p>',
    "letters below 12 pixels: 小字": '<p style="font-size: 9px">小字</p>',
    "not for people: ": "<p>数额：None</p>",
}


def looked(page: Page, inspector: Inspector, part: str) -> str:
    """All findings once this page was looked at too."""
    page.set_content(PAGE.format(part))
    inspector.look(page, "anybody")
    return inspector.report()


def test_what_is_wrong_with_a_page_is_found_though_one_of_its_kind_was_looked_at_before() -> None:
    with launched() as browser:
        page = browser.new_page()
        for finding, part in WRONG.items():
            inspector = Inspector()
            assert looked(page, inspector, "<p>好</p>") == "nothing"
            assert finding in looked(page, inspector, part)
