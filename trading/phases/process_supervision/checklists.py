"""Checklist items 核查事项: what no record could hold, signed by the person who looked, with what he looked at."""

from __future__ import annotations

from trading.codelists import DocumentKind, Role
from trading.errors import NotFound, Refused
from trading.models import ChecklistSignature
from trading.rules import CONDITIONS
from trading.rules.rule import Condition
from trading.steps import Step
from trading.workflow.papers import keep_files
from trading.workflow.taking import Taking, effect


def item_of(subject: str | None) -> Condition:
    """The condition that a checklist item answers.

    Raises:
        NotFound: no condition of this id is answered by a signature.
    """
    condition = CONDITIONS.get(subject or "")
    if condition is None or condition.checklist is None:
        raise NotFound("没有这项核查事项", "There is no such checklist item")
    return condition


def signs(role: Role, condition: Condition) -> bool:
    """Whether the signature under an item is one of this role; an agency signs for the owner who entrusted it."""
    assert condition.checklist is not None
    by = condition.checklist.by
    return role is by or (by is Role.OWNER and role is Role.AGENCY)


@effect(Step.SIGN_CHECKLIST)
def sign_checklist(taking: Taking) -> None:
    """Keep a signature; what a machine can tell is asked again with every step, and no signature outweighs it."""
    condition = item_of(taking.subject)
    assert taking.actor is not None and condition.checklist is not None
    if not signs(taking.actor.role, condition):
        by = condition.checklist.by
        raise Refused("other_signs", f"该事项由{by.zh}签署", f"This item is signed by: {by.en}")
    if taking.lot.project.type not in condition.types:
        raise Refused("not_applicable", "该事项不适用于本标段", "This item does not apply to this lot")
    holds = bool(taking.data["holds"])
    taking.session.add(
        ChecklistSignature(
            lot_id=taking.lot.id, condition=condition.id, holds=holds, evidence=taking.data["evidence"],
            signed_at=taking.now, signed_by_id=taking.actor_id,
        )
    )  # fmt: skip
    keep_files(taking, DocumentKind.EVIDENCE, taking.data["files"], supersede=False)
    taking.receipt |= {"condition": condition.id, "holds": holds}
