"""Signs a finished PDF 电子签章 with PAdES B-B; loaded in the printing process alone, as its library is heavy."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from asn1crypto import keys, pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from trading.web.pdf_protocol import Seal

FIELD = "platform_seal"
READABLE = "平台电子签章 Platform seal"


class ClockedSigner(signers.PdfSigner):
    """Signs at the moment of the installation's clock instead of the machine's."""

    moment: datetime

    def init_signing_session(self, *given: Any, **named: Any) -> Any:
        """A session that stands at the moment."""
        session = super().init_signing_session(*given, **named)
        session.system_time = self.moment
        return session


def signer_of(seal: Seal) -> SimpleSigner:
    """The key and its certificate as the library wants them."""
    certificate = x509.Certificate.load(_der(seal.certificate))
    key = keys.PrivateKeyInfo.load(_der(seal.key))
    return SimpleSigner(certificate, key, SimpleCertificateStore.from_certs([certificate]))


def sign(pdf: bytes, seal: Seal) -> bytes:
    """The PDF with an invisible signature of the platform over all of it (PAdES baseline B-B).

    The metadata stay as they are: the library would rewrite them and leave PDF/A.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer._update_meta = _leave
    invisible = fields.InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
    spec = fields.SigFieldSpec(FIELD, readable_field_name=READABLE, invis_sig_settings=invisible)
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, reason=seal.reason
    )
    out = io.BytesIO()
    signer = ClockedSigner(meta, signer=signer_of(seal), new_field_spec=spec)
    signer.moment = datetime.fromisoformat(seal.at)
    signer.sign_pdf(writer, output=out)
    return out.getvalue()


def _leave() -> None:
    """Change nothing."""


def _der(text: str) -> bytes:
    """The bytes inside PEM."""
    _kind, _headers, data = pem.unarmor(text.encode())
    der: Any = data
    return bytes(der)
