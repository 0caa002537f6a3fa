"""The places of a document as they are told 文件各处: each with its text, or why it could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Told = dict[str, Any]


def unread(place: int, why: str) -> Told:
    """That a place could not be read; place 0 is the whole document."""
    return {"place": place, "unread": why}


def read_text(data: bytes) -> Iterator[Told]:
    """The lines of a plain text, UTF-8 or GB 18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        yield from ({"place": number, "text": line} for number, line in enumerate(text.splitlines(), 1) if line.strip())
        return
    yield unread(0, "garbled")


def within(told: Iterator[Told], places: int, characters: int) -> Iterator[Told]:
    """As much as was asked for; where something is left over, it says so."""
    for count, one in enumerate(told):
        if count >= places or characters <= 0:
            yield unread(one["place"], "rest")
            return
        text = one.get("text", "")
        characters -= len(text)
        yield one | {"text": text[: len(text) + min(characters, 0)]} if text else one
