"""How the web asks its printing process 打印进程协议: 8 bytes length (big-endian), then that many bytes, both ways."""

from __future__ import annotations

from typing import BinaryIO


def receive(stream: BinaryIO) -> bytes | None:
    """One message, or None at the end."""
    head = stream.read(8)
    return stream.read(int.from_bytes(head, "big")) if len(head) == 8 else None


def send(stream: BinaryIO, message: bytes) -> None:
    """Write one message."""
    stream.write(len(message).to_bytes(8, "big") + message)
    stream.flush()
