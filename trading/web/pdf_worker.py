"""The process that makes PDFs 文书打印进程: reads HTML from its input, answers PDF; nothing from outside is fetched.

A request is the HTML; an answer is ``K`` and the PDF, or ``E`` and the error.
Run as ``python -m trading.web.pdf_worker FONT_FOLDER``.
"""

from __future__ import annotations

import hashlib
import logging
import sys
from pathlib import Path
from typing import Any

import pydyf
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from trading.web.pdf_protocol import receive, send


class ForeignAddress(FatalURLFetchingError):
    """A document asked for something that is not one of the fonts."""


class FontsOnly(URLFetcher):
    """Fetches the fonts of one folder and nothing else."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols=("file",), allow_redirects=False, fail_on_errors=True)
        self.allowed = {path.as_uri() for path in folder.glob("*.otf")}

    def fetch(self, url: str, headers: Any = None) -> Any:
        """A font.

        Raises:
            ForeignAddress: anything else.
        """
        if url not in self.allowed:
            raise ForeignAddress(url)
        return super().fetch(url, headers)


def render(html: bytes, fetcher: FontsOnly) -> bytes:
    """HTML to PDF; the same HTML gives the same bytes."""
    identifier = hashlib.sha256(html).digest()[:16]
    document = HTML(string=html.decode("utf-8"), url_fetcher=fetcher)
    return document.write_pdf(  # type: ignore[no-any-return]
        pdf_identifier=identifier, pdf_variant="pdf/a-3u", finisher=open_metadata
    )


def open_metadata(document: Any, pdf: Any) -> None:
    """Keep the metadata readable without unpacking, as the strictest PDF/A readers ask."""
    for part in pdf.objects:
        if isinstance(part, pydyf.Stream) and part.extra.get("Type") == "/Metadata":
            part.compress = False


def serve(folder: Path) -> None:
    """Answer until the input ends."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    fetcher = FontsOnly(folder)
    while (html := receive(sys.stdin.buffer)) is not None:
        try:
            answer = b"K" + render(html, fetcher)
        except (Exception, FatalURLFetchingError) as wrong:
            answer = b"E" + f"{type(wrong).__name__}: {wrong}".encode()
        send(sys.stdout.buffer, answer)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
