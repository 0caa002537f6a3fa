"""A consortium signs together 联合体共同签订合同: every member under the same text, the lead last (ZTB 31)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.errors import InvalidInput, Refused, Stale
from trading.models import Award, ConsortiumMember, Contract, ContractSignature, Lot, Organization
from trading.steps import Step
from trading.workflow.taking import Taking, effect


def consortium_of(session: Session, lot: Lot) -> list[ConsortiumMember]:
    """The members of the winning consortium, the lead first; empty where one bidder won alone."""
    query = (
        select(ConsortiumMember)
        .join(Award, Award.bid_id == ConsortiumMember.bid_id)
        .where(Award.lot_id == lot.id)
        .order_by(ConsortiumMember.lead.desc(), ConsortiumMember.uscc)
    )
    return list(session.scalars(query))


def who_signed(session: Session, contract: Contract) -> set[str]:
    """The credit codes of the members that signed the contract as it stands."""
    query = (
        select(Organization.uscc)
        .join(ContractSignature, ContractSignature.organization_id == Organization.id)
        .where(ContractSignature.contract_id == contract.id, ContractSignature.digest == contract.digest)
    )
    return set(session.scalars(query))


def refuse_before_members(session: Session, lot: Lot, contract: Contract) -> None:
    """Stop the lead's signature while a member's is missing.

    Raises:
        Refused: naming who has not signed.
    """
    signed = who_signed(session, contract)
    missing = [one.name for one in consortium_of(session, lot) if not one.lead and one.uscc not in signed]
    if missing:
        raise Refused(
            "members_first",
            f"联合体各方应当共同签订合同，尚未签署：{'、'.join(missing)}",
            f"All members of the consortium sign; not yet: {', '.join(missing)}",
        )


@effect(Step.SIGN_AS_MEMBER)
def sign_as_member(taking: Taking) -> None:
    """A member signs what he saw: the fingerprint of the page must be that of the contract."""
    session, data = taking.session, taking.data
    contract = session.scalar(select(Contract).where(Contract.lot_id == taking.lot.id))
    if contract is None:
        raise Refused("no_contract", "合同尚未起草", "There is no draft of the contract yet")
    if not data["agreed"]:
        raise InvalidInput.of("agreed", "请确认同意合同全部内容", "Agree to the whole contract to sign it")
    if data["digest"] != contract.digest:
        raise Stale("合同内容在您打开页面后已有变动，请重新核对", "The contract changed after you opened the page")
    query = select(ContractSignature).where(
        ContractSignature.contract_id == contract.id, ContractSignature.organization_id == taking.organization_id
    )
    for earlier in session.scalars(query):
        session.delete(earlier)
    session.flush()
    session.add(
        ContractSignature(
            lot_id=taking.lot.id, contract_id=contract.id, organization_id=taking.organization_id,
            signed_by_id=taking.actor_id, signed_at=taking.now, digest=contract.digest,
        )
    )  # fmt: skip
    taking.record("contract.member_signed", {"number": contract.number, "sha256": contract.digest})
