"""The process that reads and scans one document 文本提取进程: a line of JSON for what it meets, as far as it gets.

Run as ``python -m trading.scanning.extracting ENDING SECONDS MEGABYTES PLACES CHARACTERS`` with the document on the
input. It may hang or eat memory on a hostile file: the system ends it then, and what it wrote until then holds.
Lines: ``{"begun": place}``, ``{"place", "unread"}``, ``{"place", "sentence", "pattern", "words"}``, ``{"end": true}``.
"""

from __future__ import annotations

import io
import json
import logging
import re
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict

import docx
from docx.oxml.ns import qn
from pypdf import PageObject, PdfReader

from trading.scanning.catalogue import catalogue
from trading.scanning.places import Told, read_text, unread, within
from trading.scanning.sentences import Passage, meet, sentences

PAGES = "application/pdf"
FEWEST_SIGNS = 30
GARBLED = 0.3
DRAWN = re.compile(rb"(/[^\s/<>\[\]()]+)\s+Do\b")
MOST_PARTS = 5000
UNPACKED = 200 * 2**20
RUNNING_TEXT = ("header", "footer", "first_page_header", "first_page_footer", "even_page_header", "even_page_footer")


def confine(seconds: int, megabytes: int) -> None:
    """Let the system end this process when it takes more than it was given; it may write no file."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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
    """Whether the page shows a picture; its resources may list those of other pages too."""
    contents = page.get_contents()
    shown = set(DRAWN.findall(contents.get_data())) if contents is not None else set()
    objects = page.get("/Resources", {}).get_object().get("/XObject", {}).get_object()
    return any(name.encode() in shown and objects[name].get_object().get("/Subtype") == "/Image" for name in objects)


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


READERS: dict[str, Callable[[bytes], Iterator[Told]]] = {
    PAGES: read_pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": read_docx,
    "text/plain": read_text,
}


def main(ending: str, seconds: str, megabytes: str, places: str, characters: str) -> None:
    """Read one document from the input and tell its places on the output."""
    logging.disable()
    data, book = sys.stdin.buffer.read(), catalogue()
    confine(int(seconds), int(megabytes))
    try:
        told = within(READERS[ending](data), int(places), int(characters))
        for met in meet(sentences(passages(told), joined=ending == PAGES), book):
            tell(asdict(met))
    except MemoryError:
        tell(unread(0, "memory"))
    except Exception:
        tell(unread(0, "broken"))
    tell({"end": True})


def passages(told: Iterator[Told]) -> Iterator[Passage]:
    """The places that have text; how far the reading came, and what could not be read, is told on the way."""
    for one in told:
        tell({"begun": one["place"]})
        if "unread" in one:
            tell(unread(one["place"], one["unread"]))
        if "text" in one:
            yield Passage(one["place"], one["text"])


def tell(line: Told) -> None:
    """Write one line at once."""
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
