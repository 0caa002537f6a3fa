"""What the file of a lot holds 归档案情: what is missing, what was signed and made public, until when it is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.codelists import DocumentKind, NoticeKind, ProjectType
from trading.ledger.verify import verify_chain
from trading.methods.profiles import PROFILES
from trading.models import Award, Contract, CreditRecord, Document, Lot, Notice
from trading.rules import case as facts
from trading.workflow.contract_record import signature_holds
from trading.workflow.negotiation_record import agreement_of, negotiates
from trading.workflow.sale_record import competes, deal_of
from trading.working_days import add_years

OF_A_TENDER = (
    NoticeKind.TENDER, NoticeKind.OPENING, NoticeKind.CANDIDATES, NoticeKind.RESULT, NoticeKind.CONTRACT,
)  # fmt: skip
OF_A_DEAL = (NoticeKind.SALE, NoticeKind.DEAL, NoticeKind.CONTRACT)


def papers_of(lot: Lot) -> tuple[DocumentKind, ...]:
    """The papers of the registration that the file must hold."""
    return (DocumentKind.APPROVAL,) if lot.project.type is ProjectType.WORKS else PROFILES[lot.project.type].papers


def notices_of(lot: Lot) -> tuple[NoticeKind, ...]:
    """The notices that the file must hold."""
    if competes(lot):
        return OF_A_DEAL
    if lot.project.type.is_procurement:
        opened = () if negotiates(lot) else (NoticeKind.OPENING,)
        return (NoticeKind.PROCUREMENT, *opened, NoticeKind.RESULT, NoticeKind.CONTRACT)
    if negotiates(lot):
        return (NoticeKind.PROCUREMENT, NoticeKind.CANDIDATES, NoticeKind.RESULT, NoticeKind.CONTRACT)
    return OF_A_TENDER


def archive_facts(
    session: Session, lot: Lot, documents: Sequence[Document], today: date, years: int
) -> facts.ArchiveFacts:
    """What is still missing in the file, and whether its chain holds."""
    kinds = {one.kind for one in documents}
    published = set(session.scalars(select(Notice.kind).where(Notice.lot_id == lot.id)))
    missing = [
        kind.value
        for kind in (*papers_of(lot), DocumentKind.TENDER_DOCUMENT, DocumentKind.CONTRACT, DocumentKind.ACCEPTANCE)
        if kind not in kinds
    ]
    missing += [
        f"notice:{kind.value}"
        for kind in notices_of(lot)
        if kind not in published
    ]
    return facts.ArchiveFacts(
        missing=tuple(missing),
        chain_intact=not verify_chain(session, lot.code),
        kept_until=add_years(today, years),
        contracted_on=law_date(lot.contracted_at) if lot.contracted_at else None,
        performed_on=law_date(lot.performed_at) if lot.performed_at else None,
        archived_on=law_date(lot.archived_at) if lot.archived_at else None,
    )


def invalid_signatures(
    session: Session, lot: Lot, contract: Contract | None, evaluation: facts.EvaluationFacts
) -> tuple[str, ...] | None:
    """The signed papers whose signature does not hold (R19.C7); None while contract or report is not signed."""
    if competes(lot):
        return invalid_in_deal(session, lot, contract)
    agreed = agreement_of(session, lot)
    report = False if agreed is not None else evaluation.altered_after_signing
    if contract is None or contract.signed_at is None or report is None:
        return None
    wrong = [] if signature_holds(session, lot, contract) else ["contract"]
    if agreed is not None and agreed.confirmed_at is None:
        wrong.append("evaluation.price_agreed")
    if agreed is None and (report or evaluation.signed != evaluation.members):
        wrong.append("evaluation.report")
    return tuple(wrong)


def invalid_in_deal(session: Session, lot: Lot, contract: Contract | None) -> tuple[str, ...] | None:
    """The same where the bidding decided: the deal confirmation and the contract."""
    deal = deal_of(session, lot)
    if contract is None or contract.signed_at is None or deal is None:
        return None
    wrong = [] if signature_holds(session, lot, contract) else ["contract"]
    if hashlib.sha256(deal.confirmation.encode()).hexdigest() != deal.digest or deal.signed_at is None:
        wrong.append("auction.confirmation")
    return tuple(wrong)


def disclosed(
    notices: Sequence[Notice], award: Award | None, contract: Contract | None, records: Sequence[CreditRecord]
) -> tuple[facts.DisclosedFacts, ...]:
    """What of the lot is to be public, and since when it is (R19.C9); decisions are shown from their entry on."""
    found = list(_result_and_contract(notices, award, contract))
    found += [
        facts.DisclosedFacts(
            f"处理决定{row.number}", f"decision {row.number}", row.decided_on, law_date(row.recorded_at), True
        )
        for row in records
    ]
    return tuple(found)


def _result_and_contract(
    notices: Sequence[Notice], award: Award | None, contract: Contract | None
) -> Iterator[facts.DisclosedFacts]:
    first: dict[NoticeKind, date] = {}
    for one in notices:
        day = law_date(one.published_at)
        first[one.kind] = min(first.get(one.kind, day), day)
    if award is not None and award.notified_at is not None:
        formed = law_date(award.notified_at)
        kind = NoticeKind.DEAL if award.deal_id else NoticeKind.RESULT
        yield facts.DisclosedFacts("中标结果", "the award", formed, first.get(kind))
    if contract is not None and contract.signed_on is not None:
        yield facts.DisclosedFacts("合同订立信息", "the contract", contract.signed_on, first.get(NoticeKind.CONTRACT))
