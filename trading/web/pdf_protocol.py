"""How the web asks its printing process 打印进程协议: 8 bytes length (big-endian), then that many bytes, both ways."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, BinaryIO


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside a document: its name, what it is, its bytes, and when it was made (``YYYY-MM-DDThh:mm:ssZ``)."""

    name: str
    description: str
    data: bytes
    made_at: str


@dataclass(frozen=True, slots=True)
class Seal:
    """What signs a document: private key and certificate as PEM, the moment as ISO 8601, and why it is signed."""

    key: str = field(repr=False)
    certificate: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be made."""

    html: str
    attached: tuple[Attached, ...] = ()
    seal: Seal | None = None

    def packed(self) -> bytes:
        """As one message: a head in JSON behind its own length, then the files' bytes in order."""
        head: dict[str, Any] = {
            "html": self.html,
            "attached": [[one.name, one.description, len(one.data), one.made_at] for one in self.attached],
            "seal": self.seal and [self.seal.key, self.seal.certificate, self.seal.at, self.seal.reason],
        }
        told = json.dumps(head, ensure_ascii=False).encode()
        return len(told).to_bytes(8, "big") + told + b"".join(one.data for one in self.attached)


def unpacked(message: bytes) -> Job:
    """The job of a message."""
    end = 8 + int.from_bytes(message[:8], "big")
    head = json.loads(message[8:end])
    attached = []
    for name, description, size, made_at in head["attached"]:
        attached.append(Attached(name, description, message[end : end + size], made_at))
        end += size
    return Job(head["html"], tuple(attached), Seal(*head["seal"]) if head["seal"] else None)


def receive(stream: BinaryIO) -> bytes | None:
    """One message, or None at the end."""
    head = stream.read(8)
    return stream.read(int.from_bytes(head, "big")) if len(head) == 8 else None


def send(stream: BinaryIO, message: bytes) -> None:
    """Write one message."""
    stream.write(len(message).to_bytes(8, "big") + message)
    stream.flush()
