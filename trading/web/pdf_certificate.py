"""The platform's own certificate for signing PDFs 电子签章证书: configured, or made once and kept in the key vault.

A certificate made here is nobody's but the platform's word: it shows that a file is unchanged since the platform let
it out, and no more. An installation that has one from an authority names it in TRADING_PDF_KEY and TRADING_PDF_CERT.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from trading.errors import NotConfigured
from trading.sealing.vault import KeyVault, VaultError

KEPT = "pdf key and certificate"
DIVIDE = "-----BEGIN CERTIFICATE-----"
YEARS = timedelta(days=366 * 20)
NAMES = {
    NameOID.ORGANIZATION_NAME: "五统交易平台（自签证书）",
    NameOID.COMMON_NAME: "Wutong document seal, self-signed",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Private key and certificate, both PEM."""

    key: str = field(repr=False)
    certificate: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, 64 hex digits."""
        return x509.load_pem_x509_certificate(self.certificate.encode()).fingerprint(hashes.SHA256()).hex()

    @property
    def self_signed(self) -> bool:
        """Whether no authority stands behind it."""
        found = x509.load_pem_x509_certificate(self.certificate.encode())
        return found.issuer == found.subject


def identity(vault: KeyVault, now: datetime, key: str | None = None, certificate: str | None = None) -> Identity:
    """What signs the platform's PDFs.

    Args:
        vault: where a key made here is kept.
        now: from when a certificate made here holds.
        key, certificate: the files that the installation names, PEM; both or none.

    Raises:
        NotConfigured: one of the two is named without the other, or cannot be read, or they do not belong together.
    """
    if key or certificate:
        return configured(key, certificate)
    try:
        kept = vault.fetch(KEPT)
    except VaultError:
        with suppress(VaultError):  # another worker was first
            vault.keep(KEPT, made(now))
        kept = vault.fetch(KEPT)
    private, divide, public = kept.decode().partition(DIVIDE)
    return Identity(private, divide + public)


def configured(key: str | None, certificate: str | None) -> Identity:
    """The key and certificate of the installation's files; errors as :func:`identity`."""
    try:
        found = Identity(Path(key or "").read_text(), Path(certificate or "").read_text())
        public = x509.load_pem_x509_certificate(found.certificate.encode()).public_key()
        private = serialization.load_pem_private_key(found.key.encode(), None)
    except (OSError, ValueError, TypeError) as error:
        raise NotConfigured(
            "TRADING_PDF_KEY 与 TRADING_PDF_CERT 应同时指向可读的 PEM 文件",
            "TRADING_PDF_KEY and TRADING_PDF_CERT must both name readable PEM files",
        ) from error
    if private.public_key() != public:
        raise NotConfigured(
            "TRADING_PDF_CERT 不是 TRADING_PDF_KEY 的证书", "TRADING_PDF_CERT is not the certificate of TRADING_PDF_KEY"
        )
    return found


def made(now: datetime) -> bytes:
    """A new P-256 key and its self-signed certificate, one behind the other."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(kind, text) for kind, text in NAMES.items()])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = x509.CertificateBuilder(
        issuer_name=name, subject_name=name, public_key=private.public_key(),
        serial_number=x509.random_serial_number(), not_valid_before=now, not_valid_after=now + YEARS,
    )  # fmt: skip
    builder = builder.add_extension(usage, critical=True)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    certificate = builder.sign(private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
    encoded = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    return (encoded + certificate).encode()
