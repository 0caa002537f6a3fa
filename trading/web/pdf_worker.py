"""The process that makes PDFs 文书打印进程: reads jobs from its input, answers PDF; nothing from outside is fetched.

A request is a job of :mod:`trading.web.pdf_protocol`; an answer is ``K`` and the PDF, or ``E`` and the error.
Run as ``python -m trading.web.pdf_worker FONT_FOLDER``.
"""

from __future__ import annotations

import hashlib
import io
import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pydyf
from weasyprint import HTML, Attachment
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from trading.web.pdf_protocol import Attached, Job, receive, send, unpacked
from trading.web.pdf_signing import sign


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


def render(job: Job, fetcher: FontsOnly) -> bytes:
    """HTML to PDF/A-3u with its files inside; the same job gives the same bytes, unless it is signed."""
    identifier = hashlib.sha256(job.html.encode()).digest()[:16]
    document = HTML(string=job.html, url_fetcher=fetcher)
    pdf = document.write_pdf(
        pdf_identifier=identifier, pdf_variant="pdf/a-3u", finisher=open_metadata,
        attachments=[attachment(one) for one in job.attached],
    )  # fmt: skip
    return pdf if job.seal is None else sign(pdf, job.seal)


def attachment(one: Attached) -> Attachment:
    """A file inside the document; "Data", as PDF/A-3 asks what it is to the document."""
    made = datetime.fromisoformat(one.made_at)
    return Attachment(
        file_obj=io.BytesIO(one.data), name=one.name, description=one.description, created=made, modified=made,
        relationship="Data",
    )  # fmt: skip


def open_metadata(document: Any, pdf: Any) -> None:
    """Keep the metadata readable without unpacking, as the strictest PDF/A readers ask."""
    for part in pdf.objects:
        if isinstance(part, pydyf.Stream) and part.extra.get("Type") == "/Metadata":
            part.compress = False


def serve(folder: Path) -> None:
    """Answer until the input ends."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    fetcher = FontsOnly(folder)
    while (message := receive(sys.stdin.buffer)) is not None:
        try:
            answer = b"K" + render(unpacked(message), fetcher)
        except (Exception, FatalURLFetchingError) as wrong:
            answer = b"E" + f"{type(wrong).__name__}: {wrong}".encode()
        send(sys.stdout.buffer, answer)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
