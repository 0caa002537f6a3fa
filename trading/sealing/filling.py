"""Envelopes of even size 信封填充: ciphertexts are whole multiples of 64 KiB, so that their size says little.

age as pyrage writes it puts a stanza of random length into every header, so the size is met by trying: a try whose
header has another length is given up as soon as the header is seen.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable

import pyrage
from pyrage import x25519

from trading.sealing.faults import SealError

BUCKET = 64 * 1024
NONCE = 16
TAG = 16
SAMPLES = 64
TRIES = 20_000
LAST_LINE = b"\n--- "
MAC = 44


class _OtherHeader(Exception):
    """The header has not the length that was hoped for."""


class _Sieve(io.RawIOBase):
    """Takes an age file, when its header has the right length."""

    def __init__(self, header: int) -> None:
        super().__init__()
        self._header = header
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        """It takes bytes."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take the next bytes."""
        part = bytes(data)
        if not self.parts and _header_length(part) != self._header:
            raise _OtherHeader
        self.parts.append(part)
        return len(part)


def encrypt_filled(
    plaintext: Callable[[int | None], bytes | None], recipient: x25519.Recipient, filled: bool
) -> tuple[bytes, bytes]:
    """The plaintext and its age file.

    Arguments:
        plaintext: gives the plaintext of a wanted size, or of its own size for None; None when it cannot be made
            of that size.
        filled: the file is to have a multiple of 64 KiB.

    Raises:
        SealError: the size was not met, which does not happen.
    """
    if not filled:
        clear = _made(plaintext(None))
        return clear, bytes(pyrage.encrypt(clear, [recipient]))
    header = _usual_header(recipient)
    clear = _fitting(plaintext, header)
    for _try in range(TRIES):
        sieve = _Sieve(header)
        try:
            pyrage.encrypt_io(io.BytesIO(clear), sieve, [recipient])
        except pyrage.EncryptError as error:
            if _OtherHeader.__name__ in str(error):
                continue
            raise
        return clear, b"".join(sieve.parts)
    raise SealError("密文未能填充到规定大小，请重试", "The ciphertext could not be filled to size: try again")


def _fitting(plaintext: Callable[[int | None], bytes | None], header: int) -> bytes:
    """The plaintext filled so that the age file has the least multiple of 64 KiB that holds it."""
    buckets = (file_size(len(_made(plaintext(None))), header) - 1) // BUCKET + 1
    while True:
        room = buckets * BUCKET - header - NONCE
        size = room - TAG * (-(-room // (BUCKET + TAG)))
        clear = plaintext(size) if file_size(size, header) == buckets * BUCKET else None
        if clear is not None:
            return clear
        buckets += 1


def file_size(clear: int, header: int) -> int:
    """The size of an age file with so many bytes of plaintext: chunks of 64 KiB, each with a tag."""
    return header + NONCE + clear + TAG * max(1, -(-clear // BUCKET))


def _usual_header(recipient: x25519.Recipient) -> int:
    """A header length that comes often."""
    lengths = Counter(_header_length(bytes(pyrage.encrypt(b"", [recipient]))) for _one in range(SAMPLES))
    return lengths.most_common(1)[0][0]


def _header_length(file: bytes) -> int:
    """The length of an age file's header."""
    return file.index(LAST_LINE) + len(LAST_LINE) + MAC


def _made(clear: bytes | None) -> bytes:
    """A plaintext of its own size is always there."""
    assert clear is not None
    return clear
