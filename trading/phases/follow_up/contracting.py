"""The contract 合同: drafted by the owner, signed by the winner as he saw it, published and filed."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import DocumentKind, NoticeKind, ProjectType, Role
from trading.errors import InvalidInput, Refused, Stale
from trading.models import Award, BankLine, Contract, Document, Lot, Organization
from trading.money import capitals, grouped
from trading.phases.follow_up import sale_contract_text
from trading.phases.follow_up.joint_signing import consortium_of, refuse_before_members
from trading.steps import Step
from trading.workflow.contract_record import TERMS, contract_digest
from trading.workflow.deposit_record import HELD
from trading.workflow.papers import keep_files
from trading.workflow.refunds import due_after, start_clocks
from trading.workflow.sale_record import delivery_of
from trading.workflow.taking import Taking, effect

SIGNED_TEXT = "合同（平台签署文本）.txt"


def contract_of(session: Session, lot: Lot) -> Contract | None:
    """The contract of the lot, once it is drafted."""
    return session.scalar(select(Contract).where(Contract.lot_id == lot.id))


def drafted(taking: Taking) -> Contract:
    """The contract of the lot.

    Raises:
        Refused: there is no draft yet.
    """
    contract = contract_of(taking.session, taking.lot)
    if contract is None:
        raise Refused("no_contract", "合同尚未起草", "There is no draft of the contract yet")
    return contract


def signed_text(lot: Lot, contract: Contract, contractor: str) -> str:
    """The contract as a text, kept with the lot when it is signed."""
    bond = "无" if not contract.performance_bond else f"{grouped(contract.performance_bond)}元"
    works = lot.project.type is ProjectType.WORKS
    parties = ("发包人", "承包人") if works else ("采购人", "供应商")
    guarantee = f"；工程款支付担保：{'提供' if contract.payment_guarantee else '不提供'}" if works else ""
    retention = "无" if not contract.retention_percent else f"结算价的{contract.retention_percent}%"
    return "\n".join(
        (
            f"{lot.name}合同",
            f"合同编号：{contract.number}",
            f"{parties[0]}：{lot.project.owner.name}；{parties[1]}：{contractor}",
            f"标的及范围：{contract.scope}",
            f"合同价：{grouped(contract.price)}元（大写：人民币{capitals(contract.price)}）",
            f"履行期限：{contract.duration_days}日历天；质量：{contract.quality}；项目负责人：{contract.manager}",
            f"履约保证金：{bond}{guarantee}",
            f"质量保证金：{retention}；付款期限：{contract.payment_days or '—'}日",
            f"签订日期：{contract.signed_on}；内容指纹：{contract.digest}",
        )
    )


@effect(Step.DRAFT_CONTRACT)
def draft_contract(taking: Taking) -> None:
    """The owner drafts the contract with the winner; until it is signed the draft may be replaced."""
    award = taking.session.scalar(select(Award).where(Award.lot_id == taking.lot.id))
    if award is None:
        raise Refused("no_award", "尚未确定中标人", "There is no award")
    contract = contract_of(taking.session, taking.lot)
    if contract is None:
        contract = Contract(lot_id=taking.lot.id)
        taking.session.add(contract)
    for name in TERMS:
        setattr(contract, name, taking.data[name])
    contract.organization_id = award.organization_id
    contract.drafted_at, contract.drafted_by_id = taking.now, taking.actor_id
    contract.digest = contract_digest(taking.lot, contract)
    taking.record("contract.drafted", {"number": contract.number, "sha256": contract.digest})
    taking.receipt["sha256"] = contract.digest
    taking.tell(
        ("合同待签订", f"“{taking.lot.name}”的合同（{contract.number}）已起草，请核对后签订。"),
        ("Contract to sign", f"The contract {contract.number} of “{taking.lot.name}” is ready for your signature."),
        organizations=[contract.organization_id, *members_to_tell(taking)],
    )


def members_to_tell(taking: Taking) -> list[str]:
    """The registered organisations of the winning consortium, who sign as well."""
    usccs = [one.uscc for one in consortium_of(taking.session, taking.lot)]
    return list(taking.session.scalars(select(Organization.id).where(Organization.uscc.in_(usccs))))


@effect(Step.SIGN_CONTRACT)
def sign_contract(taking: Taking) -> None:
    """The winner signs what he saw: the fingerprint of the page must be that of the contract."""
    contract, data = drafted(taking), taking.data
    if not data["agreed"]:
        raise InvalidInput.of("agreed", "请确认同意合同全部内容", "Agree to the whole contract to sign it")
    if data["digest"] != contract.digest:
        raise Stale("合同内容在您打开页面后已有变动，请重新核对", "The contract changed after you opened the page")
    refuse_before_members(taking.session, taking.lot, contract)
    contract.signed_on, contract.signed_at, contract.signed_by_id = taking.today, taking.now, taking.actor_id
    taking.lot.contracted_at = taking.now
    name = taking.actor.organization.name if taking.actor and taking.actor.organization else ""
    keep_signed_text(taking, contract, name)
    taking.record(
        "contract.signed",
        {"number": contract.number, "sha256": contract.digest, "price": str(contract.price)},
    )
    set_refunds_due(taking)
    taking.receipt.update(number=contract.number, signed_on=contract.signed_on, sha256=contract.digest)
    taking.tell(
        ("合同已签订", f"“{taking.lot.name}”的合同（{contract.number}）已由中标人签订，请及时公开并备案。"),
        ("Contract signed", f"The winner signed contract {contract.number} of “{taking.lot.name}”; please file it."),
        organizations=[taking.lot.project.owner_id],
    )


def keep_signed_text(taking: Taking, contract: Contract, contractor: str) -> None:
    """Keep the signed text among the lot's files."""
    delivery = delivery_of(taking.session, taking.lot)
    if delivery is None:
        text = signed_text(taking.lot, contract, contractor).encode()
    else:
        text = sale_contract_text.signed_text(taking.lot, contract, contractor, delivery).encode()
    taking.session.add(
        Document(
            lot_id=taking.lot.id, kind=DocumentKind.CONTRACT, name=SIGNED_TEXT, sha256=taking.tools.files.put(text),
            size=len(text), media_type="text/plain", public=False, added_at=taking.now, added_by_id=taking.actor_id,
        )
    )  # fmt: skip


