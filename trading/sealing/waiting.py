"""Files kept unreadable until their time 到期前加密保管: under a key of the vault, for what no officer's key seals."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from trading.sealing.faults import SealError
from trading.sealing.vault import KeyVault

NONCE_BYTES = 12


def shut(vault: KeyVault, name: str, data: bytes) -> bytes:
    """``data`` encrypted under the vault's key ``name``: whoever has the file store or its backup reads nothing.

    The service itself can open it: what must be closed to the service too is sealed to officers (ptbid.py).
    """
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(vault.seed(name)).encrypt(nonce, data, name.encode())


def unshut(vault: KeyVault, name: str, box: bytes) -> bytes:
    """The data back.

    Raises:
        SealError: it was not shut under this key, or is damaged.
    """
    try:
        return AESGCM(vault.seed(name)).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], name.encode())
    except (InvalidTag, ValueError) as error:
        raise SealError("文件已损坏，或者不是按本钥保管的", "Damaged, or not kept under this key") from error
