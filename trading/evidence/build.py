"""The evidence file of a lot 生成证据文件, made from record and records exactly as ``ptdossier/1`` says (§8)."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.errors import Refused
from trading.evidence.lines import Shown, key_events, needed, shown
from trading.evidence.parts import RecordsDiffer, bid_files, pool_files
from trading.evidence.proofs import Tree
from trading.ledger import notes
from trading.ledger.canonical import canonical
from trading.ledger.entries import FINAL
from trading.ledger.log import entries_of
from trading.ledger.notes import Checkpoint, VerifierKey
from trading.models import LedgerEntry, Lot

ALGORITHM = "ptdossier/1"
MANIFEST = "manifest.json"
ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the zip, so that the same record gives the same bytes."""


def not_final() -> Refused:
    """The refusal while the lot's chain is not closed."""
    return Refused(
        "not_final",
        "本标段的存证链尚未封存：归档后，或者流标、终止且无未结事项后，才能导出证据文件；项目档案（PDF）可随时导出",
        "The record of this lot is not closed yet: the evidence file is had once the lot is archived, or once it "
        "failed or was terminated and nothing is open any more. The PDF dossier can be had at any time",
    )


def final_leaf(session: Session, lot: Lot) -> bytes | None:
    """The leaf of the lot's ``dossier.final``; None while its chain is not closed."""
    query = select(LedgerEntry.leaf).where(LedgerEntry.chain == lot.code, LedgerEntry.kind == FINAL)
    return session.scalar(query)


def build(
    session: Session, lot: Lot, note: bytes, log_key: VerifierKey, witness_keys: Sequence[VerifierKey] = ()
) -> bytes:
    """The evidence file as a zip; the same record and checkpoint give the same bytes.

    Args:
        note: a checkpoint that covers the whole chain, signed by ``log_key``.
        log_key, witness_keys: named in the manifest; a reader trusts those of the official notice instead.

    Raises:
        Refused: the chain is not closed by ``dossier.final``.
        NoteError: the checkpoint is not one of this log.
        RecordsDiffer: the checkpoint is older than the chain, its root is not that of the record, or the kept bids
            and draws are not those of the chain.
    """
    if final_leaf(session, lot) is None:
        raise not_final()
    checkpoint = notes.read_checkpoint(notes.verified(note, log_key, witness_keys).text, log_key.name)
    chain = [shown(one) for one in entries_of(session, lot.code)]
    files = {
        "checkpoint.note": note,
        **lines_of(session, chain, checkpoint),
        **bid_files(session, lot, chain),
        **pool_files(session, lot, chain),
    }
    files[MANIFEST] = manifest(lot.code, files, log_key, witness_keys)
    return zipped(files)


def lines_of(session: Session, chain: Sequence[Shown], checkpoint: Checkpoint) -> dict[str, bytes]:
    """``entries.jsonl`` and ``keys.jsonl``, every line with its proof under the checkpoint."""
    leaves = session.scalars(
        select(LedgerEntry.leaf).where(LedgerEntry.seq < checkpoint.size).order_by(LedgerEntry.seq)
    ).all()
    tree = Tree(leaves)
    if len(leaves) != checkpoint.size or tree.root != checkpoint.root:
        raise RecordsDiffer("the record under the checkpoint")
    if chain[-1].entry.seq >= checkpoint.size:
        raise RecordsDiffer("the checkpoint is older than the lot's last entry")
    keys = needed(chain, key_events(session, checkpoint.size))
    return {
        "entries.jsonl": b"".join(one.line(tree) for one in chain),
        "keys.jsonl": b"".join(one.line(tree) for one in keys),
    }


def manifest(code: str, files: Mapping[str, bytes], log_key: VerifierKey, witness_keys: Sequence[VerifierKey]) -> bytes:
    """``manifest.json``: the lot, the keys, and the digest of every other file (trust.md §8.4)."""
    return canonical(
        {
            "alg": ALGORITHM, "tender": code, "origin": log_key.name, "log_key": str(log_key),
            "witness_keys": [str(one) for one in witness_keys],
            "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        }
    )  # fmt: skip


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files at the root of a zip: names sorted, one fixed time, deflate (trust.md §8.3)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            one = zipfile.ZipInfo(name, ALWAYS)
            one.compress_type, one.external_attr, one.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(one, files[name])
    return target.getvalue()
