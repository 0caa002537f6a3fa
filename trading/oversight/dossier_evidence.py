"""What makes a dossier checkable by a stranger 档案的可核验性: evidence file inside it, checkpoint, seal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import segno
from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup

from trading.database import db
from trading.errors import Refused
from trading.evidence.exporting import Evidence, Shelf
from trading.evidence.parts import RecordsDiffer
from trading.ledger.notes import NoteError
from trading.ledger.verifier import program_digest
from trading.models import Lot
from trading.oversight.dossier_tables import bilingual
from trading.oversight.evidence_pages import SHELF
from trading.web.pdf_certificate import Identity, identity
from trading.web.pdf_protocol import Attached, Seal
from trading.web.steps import tools

DESCRIPTION = "证据文件 Evidence file ptdossier/1: python3 verify.py"
REASON = "公共资源交易项目档案导出 Export of a dossier"


def evidence_of(lot: Lot, now: datetime) -> tuple[Evidence | None, str]:
    """The lot's evidence file, or why there is none now; the dossier is printed in any case."""
    shelf: Shelf = current_app.extensions[SHELF]
    try:
        return shelf.evidence(db.session, lot, now, tools()), ""
    except Refused as refusal:
        return None, bilingual(refusal.zh, refusal.en)
    except (RecordsDiffer, NoteError) as fault:
        current_app.logger.error("no evidence file of %s: %s", lot.code, fault)
        return None, _("证据文件不能生成：保存的记录与存证链不一致，请立即报告监管机构")


def sealing_identity(now: datetime) -> Identity:
    """The certificate with which this installation signs its dossiers."""
    config = current_app.config
    return identity(tools().vault, now, config["TRADING_PDF_KEY"], config["TRADING_PDF_CERT"])


def seal_of(now: datetime) -> Seal:
    """What signs a dossier made at ``now``."""
    found = sealing_identity(now)
    return Seal(found.key, found.certificate, now.isoformat(), REASON)


def attached_to(evidence: Evidence | None, now: datetime) -> tuple[Attached, ...]:
    """The evidence file as an attachment."""
    return () if evidence is None else (Attached(evidence.name, DESCRIPTION, evidence.data, now.isoformat()),)


def evidence_part(evidence: Evidence | None, why_none: str, now: datetime) -> dict[str, Any]:
    """What the last part of the dossier prints."""
    found = sealing_identity(now)
    return {
        "evidence": evidence,
        "why_no_evidence": why_none,
        "checkpoint": evidence.note.decode() if evidence else "",
        "checkpoint_code": qr_code(evidence.note) if evidence else "",
        "certificate": found.fingerprint,
        "certificate_self_signed": found.self_signed,
        "verifier_digest": program_digest(),
    }


def qr_code(note: bytes) -> Markup:
    """A checkpoint as a QR code, drawn as SVG: whoever scans it has the note, byte for byte."""
    drawn = segno.make(note, mode="byte", error="m").svg_inline(scale=1, border=4, omitsize=True)
    return Markup(drawn)  # noqa: S704
