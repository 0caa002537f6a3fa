"""Documents as PDF: the same bytes twice, nothing fetched from outside, a process that may die and be replaced."""

import io
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pypdf import PdfReader

from trading.web.printing import Printer, PrintingFailed, digest_of

ROOT = Path(__file__).resolve().parent.parent.parent
STYLE = "<style>@page { size: A5 } body { font-family: sans-serif }</style>"


@pytest.fixture(scope="module")
def printer(tmp_path_factory):
    """One printing process for the tests that do not harm it."""
    made = Printer(tmp_path_factory.mktemp("printed"), per_worker=1000)
    yield made
    made.close()


def text_of(pdf: bytes) -> str:
    """All text of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_same_html_gives_the_same_bytes_from_two_processes(tmp_path):
    html = f"<html><head><title>t</title>{STYLE}</head><body><p>twice</p></body></html>"
    pdfs = []
    for name in ("one", "two"):
        printer = Printer(tmp_path / name)
        pdfs.append(printer.pdf(html))
        printer.close()
    assert pdfs[0] == pdfs[1]
    assert "twice" in text_of(pdfs[0])


def test_it_is_pdf_a_3u_with_an_identifier_made_of_its_content(printer):
    first, other = (printer.pdf(f"<title>t</title><p>{word}</p>") for word in ("a", "b"))
    metadata = PdfReader(io.BytesIO(first)).xmp_metadata
    assert b"pdfaid:part" in first
    assert metadata is not None
    assert PdfReader(io.BytesIO(first)).trailer["/ID"][0] != PdfReader(io.BytesIO(other)).trailer["/ID"][0]
    assert b"3</pdfaid:part>" in first or b'pdfaid:part="3"' in first
    assert b"U</pdfaid:conformance>" in first or b'pdfaid:conformance="U"' in first


def test_what_was_printed_before_comes_from_the_shelf(printer):
    html = "<title>t</title><p>shelf</p>"
    made = printer.pdf(html)
    before = printer._printed
    assert printer.kept(digest_of(html)) == printer.pdf(html) == made
    assert printer._printed == before
    assert printer.kept(digest_of("something else")) is None


@pytest.mark.parametrize(
    "address",
    ["http://example.org/a.png", "https://example.org/a.css", "file:///etc/hostname", "file:///etc/passwd",
     "ftp://example.org/a"],
)  # fmt: skip
@pytest.mark.parametrize(
    "element", ['<img src="{}">', '<link rel="stylesheet" href="{}">', '<a rel="attachment" href="{}">x</a>']
)
def test_no_foreign_address_and_no_file_of_the_house_is_fetched(printer, address, element):
    with pytest.raises(PrintingFailed, match="ForeignAddress"):
        printer.pdf(f"<title>t</title><body>{element.format(address)}</body>")


def test_after_a_refused_document_the_next_one_is_printed_by_the_same_process(printer):
    printer.pdf("<title>t</title><p>before</p>")
    process = printer._process
    with pytest.raises(PrintingFailed):
        printer.pdf('<title>t</title><img src="http://example.org/b.png">')
    assert "after" in text_of(printer.pdf("<title>t</title><p>after</p>"))
    assert printer._process is process


def test_a_process_that_died_between_two_documents_is_replaced(tmp_path):
    printer = Printer(tmp_path)
    printer.pdf("<title>t</title><p>one</p>")
    dead = printer._process
    os.kill(dead.pid, signal.SIGKILL)
    dead.wait()
    assert "two" in text_of(printer.pdf("<title>t</title><p>two</p>"))
    assert printer._process.pid != dead.pid
    printer.close()


def test_a_process_that_dies_over_a_document_is_told_and_the_next_call_works(tmp_path, monkeypatch):
    printer = Printer(tmp_path)
    printer.pdf("<title>t</title><p>one</p>")
    process = printer._process
    monkeypatch.setattr("trading.web.printing.send", lambda _stream, _message: os.kill(process.pid, signal.SIGKILL))
    with pytest.raises(PrintingFailed, match="ended"):
        printer.pdf("<title>t</title><p>two</p>")
    monkeypatch.undo()
    assert process.returncode is not None
    assert "two" in text_of(printer.pdf("<title>t</title><p>two</p>"))
    printer.close()


def test_a_document_that_hangs_is_given_up(tmp_path, monkeypatch):
    printer = Printer(tmp_path)
    printer.pdf("<title>t</title><p>one</p>")
    monkeypatch.setattr("trading.web.printing.LONGEST", 0.0)
    monkeypatch.setattr("trading.web.printing.send", lambda _stream, _message: None)
    with pytest.raises(PrintingFailed, match="ended"):
        printer.pdf("<title>t</title><p>never sent</p>")
    assert printer._process is None


def test_a_fresh_process_takes_over_after_so_many_documents(tmp_path):
    printer = Printer(tmp_path, per_worker=2)
    seen = []
    for number in range(4):
        printer.pdf(f"<title>t</title><p>{number}</p>")
        seen.append(printer._process.pid)
    assert seen[0] == seen[1] != seen[2] == seen[3]
    printer.close()


def test_several_threads_each_get_their_own_document(printer):
    start = threading.Barrier(4)

    def one(number: int) -> str:
        start.wait()
        return text_of(printer.pdf(f"<title>t</title><p>thread {number}</p>"))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(4))) == [f"thread {number}" for number in range(4)]


def test_the_process_ends_with_the_program(tmp_path):
    program = (
        "import sys; from pathlib import Path; from trading.web.printing import Printer; "
        f"printer = Printer(Path({str(tmp_path)!r})); printer.pdf('<title>t</title><p>x</p>'); "
        "print(printer._process.pid)"
    )
    answer = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    with pytest.raises(ProcessLookupError):
        os.kill(int(answer.stdout), 0)
