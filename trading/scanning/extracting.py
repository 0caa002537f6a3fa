"""The process that reads the text of one document 文本提取进程: a line of JSON a place, as far as it gets.

Run as ``python -m trading.scanning.extracting ENDING SECONDS MEGABYTES PLACES CHARACTERS`` with the document on the
input. It may hang or eat memory on a hostile file: the system ends it then, and what it wrote until then holds.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

Told = dict[str, Any]
FEWEST_SIGNS = 30
GARBLED = 0.3
MOST_PARTS = 5000
UNPACKED = 200 * 2**20
RUNNING_TEXT = ("header", "footer", "first_page_header", "first_page_footer", "even_page_header", "even_page_footer")


def confine(seconds: int, megabytes: int) -> None:
    """Let the system end this process when it takes more than it was given; it may write no file."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def unread(place: int, why: str) -> Told:
    """That a place could not be read; place 0 is the whole document."""
    return {"place": place, "unread": why}


def read_pdf(data: bytes) -> Iterator[Told]:
    """The pages of a PDF."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        yield unread(0, "encrypted")
        return
    count = len(reader.pages)
    if not count:
        yield unread(0, "broken")
    for number in range(count):
        try:
            yield page_told(number + 1, reader.pages[number])
        except MemoryError:
            raise
        except Exception:
            yield unread(number + 1, "broken")


def page_told(number: int, page: PageObject) -> Told:
    """The text of a page; a page of pictures or of unreadable signs says so."""
    text = page.extract_text() or ""
    signs = [sign for sign in text if not sign.isspace()]
    strange = sum(sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" or sign < " " for sign in signs)
    if not signs:
        return unread(number, "no_text")
    if strange > GARBLED * len(signs):
        return unread(number, "garbled")
    told: Told = {"place": number, "text": text}
    return {**told, "unread": "picture"} if len(signs) < FEWEST_SIGNS and has_picture(page) else told


def has_picture(page: PageObject) -> bool:
    """Whether the page shows a picture."""
    objects = page.get("/Resources", {}).get_object().get("/XObject", {}).get_object()
    return any(objects[name].get_object().get("/Subtype") == "/Image" for name in objects)


def read_docx(data: bytes) -> Iterator[Told]:
    """The paragraphs of a Word document: body, tables, text boxes, headings and footings of pages, notes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        yield unread(0, "bomb")
        return
    document = docx.Document(io.BytesIO(data))
    roots = [document.element.body]
    for section in document.sections:
        roots += [
            getattr(section, name)._element for name in RUNNING_TEXT if not getattr(section, name).is_linked_to_previous
        ]
    number = 0
    for root in roots:
        for paragraph in root.iter(qn("w:p")):
            number += 1
            text = "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
            if text.strip():
                yield {"place": number, "text": text}
    if any(part.filename.startswith("word/media/") for part in parts):
        yield unread(0, "pictures")
    if any(part.filename.startswith(("word/embeddings/", "word/afchunk")) for part in parts):
        yield unread(0, "embedded")
    if not number:
        yield unread(0, "no_text")


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


READERS: dict[str, Callable[[bytes], Iterator[Told]]] = {
    "application/pdf": read_pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": read_docx,
    "text/plain": read_text,
}


def within(told: Iterator[Told], places: int, characters: int) -> Iterator[Told]:
    """As much as was asked for; where something is left over, it says so."""
    for count, one in enumerate(told):
        if count >= places or characters <= 0:
            yield unread(one["place"], "rest")
            return
        text = one.get("text", "")
        characters -= len(text)
        yield one | {"text": text[: len(text) + min(characters, 0)]} if text else one


def main(ending: str, seconds: str, megabytes: str, places: str, characters: str) -> None:
    """Read one document from the input and tell its places on the output."""
    logging.disable()
    data = sys.stdin.buffer.read()
    confine(int(seconds), int(megabytes))
    try:
        for one in within(READERS[ending](data), int(places), int(characters)):
            print(json.dumps(one), flush=True)
    except MemoryError:
        print(json.dumps(unread(0, "memory")), flush=True)
    except (PyPdfError, zipfile.BadZipFile, KeyError, ValueError, OSError, RecursionError, AttributeError, TypeError):
        print(json.dumps(unread(0, "broken")), flush=True)
    print(json.dumps({"end": True}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
