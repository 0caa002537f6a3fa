"""Reading the text of an uploaded document 文件读取: in a process of its own, within limits; the unread is told."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trading.scanning.catalogue import catalogue
from trading.scanning.places import read_text
from trading.scanning.sentences import Met, Passage, meet, sentences

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = "application/pdf"
PLAIN = "text/plain"
SHORT_TEXT = 20_000
READABLE = {
    PAGES: "page",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "paragraph",
    PLAIN: "line",
}
UNREAD = {
    "encrypted": ("文件已加密，未能读取", "it is encrypted"),
    "broken": ("文件损坏或者格式不正确，未能读取", "it is damaged or not of its format"),
    "no_text": ("没有可读取的文字（可能是扫描件或者空白）", "it has no readable text (a scan, or blank)"),
    "picture": ("主要内容为图片，图片中的文字未读取", "it is mostly a picture, whose text was not read"),
    "pictures": ("文件中的图片未读取", "its pictures were not read"),
    "embedded": ("文件中嵌入的其他文件未读取", "the files embedded in it were not read"),
    "garbled": ("文字编码无法识别", "its signs cannot be made out"),
    "bomb": ("压缩内容过大，未读取", "it unpacks to too much"),
    "memory": ("内容过于复杂，自此未能读完", "it is too complex; from here it was not read"),
    "time": ("读取超出时间或者内存限制，自此未能读完", "time or memory ran out; from here it was not read"),
    "rest": ("内容过长，自此以后未读取", "it is too long; from here it was not read"),
    "kind": ("此类文件不作文字审查", "files of this kind are not scanned"),
}
KEPT = 64


@dataclass(frozen=True)
class Limits:
    """What one document may take: seconds, megabytes of memory, places (pages, paragraphs) and characters."""

    seconds: int = 20
    megabytes: int = 1024
    places: int = 20_000
    characters: int = 600_000


@dataclass(frozen=True)
class Unread:
    """A place that could not be read, and why; place 0 is the document as a whole."""

    place: int
    why: str


@dataclass(frozen=True)
class Reading:
    """What the catalogue met in a document, and what was not read; ``unit`` is ``page``, ``paragraph`` or ``line``."""

    unit: str
    met: tuple[Met, ...]
    unread: tuple[Unread, ...]


_kept: OrderedDict[tuple[str, str, Limits], Reading] = OrderedDict()
_lock = threading.Lock()


def read(data: bytes, media_type: str, limits: Limits | None = None) -> Reading:
    """Read and scan a document; the same bytes are read once, and the last readings kept in memory.

    Arguments:
        media_type: what its content was proved to be.
    """
    limits = limits or Limits()
    if media_type not in READABLE:
        return Reading("", (), (Unread(0, "kind"),))
    key = (hashlib.sha256(data).hexdigest(), media_type, limits)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    short = media_type == PLAIN and len(data) <= SHORT_TEXT
    reading = _read_here(data) if short else _read(data, media_type, limits)
    with _lock:
        _kept[key] = reading
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return reading


def _read_here(data: bytes) -> Reading:
    """A short plain text needs no process of its own: nothing in it is unpacked."""
    rows = list(read_text(data))
    told = sentences((Passage(row["place"], row["text"]) for row in rows if "text" in row), joined=False)
    missing = tuple(Unread(row["place"], row["unread"]) for row in rows if "unread" in row)
    return Reading(READABLE[PLAIN], tuple(meet(told, catalogue())), missing)


def _read(data: bytes, media_type: str, limits: Limits) -> Reading:
    """Ask a process of its own; it is ended when it takes too long, and what it told until then holds."""
    asked = [media_type, limits.seconds, limits.megabytes, limits.places, limits.characters]
    command = [sys.executable, "-m", "trading.scanning.extracting", *map(str, asked)]
    surroundings = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    try:
        answer = subprocess.run(
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, env=surroundings,
            timeout=limits.seconds * 2, check=False,
        )  # fmt: skip
        output = answer.stdout
    except subprocess.TimeoutExpired as late:
        output = late.output or b""
    return _told(output, READABLE[media_type])


def _told(output: bytes, unit: str) -> Reading:
    """The lines that the process finished; without its last word it was ended on the way."""
    rows: list[dict[str, Any]] = []
    for line in output.split(b"\n")[:-1]:
        rows.append(json.loads(line))
    met = tuple(Met(**row) for row in rows if "sentence" in row)
    missing = [Unread(row["place"], row["unread"]) for row in rows if "unread" in row]
    if not any("end" in row for row in rows):
        missing.append(Unread(max((row["begun"] for row in rows if "begun" in row), default=0), "time"))
    return Reading(unit, met, tuple(missing))
