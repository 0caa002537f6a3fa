"""docs/procedure.md: the whole procedure with its state diagram, from transitions.py."""

from __future__ import annotations

from trading.codelists import Phase, Status
from trading.rules import guarding
from trading.workflow.transitions import PROCEDURE, Transition

HEAD = """# The procedure 全流程

Printed from `trading/workflow/transitions.py` by `trading docs`; do not edit.
"""


def diagram() -> str:
    """The statuses and the steps between them."""
    edges: dict[tuple[Status, Status], list[str]] = {}
    for row in PROCEDURE:
        if len(row.at) > 4:
            continue
        for start in row.at:
            for end in row.to:
                if end is not start:
                    edges.setdefault((start, end), []).append(row.step.zh)
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {status.value}: {status.zh} {status.en}" for status in Status]
    lines += [f"    {start.value} --> {end.value}: {'、'.join(steps)}" for (start, end), steps in edges.items()]
    return "\n".join([*lines, "```"])


def line(row: Transition) -> str:
    """One step as a table row."""
    who = "<br>".join(f"{party.role.zh}: {party.value[1]}" for party in row.by)
    start = "、".join(status.value for status in row.at) if len(row.at) < len(Status) else "any"
    end = "、".join(status.value for status in row.to) or "stays"
    rules = ", ".join(sorted(condition.id for condition in guarding(row.step))) or "—"
    secret = " 🔒" if row.secret else ""
    return f"| `{row.step.value}`{secret} | {row.step.zh}<br>{row.step.en} | {who} | {start} | {end} | {rules} |"


def procedure_page() -> str:
    """The whole page."""
    parts = [
        HEAD,
        diagram(),
        "",
        "Steps that may be taken at many statuses (suspend, resume, terminate, fail) are left out of the picture.",
    ]
    parts += ["🔒 = tells nothing to others before the opening.", ""]
    for phase in Phase:
        parts += [
            f"## {phase.zh} — {phase.en}",
            "",
            "| step | words | who | from | to | conditions |",
            "|---|---|---|---|---|---|",
        ]
        parts += [line(row) for row in PROCEDURE if row.phase is phase]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"
