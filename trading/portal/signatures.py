"""Checklist items that wait for a signature 待签署的核查事项: before the steps that they guard."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, false, literal, select, union_all

from trading.codelists import Role
from trading.models import ChecklistSignature, Lot, Project, User
from trading.portal.subjects import NOTHING, no, of, turn
from trading.rules import CONDITIONS
from trading.steps import Step
from trading.workflow.transitions import BY_STEP

COLUMNS = ("item", "status", "kind")


def places(role: Role) -> list[tuple[str, str, str]]:
    """Every (item, status, project type) at which ``role`` signs: where a step that the item guards is taken."""
    signer = Role.OWNER if role is Role.AGENCY else role
    return [
        (item.id, status.value, kind.value)
        for item in CONDITIONS.values()
        if item.checklist is not None and item.checklist.by is signer
        for status in sorted({status for step in item.steps for status in BY_STEP[step].at})
        for kind in sorted(item.types)
    ]


@turn(Step.SIGN_CHECKLIST)
def sign_checklist(user: User, _now: datetime) -> Select[Any]:
    """The unsigned items of all lots that stand where a step needs them."""
    found = places(user.role)
    if not found:
        return of(Lot, false())
    rows = [select(*(literal(one).label(name) for name, one in zip(COLUMNS, row, strict=True))) for row in found]
    items = union_all(*rows).subquery("items")
    item = items.c.item
    return (
        select(Lot.id, item.label("subject"), item.label("words"), NOTHING.label("due"))
        .join(Project, Project.id == Lot.project_id)
        .join(items, and_(items.c.status == Lot.status, items.c.kind == Project.type))
        .where(no(ChecklistSignature, ChecklistSignature.condition == item))
    )