def set_refunds_due(taking: Taking) -> None:
    """From the contract on all bonds are due, in works with interest (ZTBT 57); elsewhere as each clock runs."""
    lines = taking.session.scalars(select(BankLine).where(BankLine.lot_id == taking.lot.id, HELD)).all()
    if taking.lot.project.type is ProjectType.WORKS:
        due = due_after(taking, "bond_refund_after_contract")
        for line in lines:
            line.refund_due_at = min(line.refund_due_at or due, due)
    else:
        taking.session.flush()
        start_clocks(taking.session, taking.lot, taking.now, taking.tools)
    if lines:
        taking.tell_role(
            Role.CENTRE,
            ("投标保证金待退还", f"“{taking.lot.name}”合同已签订，投标保证金共 {len(lines)} 笔待退还。"),
            ("Bid bonds to refund", f"The contract of “{taking.lot.name}” is signed: {len(lines)} bonds to refund."),
        )


def contract_notice(lot: Lot, contract: Contract, contractor: str) -> str:
    """The text of the contract notice."""
    return "\n".join(
        (
            f"{lot.name}（标段编号：{lot.code}）合同已经订立，现将合同订立信息公开如下。",
            f"一、合同编号：{contract.number}；签订日期：{contract.signed_on}",
            f"二、发包人：{lot.project.owner.name}；承包人：{contractor}",
            f"三、合同价：{grouped(contract.price)}元（大写：人民币{capitals(contract.price)}）",
            f"四、履行期限：{contract.duration_days}日历天；质量：{contract.quality}；项目负责人：{contract.manager}",
        )
    )


@effect(Step.FILE_CONTRACT)
def file_contract(taking: Taking) -> None:
    """The owner publishes the contract information and files the contract."""
    contract, lot = drafted(taking), taking.lot
    if contract.filed_at is not None:
        raise Refused("filed", "合同已经公开并备案", "The contract is filed already")
    keep_files(taking, DocumentKind.CONTRACT, taking.data["contract"])
    award = taking.session.scalar(select(Award).where(Award.lot_id == lot.id))
    contractor = award.organization.name if award else ""
    contract.filed_at = taking.now
    facts = {
        "number": contract.number,
        "contractor": contractor,
        "price": str(contract.price),
        "signed_on": str(contract.signed_on),
        "duration_days": contract.duration_days,
    }
    write = contract_notice if lot.project.type.is_purchase else sale_contract_text.contract_notice
    text = write(lot, contract, contractor)
    taking.publish(NoticeKind.CONTRACT, f"{lot.name}合同订立信息公告", text, facts)
    taking.record("contract.filed", {"number": contract.number, "sha256": contract.digest})
