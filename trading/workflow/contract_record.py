"""The contract as it is signed 合同存证: what is under its fingerprint, and whether it still reads as it did then."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from trading.ledger.canonical import canonical
from trading.models import Contract, LedgerEntry, Lot, User

TERMS = (
    "number", "price", "duration_days", "quality", "manager", "scope", "performance_bond", "payment_guarantee",
    "retention_percent", "payment_days",
)  # fmt: skip
SIGNED = (
    select(LedgerEntry.body)
    .where(LedgerEntry.chain == bindparam("code"), LedgerEntry.kind == "contract.signed")
    .order_by(LedgerEntry.tseq.desc())
    .limit(1)
)


def _plain(value: Any) -> Any:
    """A term as it is hashed: an amount the same whether it was just typed or read again."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value


def contract_digest(lot: Lot, contract: Contract) -> str:
    """The fingerprint of everything the winner signs."""
    body = {name: _plain(getattr(contract, name)) for name in TERMS}
    return hashlib.sha256(canonical({"lot": lot.code, "contractor": contract.organization_id, **body})).hexdigest()


def signature_holds(session: Session, lot: Lot, contract: Contract) -> bool:
    """Whether the contract was signed from an account of the contractor, and reads as it did then (R19.C7)."""
    signer = session.get(User, contract.signed_by_id) if contract.signed_by_id else None
    body = session.scalar(SIGNED, {"code": lot.code})
    if signer is None or body is None or signer.organization_id != contract.organization_id:
        return False
    return bool(contract_digest(lot, contract) == contract.digest == json.loads(body)["sha256"])
