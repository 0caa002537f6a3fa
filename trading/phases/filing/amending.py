"""What was entered is put right 更正登记内容: a new vote, valuation or approval, until the conditions are filed."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trading.codelists import ProjectType, Role, Status
from trading.errors import Refused
from trading.methods.profiles import PROFILES
from trading.models import Filing, Lot, Project
from trading.phases.filing.project_schemas import PROJECT_SCHEMAS
from trading.phases.filing.projects import PLANS, answers_to, kept_share
from trading.phases.filing.schemas import paper_label
from trading.steps import Step
from trading.web import fields as f
from trading.workflow.papers import keep_files
from trading.workflow.taking import Taking, effect

FIXED = ("name", "type", "lots")
OPEN = (Status.DRAFT, Status.REGISTERED, Status.FAILED, Status.TERMINATED)


def amending_schema(project_type: ProjectType) -> type[f.StepSchema]:
    """The questions of the type once more, without its lots: the lot's own estimate, and papers that replace others."""
    entered, profile = PROJECT_SCHEMAS[project_type], PROFILES[project_type]
    row = entered().fields["lots"].inner.schema.fields["estimate"]  # type: ignore[attr-defined]
    body: dict[str, Any] = {
        "__doc__": "What was entered of a project, put right.",
        "Meta": type("Meta", (f.StepSchema.Meta,), {"exclude": FIXED}),
        "headings": {name: words for name, words in entered.headings.items() if name not in FIXED},
        "estimate": f.money(row.metadata["label"]),
        "reason": f.prose(_l("更正的内容和原因"), maxlength=1000),
    }
    papers = {
        kind.value: f.uploads(paper_label(kind), hint=_l("更换的才上传"))
        for kind in (*profile.papers, *profile.further_papers)
    }
    return type(f"{project_type.value.title()}AmendingSchema", (entered,), body | papers)


AMENDING_SCHEMAS = {one: amending_schema(one) for one in ProjectType}


def still_open(taking: Taking) -> None:
    """Refuse once a lot of the project is filed or waits for the answer to its filing.

    Raises:
        Refused: one is.
    """
    lots = taking.session.scalars(select(Lot).where(Lot.project_id == taking.lot.project_id)).all()
    waiting = select(Filing.id).where(Filing.lot_id.in_([one.id for one in lots]), Filing.answer.is_(None))
    if any(one.status not in OPEN for one in lots) or taking.session.scalar(waiting) is not None:
        zh, en = "项目已有标段提交备案，登记内容不得更正", "A lot of the project is filed: what was entered stands"
        raise Refused("filed_already", zh, en)


@effect(Step.AMEND_PROJECT)
def amend_project(taking: Taking) -> None:
    """Replace what was entered of the project, the lot's estimate and its papers; what changed goes on record."""
    still_open(taking)
    project, lot, data = taking.lot.project, taking.lot, dict(taking.data)
    profile = PROFILES[project.type]
    changed = write(project, kept_share(answers_to(Project, data)))
    for record in PLANS[project.type]:
        kept = taking.session.scalars(select(record).where(record.project_id == project.id)).one()  # type: ignore[attr-defined]
        changed += write(kept, answers_to(record, data))
    changed += write(lot, {"estimate": data["estimate"]})
    for kind in (*profile.papers, *profile.further_papers):
        if data.get(kind.value):
            keep_files(taking, kind, data[kind.value])
            changed.append(kind.value)
    if not changed:
        raise Refused("nothing_changed", "没有更正任何内容", "Nothing was changed")
    taking.record("approval.project_amended", {"changed": sorted(changed), "reason": data["reason"]})
    taking.tell_role(
        Role.CENTRE,
        ("登记内容已更正", f"“{lot.name}”更正了登记内容：{data['reason']}"),
        ("What was entered was put right", f"“{lot.name}”: {data['reason']}"),
    )


def write(record: Any, answers: dict[str, Any]) -> list[str]:
    """Write the answers that differ into a record; returns their names."""
    differing = [name for name, value in answers.items() if getattr(record, name) != value]
    for name in differing:
        setattr(record, name, answers[name])
    return differing
