"""What tests read out of dossiers 档案读取: text of a PDF, its pages, whose export it was."""

from __future__ import annotations

import io
import re

from flask import Flask
from pypdf import PdfReader

from tests.builders import client_as, people


def pdf_of(app: Flask, code: str, who: str = "oversight", language: str = "zh") -> bytes:
    """The dossier as ``who`` is given it."""
    answer = client_as(app, people(app)[who]).get(f"/lots/{code}/dossier.pdf?lang={language}")
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    return answer.data


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, without blanks: a line may break anywhere."""
    return [re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    """All its text, without blanks."""
    return "".join(pages_of(pdf))
