"""The platform signs its dossiers 电子签章: whoever changes a byte breaks it, and the certificate is one for ever."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from trading.errors import NotConfigured
from trading.sealing.vault import KeyVault
from trading.web.pdf_certificate import Identity, identity
from trading.web.pdf_protocol import Attached, Job, Seal, unpacked
from trading.web.printing import Printer

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = datetime(2027, 3, 2, 1, 0, tzinfo=UTC)
HTML = "<html lang=zh><head><title>档案</title></head><body><p>正文</p></body></html>"
FILE = Attached("evidence-X.zip", "证据文件", b"PK\x03\x04 data", NOW.isoformat())


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Identity]:
    """A signed document with a file inside, and what signed it."""
    folder = tmp_path_factory.mktemp("signing")
    found = identity(KeyVault(folder / "keys"), NOW)
    printer = Printer(folder / "printed")
    pdf = printer.pdf(HTML, [FILE], Seal(found.key, found.certificate, NOW.isoformat(), "试验"))
    printer.close()
    return pdf, found


def judged(pdf: bytes, found: Identity) -> tuple[bool, bool]:
    """Whether the signature's bytes are whole, and whether it is trusted by this certificate."""
    trusted = x509.Certificate.load(pem.unarmor(found.certificate.encode())[2])
    context = ValidationContext(trust_roots=[trusted], moment=NOW, allow_fetching=False)
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    status = validate_pdf_signature(signature, context)
    return status.intact and status.valid, status.trusted


def test_the_signature_covers_the_whole_document_and_its_file(printed: tuple[bytes, Identity]) -> None:
    pdf, found = printed
    assert judged(pdf, found) == (True, True)
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    assert signature.compute_integrity_info() is None and signature.coverage.name == "ENTIRE_FILE"
    assert signature.self_reported_timestamp == NOW
    assert PdfReader(io.BytesIO(pdf)).attachments[FILE.name] == [FILE.data]


def test_a_changed_byte_breaks_it(printed: tuple[bytes, Identity]) -> None:
    pdf, found = printed
    at = pdf.index(b"/Producer") if b"/Producer" in pdf else 2_000
    changed = bytearray(pdf)
    changed[at + 12] ^= 1
    assert judged(bytes(changed), found)[0] is False


def test_it_is_still_pdf_a_3(printed: tuple[bytes, Identity]) -> None:
    pdf, _found = printed
    assert b'pdfaid:part="3"' in pdf and b'pdfaid:conformance="U"' in pdf
    assert pdf.count(b"<x:xmpmeta") <= 1, "the metadata were written anew"


def test_the_certificate_is_made_once_and_holds_for_twenty_years(tmp_path: Path) -> None:
    vault = KeyVault(tmp_path)
    first = identity(vault, NOW)
    assert identity(vault, LATER) == first and first.self_signed and len(first.fingerprint) == 64
    assert identity(KeyVault(tmp_path / "other"), NOW).fingerprint != first.fingerprint
    assert first.key not in repr(first)


def test_an_installation_names_its_own(tmp_path: Path) -> None:
    own, other = identity(KeyVault(tmp_path / "a"), NOW), identity(KeyVault(tmp_path / "b"), NOW)
    key, certificate, foreign = tmp_path / "key.pem", tmp_path / "cert.pem", tmp_path / "foreign.pem"
    key.write_text(own.key)
    certificate.write_text(own.certificate)
    foreign.write_text(other.certificate)
    vault = KeyVault(tmp_path / "c")
    assert identity(vault, NOW, str(key), str(certificate)).fingerprint == own.fingerprint
    for pair in ((str(key), None), (None, str(certificate)), (str(key), str(foreign)), (str(foreign), str(key)),
                 (str(tmp_path / "none"), str(certificate))):  # fmt: skip
        with pytest.raises(NotConfigured):
            identity(vault, NOW, *pair)


def test_a_job_is_read_as_it_was_packed() -> None:
    for job in (Job(HTML), Job(HTML, (FILE, FILE), Seal("k", "c", NOW.isoformat(), "r")), Job("", (FILE,))):
        assert unpacked(job.packed()) == job
