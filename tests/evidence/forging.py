"""What an insider with the keys of log and witness may try 伪造手法, one for each check of the format.

Where a lie needs it, he has everybody's personal keys as well. Each is told with the words of the check meant for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.evidence.forger import Files, Forger, rehashed
from tests.evidence.scene import CODE, Event, seed
from trading.ledger.canonical import canonical

Forgery = Callable[[Forger], Files | None]
FORGERIES: dict[str, tuple[str, Forgery]] = {}
DRAW_1, DRAW_2 = f"{CODE}/draw-1", f"{CODE}/draw-2"


def found_as(said: str) -> Callable[[Forgery], Forgery]:
    """Declare a forgery and the words by which it is found."""

    def declare(function: Forgery) -> Forgery:
        FORGERIES[function.__name__.replace("_", " ")] = said, function
        return function

    return declare


def after(f: Forger, event: Event, kind: str, actor: str, body: dict[str, Any], *by: str, chain: str = CODE) -> Event:
    """Put an event behind another, at the same moment."""
    new = Event(chain, kind, actor, body, by, event.at, salt=seed(kind))
    f.story.events.insert(f.story.events.index(event) + 1, new)
    return new


def before(f: Forger, event: Event, kind: str, actor: str, body: dict[str, Any], *by: str, chain: str = CODE) -> Event:
    """Put an event before another, at the same moment."""
    new = after(f, event, kind, actor, body, *by, chain=chain)
    f.story.events.remove(new)
    f.story.events.insert(f.story.events.index(event), new)
    return new


def drop(f: Forger, event: Event) -> None:
    """Leave an event out of the log."""
    f.story.events.remove(event)


def lines_of(files: Files, name: str = "entries.jsonl") -> list[bytes]:
    """The lines of a file."""
    return files[name].splitlines(keepends=True)


def with_line(files: Files, number: int, change: Callable[[dict[str, Any]], Any], name: str = "entries.jsonl") -> Files:
    """One line changed, nothing recomputed but the manifest."""
    lines = lines_of(files, name)
    line = json.loads(lines[number])
    change(line)
    lines[number] = canonical(line) + b"\n"
    return rehashed(files | {name: b"".join(lines)})


def manifest(files: Files, **changes: Any) -> Files:
    """The manifest with other members."""
    return files | {"manifest.json": canonical(json.loads(files["manifest.json"]) | changes)}
