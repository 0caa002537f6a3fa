"""Registration of a lot on the platform 进场登记: handed in, accepted, or refused by the closed list."""

from __future__ import annotations

from sqlalchemy import func, select

from trading.codelists import Role
from trading.identifiers import make_trading_code, ocid
from trading.methods.profiles import PROFILES
from trading.models import Lot, Organization
from trading.steps import Step
from trading.workflow.papers import keep_files
from trading.workflow.taking import Taking, effect

OCID_PREFIX = "ocds-wutong"


def owner_people(taking: Taking) -> list[str]:
    """The organisations that act for the owner of this lot."""
    return [taking.lot.project.owner_id]


@effect(Step.SUBMIT_REGISTRATION)
def submit_registration(taking: Taking) -> None:
    """The owner hands the lot in; the centre answers within a working day."""
    profile = PROFILES[taking.lot.project.type]
    for kind in (*profile.papers, *profile.further_papers):
        keep_files(taking, kind, taking.data.get(kind.value))
    taking.lot.submitted_at = taking.now
    name = taking.lot.name
    taking.tell_role(
        Role.CENTRE,
        ("进场登记待受理", f"“{name}”已提交进场登记，请在一个工作日内答复。"),
        ("Registration to answer", f"“{name}” was submitted for registration; please answer within one working day."),
    )


@effect(Step.ACCEPT_REGISTRATION)
def accept_registration(taking: Taking) -> None:
    """The centre accepts; the lot gets its unified trading code, for good."""
    lot = taking.lot
    lot.registered_at = taking.now
    given = taking.session.scalar(select(func.count()).select_from(Lot).where(Lot.trading_code.is_not(None))) or 0
    platform = taking.session.scalar(select(Organization.uscc).where(Organization.kind == Role.CENTRE).limit(1))
    lot.trading_code = make_trading_code(platform or lot.project.owner.uscc, taking.today, given + 1)
    lot.ocid = ocid(OCID_PREFIX, lot.trading_code)
    taking.receipt["trading_code"] = lot.trading_code
    taking.tell(
        ("进场登记已受理", f"“{lot.name}”已受理，统一交易标识码 {lot.trading_code}。"),
        ("Registration accepted", f"“{lot.name}” was accepted; unified trading code {lot.trading_code}."),
        organizations=owner_people(taking),
    )


@effect(Step.REFUSE_REGISTRATION)
def refuse_registration(taking: Taking) -> None:
    """The centre refuses for a listed reason, in writing; the lot stays a draft and may be handed in again."""
    reason = taking.data["reason"]
    taking.lot.submitted_at = None
    taking.lot.refusal_reason = reason
    taking.record("approval.registration_refused", {"reason": reason.value, "explanation": taking.data["explanation"]})
    taking.tell(
        ("进场登记不予受理", f"“{taking.lot.name}”不予受理，理由：{reason.zh}。{taking.data['explanation']}"),
        ("Registration refused", f"“{taking.lot.name}” was refused: {reason.en}. {taking.data['explanation']}"),
        organizations=owner_people(taking),
    )
