"""What is wrong with a page 页面检查: accessibility by axe, text cut off or beside the page, errors of the browser."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

WIDE, PHONE = (1280, 900), (390, 844)
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"|<header.*?</header>', re.DOTALL)
NUMBERS = re.compile(r"/(?:BD-[^/]*|[0-9a-zA-Z_-]{20,})")
GRAVE = ("serious", "critical")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
ASK_AXE = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false});
  return found.violations.map(one => [one.impact, one.id, one.nodes.slice(0, 3).map(node => node.html.slice(0, 160))]);
}"""
# Of what a page is built: each kind of element, inside what, with which attributes, with words of its own or without.
ASK_SHAPES = """() => {
  const shape = one => `${one.tagName}.${[...one.classList].sort().join(".")}`;
  const valued = /^(type|role|scope|tabindex|open|hidden|disabled|required)$/;
  const attributes = one => one.getAttributeNames().filter(name => name !== "class").map(
    name => valued.test(name) ? `${name}=${one.getAttribute(name)}` : name);
  const words = one => [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const told = one => [shape(one.parentElement), shape(one), ...attributes(one).sort(), words(one), one.labels?.length];
  const seen = [...document.body.querySelectorAll("*")].filter(one => one.checkVisibility());
  return [...new Set(seen.map(one => told(one).join(" ")))];
}"""
# Letters outside the page, or outside a box that neither scrolls nor lets them be seen.
ASK_LETTERS = """() => {
  const wrong = [], root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) wrong.push(`the page is ${root.scrollWidth} wide, ${root.clientWidth} fit`);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  const hiddenFromEyes = node => {
    for (let around = node; around; around = around.parentElement) {
      const edge = around.getBoundingClientRect();
      if (getComputedStyle(around).position === "absolute" && edge.width <= 1 && edge.height <= 1) return true;
    }
    return false;
  };
  const says = node => node.textContent.trim().slice(0, 40);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!says(node) || parent.closest("script, style, .visually-hidden, .skip, option, textarea")) continue;
    if (parent.checkVisibility && !parent.checkVisibility({visibilityProperty: true})) continue;
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!box.width) continue;
    if (parseFloat(getComputedStyle(parent).fontSize) < 12) wrong.push(`letters below 12 pixels: ${says(node)}`);
    if (hiddenFromEyes(parent)) continue;
    for (let around = parent; around; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const edge = around.getBoundingClientRect();
      const cut = box.right > edge.right + 1.5 || box.left < edge.left - 1.5;
      const low = style.overflowY !== "auto" && style.overflowY !== "scroll" && box.bottom > edge.bottom + 1.5;
      if (around !== document.body && around !== root && (cut || low)) wrong.push(`cut off: ${says(node)}`);
    }
    if (box.right > root.clientWidth + 1.5 || box.left < -1.5) wrong.push(`beside the page: ${says(node)}`);
  }
  for (const one of document.querySelectorAll("button, .btn, select, input[type=date], input[type=datetime-local]")) {
    if (one.scrollWidth > one.clientWidth + 1) wrong.push(`too narrow for its words: ${one.outerHTML.slice(0, 120)}`);
  }
  const named = [...document.querySelectorAll("[id]")].map(one => one.id);
  for (const id of named.filter((one, at) => named.indexOf(one) !== at)) wrong.push(`two elements are called ${id}`);
  return [...new Set(wrong)];
}"""
ASK_WORDS = """() => {
  const text = document.querySelector("main").innerText;
  const slips = /.{0,20}(\\bNone\\b|\\bTrue\\b|\\bFalse\\b|Undefined|Decimal\\(|datetime\\.|\\{\\{|%\\().{0,20}/g;
  return [...text.matchAll(slips)].map(found => found[0]);
}"""


def keep(page: Page, name: str) -> None:
    """A picture for whoever looks, where TRADING_PICTURES names a folder for it."""
    if folder := os.environ.get("TRADING_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@dataclass
class Inspector:
    """Looks at the pages of one walk and keeps what is wrong with them.

    ``wrong`` maps a finding to where it was met first; a page exactly like one seen before is not asked again. Letters
    are looked at in both widths; axe is asked about the first page of a kind, and wherever a page is built of something
    that was not seen at this width: what it looks for is wrong with an element, whatever its words. The page is left in
    the other width, so that work goes on there: half of all steps are taken on a telephone.
    """

    wrong: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    shapes: dict[int, set[str]] = field(default_factory=lambda: {WIDE[0]: set(), PHONE[0]: set()})
    looks: int = 0

    def listen(self, page: Page, home: str) -> None:
        """Keep errors of the console (the content policy speaks there), of scripts, and requests to strangers."""
        page.on("console", lambda message: self._heard(message, page))
        page.on("pageerror", lambda error: self.note(f"script error: {error}", page.url))
        page.on("request", lambda request: self._asked(request, home, page))

    def _heard(self, message: ConsoleMessage, page: Page) -> None:
        refusal_shown = "the server responded with a status of 4" in message.text
        if message.type in ("error", "warning") and not refusal_shown:
            self.note(f"console: {message.text}", page.url)

    def _asked(self, request: Request, home: str, page: Page) -> None:
        if not request.url.startswith((home + "/", "data:", "blob:")):
            self.note(f"asked a stranger: {request.url}", page.url)

    def note(self, finding: str, where: str) -> None:
        """Keep a finding."""
        self.wrong.setdefault(finding, where)

    def look(self, page: Page, where: str) -> None:
        """Ask everything about the page as it stands, at both widths."""
        shown = TOKEN.sub("", page.content())
        if shown in self.seen:
            return
        self.seen.add(shown)
        kind = NUMBERS.sub("*", urlsplit(page.url).path)
        narrow = page.viewport_size is not None and page.viewport_size["width"] == PHONE[0]
        for size in (PHONE, WIDE) if narrow else (WIDE, PHONE):
            self.looks += 1
            page.set_viewport_size({"width": size[0], "height": size[1]})
            place = f"{where} ({size[0]} px) {page.url}"
            for finding in page.evaluate(ASK_LETTERS):
                self.note(f"{size[0]}: {finding}", place)
            shapes = set(page.evaluate(ASK_SHAPES))
            if kind not in self.kinds or not shapes <= self.shapes[size[0]]:
                self._axe(page, place)
            self.shapes[size[0]] |= shapes
            self.kinds.add(kind)
        for finding in page.evaluate(ASK_WORDS):
            self.note(f"not for people: {finding}", f"{where} {page.url}")

    def _axe(self, page: Page, place: str) -> None:
        if not page.evaluate("() => typeof axe !== 'undefined'"):
            page.evaluate(AXE)
        violations: list[Any] = page.evaluate(ASK_AXE)
        for impact, name, nodes in violations:
            if impact in GRAVE:
                self.note(f"axe {impact} {name}: {nodes[0] if nodes else ''}", place)

    def report(self) -> str:
        """All findings, one a line."""
        return "\n".join(f"- {finding}\n    at {where}" for finding, where in self.wrong.items()) or "nothing"

    def as_json(self) -> str:
        """All findings for a file."""
        return json.dumps(self.wrong, ensure_ascii=False, indent=1)
