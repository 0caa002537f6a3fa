"""Grounds on which a deposit is kept 不予退还的事由, and where the money goes: closed lists by type (R09.C10)."""

from __future__ import annotations

from trading.codelists import Code, ProjectType, Receiver


class ForfeitGround(Code):
    """The only grounds on which a bid bond is kept (ZTBT 35, 74)."""

    WITHDRAWN_LATE = "withdrawn_late", "投标截止后撤销投标", "Withdrawn after the deadline"
    REFUSED_CONTRACT = "refused_contract", "中标后无正当理由拒签合同", "The winner refuses the contract"
    ADDED_CONDITIONS = "added_conditions", "签约时提出附加条件", "The winner adds conditions"
    NO_PERFORMANCE_BOND = "no_performance_bond", "不按要求提交履约保证金", "No performance bond is given"
    STATED_IN_DOCUMENTS = "stated_in_documents", "招标文件载明的其他情形", "Another ground that the documents state"


class GpnForfeitGround(Code):
    """The further grounds in a procurement otherwise than by tender (D74 20)."""

    FALSE_MATERIAL = "false_material", "提供虚假材料", "False material"
    COLLUSION = "collusion", "与采购人、其他供应商或者代理机构恶意串通", "Collusion"


class SaleForfeitGround(Code):
    """The grounds in a disposal: what the notice may state, as the county lists it."""

    REFUSED_CONFIRMATION = "refused_confirmation", "竞得后拒签成交确认书", "The winner refuses the deal confirmation"
    REFUSED_CONTRACT = "refused_contract", "成交后无正当理由拒签合同", "The winner refuses the contract"
    PRICE_UNPAID = "price_unpaid", "未按约定支付成交价款", "The price is not paid as agreed"
    FALSE_OR_COLLUDING = "false_or_colluding", "提供虚假材料或者恶意串通", "False material or collusion"
    STATED_IN_DOCUMENTS = "stated_in_documents", "公告和竞价文件载明的其他情形", "Another ground that the notice states"


PURCHASE = (ProjectType.WORKS, ProjectType.GP, ProjectType.GPN)
RECEIVERS = {
    ProjectType.WORKS: Receiver.OWNER,
    ProjectType.SOE: Receiver.OWNER,
    ProjectType.RURAL: Receiver.COLLECTIVE,
}
"""Who gets what is kept: the tenderer of works (ZTBT 35, 74), the seller, the village; all else the treasury.

That what is kept in procurement and of state property goes to the treasury is to be verified.
"""


def grounds_of(type_: ProjectType) -> tuple[Code, ...]:
    """The closed list of a project type."""
    if type_ not in PURCHASE:
        return tuple(SaleForfeitGround)
    return (*ForfeitGround, *(GpnForfeitGround if type_ is ProjectType.GPN else ()))


def ground_of(type_: ProjectType, value: str) -> Code | None:
    """The ground of this value on the type's list, if it is there."""
    return next((ground for ground in grounds_of(type_) if ground.value == value), None)


def receiver_of(type_: ProjectType) -> Receiver:
    """Who gets a deposit of this type that is kept."""
    return RECEIVERS.get(type_, Receiver.TREASURY)
