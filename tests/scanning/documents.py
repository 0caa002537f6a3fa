"""Papers to scan 待审文件: real small PDFs and Word documents, whole, locked, cut short, swollen, or only pictures."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from functools import cache

import docx
import weasyprint
from pypdf import PdfReader, PdfWriter

STYLE = "<style>@page{size:120mm 100mm;margin:8mm}body{font-size:12pt}section{break-after:page}</style>"


@cache
def pdf(*pages: str) -> bytes:
    """A PDF with a page for each text."""
    body = "".join(f"<section><p>{text}</p></section>" for text in pages)
    html = f"<html lang='zh'>{STYLE}<body>{body}</body></html>"
    return bytes(weasyprint.HTML(string=html).write_pdf() or b"")


def locked(data: bytes, password: str = "only the owner knows") -> bytes:
    """The same PDF, which opens only with a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png() -> bytes:
    """A small grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + b"\x80" * 64) * 64
    head = struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@cache
def scanned_pdf(*texts: str) -> bytes:
    """A PDF whose pages are pictures; a text stands on a page after them, for each given."""
    address = "data:image/png;base64," + base64.b64encode(png()).decode()
    picture = f"<section><img src='{address}'></section>"
    body = picture + "".join(f"<section><p>{text}</p></section>" for text in texts)
    return bytes(weasyprint.HTML(string=f"<html lang='zh'>{STYLE}<body>{body}</body></html>").write_pdf() or b"")


def word(*paragraphs: str, cells: tuple[str, ...] = (), footer: str = "") -> bytes:
    """A Word document with paragraphs, a table of one row, and the footing of its pages."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if cells:
        row = document.add_table(rows=1, cols=len(cells)).rows[0]
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_with_picture() -> bytes:
    """A Word document in which a picture stands."""
    document = docx.Document()
    document.add_paragraph("图纸如下。")
    document.add_picture(io.BytesIO(png()))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def swollen_word(megabytes: int = 210) -> bytes:
    """A Word document of a few hundred kilobytes that unpacks to ``megabytes``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word("正文"))) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(part.filename, source.read(part.filename))
        with target.open("word/media/filler.bin", "w") as filler:
            for _ in range(megabytes):
                filler.write(bytes(2**20))
    return out.getvalue()


def laughing_word() -> bytes:
    """A Word document whose text is an entity of entities of entities."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    text = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "哈">{levels}]>'
    xml += f'<w:document xmlns:w="{text}"><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word("正文"))) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            data = source.read(part.filename)
            target.writestr(part.filename, xml if part.filename == "word/document.xml" else data)
    return out.getvalue()


def deep_pdf(levels: int = 60_000) -> bytes:
    """A PDF whose page dictionary is an array of arrays of arrays."""
    nest = b"[" * levels + b"]" * levels
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/X " + nest + b">>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def swollen_pdf(megabytes: int = 200) -> bytes:
    """A PDF of one page whose content unpacks to ``megabytes`` of numbers."""
    squeezer = zlib.compressobj(9)
    part = b"BT (x) Tj ET " * (2**20 // 13)
    stream = b"".join(squeezer.compress(part) for _ in range(megabytes)) + squeezer.flush()
    body = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(body, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + one + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table
    return out + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
