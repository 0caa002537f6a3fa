"""Ciphertexts on their way up 密文上传: in chunks, resumed where they broke off, under their hash; decides nothing.

Anybody's ciphertext is as good as random bytes to this server. It may come any time before the deadline; what counts
is the small step after it (trust.md B.4).
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from trading.codelists import Status
from trading.errors import InvalidInput, Refused, WrongStatus
from trading.models import Bid, Lot, Upload
from trading.sealing.files import FileStore
from trading.values import Values

RANGE = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})")
DIGEST = re.compile(r"[0-9a-f]{64}")
MEGABYTE = 2**20
PATIENCE = timedelta(days=7)


class WrongOffset(Refused):
    """The chunk does not continue what is here; ``received`` tells where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__(
            "wrong_offset", f"应从第{received}字节继续上传", f"Go on with byte {received}: the chunk does not continue"
        )
        self.received = received


@dataclass(frozen=True, slots=True)
class Chunk:
    """One piece: where it begins, its bytes, how long the whole is."""

    start: int
    data: bytes
    total: int


def read_range(text: str, data: bytes) -> Chunk:
    """The chunk that a ``Content-Range`` announces.

    Raises:
        InvalidInput: malformed, or not as long as announced.
    """
    found = RANGE.fullmatch(text)
    if found is None:
        raise InvalidInput.of("Content-Range", "应为 bytes 起-止/总长", "Must read bytes first-last/total")
    start, last, total = (int(one) for one in found.groups())
    if not start <= last < total or last - start + 1 != len(data):
        raise InvalidInput.of("Content-Range", "与收到的字节数不符", "Does not fit the bytes that came")
    return Chunk(start, data, total)


def partial(folder: Path, upload: Upload) -> Path:
    """Where the bytes of an unfinished upload lie: under its own random id."""
    return folder / "uploads" / upload.id


def begun(session: Session, sha256: str, organization_id: str) -> Upload | None:
    """This organisation's upload of this content."""
    query = select(Upload).where(Upload.sha256 == sha256, Upload.organization_id == organization_id)
    return session.scalar(query)


def begin(session: Session, lot: Lot, sha256: str, organization_id: str, total: int, now: datetime) -> Upload:
    """Begin an upload, in the caller's transaction."""
    upload = Upload(sha256=sha256, organization_id=organization_id, lot_id=lot.id, total=total, begun_at=now)
    session.add(upload)
    session.flush()
    return upload


def mended(session: Session, files: FileStore, lot: Lot, sha256: str, organization_id: str) -> bool:
    """Whether this is a closed bid of the organisation's own whose bytes the platform damaged or lost (B.6)."""
    if lot.status is not Status.BID_CLOSED or not DIGEST.fullmatch(sha256) or files.intact(sha256):
        return False
    query = select(Bid.id).where(
        Bid.lot_id == lot.id, Bid.organization_id == organization_id, Bid.ciphertext_sha256 == sha256, Bid.current
    )
    return session.scalar(query) is not None


def check(
    session: Session, lot: Lot, sha256: str, organization_id: str, total: int, values: Values, mends: bool = False
) -> None:
    """Whether this organisation may upload so much for this lot now; ``mends`` as :func:`mended` says.

    Raises:
        InvalidInput: no SHA-256, or larger than a bid may be.
        WrongStatus: the lot takes no bids.
        Refused: the organisation has too much on its way.
    """
    if not DIGEST.fullmatch(sha256):
        raise InvalidInput.of("sha256", "应为 64 位小写十六进制数", "A SHA-256 has 64 lower-case hex digits")
    if lot.published_at is None or (lot.closed_at is not None and not mends):
        raise WrongStatus("本标段现在不接收投标文件", "This lot takes no bids now")
    most = int(values["bid_megabytes"]) * MEGABYTE
    if total > most:
        raise InvalidInput.of("size", f"投标文件不得超过{most // MEGABYTE}兆字节", f"At most {most // MEGABYTE} MiB")
    query = select(func.coalesce(func.sum(Upload.total), 0)).where(
        Upload.organization_id == organization_id, Upload.completed_at.is_(None), Upload.sha256 != sha256
    )
    if int(session.scalar(query) or 0) + total > 4 * most:
        raise Refused("too_much", "未完成的上传过多，请先完成或者等待清理", "Too much on its way: finish or wait")


def forget(session: Session, folder: Path, now: datetime) -> int:
    """Drop uploads that nobody finished in a week, or before bidding closed, in the caller's transaction.

    Returns:
        How many were dropped. A ciphertext that came whole stays, whether or not it was handed in.
    """
    query = select(Upload).join(Lot, Lot.id == Upload.lot_id).where(Upload.completed_at.is_(None))
    dropped = list(session.scalars(query.where(or_(Upload.begun_at < now - PATIENCE, Lot.closed_at.is_not(None)))))
    for upload in dropped:
        partial(folder, upload).unlink(missing_ok=True)
        session.delete(upload)
    return len(dropped)


def receive(folder: Path, files: FileStore, upload: Upload, chunk: Chunk, now: datetime) -> bool:
    """Keep a chunk, in the caller's transaction; True once the content is whole and has its hash.

    A chunk that is here already is taken again without harm, so that a client may repeat what was not answered.

    Raises:
        WrongOffset: it leaves a gap, or the total changed.
        InvalidInput: the whole does not have the announced hash; the upload begins anew.
    """
    if upload.completed_at is not None:
        return True
    if chunk.total != upload.total or chunk.start > upload.received:
        raise WrongOffset(upload.received)
    path = partial(folder, upload)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        file.seek(chunk.start)
        file.write(chunk.data)
        file.flush()
        os.fsync(file.fileno())
    upload.received = max(upload.received, chunk.start + len(chunk.data))
    if upload.received < upload.total:
        return False
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != upload.sha256:
        path.unlink()
        upload.received = 0
        raise InvalidInput.of("sha256", "上传内容与其摘要不符，请重新上传", "Not the content of this hash: upload anew")
    files.restore(data)
    path.unlink()
    upload.completed_at = now
    return True
