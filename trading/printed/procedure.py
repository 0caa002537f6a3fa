"""docs/procedure.md: the whole procedure with its state diagram, from transitions.py."""

from __future__ import annotations

from trading.codelists import Course, Phase, Status
from trading.rules import guarding
from trading.workflow.transitions import PROCEDURE, Transition

HEAD = """# The procedure 全流程

Printed from `trading/workflow/transitions.py` by `trading docs`; do not edit.
"""


def diagram(course: Course) -> str:
    """The statuses that a course passes, and the steps between them."""
    edges: dict[tuple[Status, Status], list[str]] = {}
    for row in PROCEDURE:
        if len(row.at) > 4 or course not in row.courses:
            continue
        for start in row.at:
            for end in row.to:
                if end is not start:
                    edges.setdefault((start, end), []).append(row.step.zh)
    passed = {status for edge in edges for status in edge}
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {status.value}: {status.zh} {status.en}" for status in Status if status in passed]
    lines += [f"    {start.value} --> {end.value}: {'、'.join(steps)}" for (start, end), steps in edges.items()]
    return "\n".join([*lines, "```"])


def line(row: Transition) -> str:
    """One step as a table row."""
    who = "<br>".join(f"{party.role.zh}: {party.value[1]}" for party in row.by)
    start = "、".join(status.value for status in row.at) if len(row.at) < len(Status) else "any"
    end = "、".join(status.value for status in row.to) or "stays"
    rules = ", ".join(sorted(condition.id for condition in guarding(row.step))) or "—"
    secret = " 🔒" if row.secret else ""
    courses = ", ".join(one.value for one in Course if one in row.courses)
    if row.courses == frozenset(Course):
        courses = "all"
    name = f"`{row.step.value}`{secret} | {row.step.zh}<br>{row.step.en}"
    return f"| {name} | {who} | {start} | {end} | {courses} | {rules} |"


def procedure_page() -> str:
    """The whole page."""
    parts = [
        HEAD,
        *(part for course in Course for part in (f"## {course.zh} — {course.en}", "", diagram(course), "")),
        "Steps that may be taken at many statuses (suspend, resume, terminate, fail) are left out of the pictures.",
    ]
    parts += ["🔒 = tells nothing to others before the opening.", ""]
    for phase in Phase:
        parts += [
            f"## {phase.zh} — {phase.en}",
            "",
            "| step | words | who | from | to | course | conditions |",
            "|---|---|---|---|---|---|---|",
        ]
        parts += [line(row) for row in PROCEDURE if row.phase is phase]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"
