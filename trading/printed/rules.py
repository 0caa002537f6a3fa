"""docs/rules.md: the nineteen rules, every condition with its source, every number with all its dated lines."""

from __future__ import annotations

from trading.rules import CONDITIONS, RULES
from trading.rules.rule import Checklist, Condition, Rule
from trading.values import Fact, load

HEAD = """# The nineteen rules 十九项制度

Printed from `trading/rules/` and `trading/values.toml` by `trading docs`; do not edit.
Severity: B blocks the step, R opens a red alarm, A an amber one, I is recorded. Marks: an article is quoted only where
its text was checked; "to be verified" says that it was not; "county rule" is the county's own choice.
"""


def cell(text: object) -> str:
    """Text that cannot break a Markdown table."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def row(condition: Condition) -> str:
    """One condition as a table row."""
    steps = "、".join(sorted(step.zh for step in condition.steps)) or "—"
    sources = "；".join(f"{source.text}（{source.mark.zh}）" for source in condition.sources)
    signature = ""
    if condition.checklist:
        signature = f"<br>☑ 核查事项，由{condition.checklist.by.zh}签署 · signed checklist item"
    words = f"{condition.zh}<br>{condition.en}{signature}"
    cells = (condition.id, condition.severity.value, words, steps, sources, "✓" if condition.due else "")
    return f"| {' | '.join(cell(one) for one in cells)} |"


def section(rule: Rule) -> str:
    """One rule with its conditions."""
    lines = [
        f"## {rule.id} {rule.zh} — {rule.en}",
        "",
        f"{rule.phase.zh} · {rule.phase.en}",
        "",
        rule.requires_zh,
        "",
        rule.requires_en,
        "",
        "| id | sev | condition | steps | source and mark | watched |",
        "|---|---|---|---|---|---|",
        *(row(condition) for condition in rule.conditions),
    ]
    return "\n".join(lines)


def checklist_item(condition: Condition, checklist: Checklist) -> str:
    """One condition that a person signs, and why no record could hold the fact."""
    who = f"{checklist.by.zh} {checklist.by.en}"
    reason = f"{checklist.reason_zh}<br>{checklist.reason_en}"
    return f"| {' | '.join(cell(one) for one in (condition.id, condition.zh, who, reason))} |"


def checklist_section() -> str:
    """Every checklist item with its reason."""
    rows = [checklist_item(one, one.checklist) for one in CONDITIONS.values() if one.checklist is not None]
    lines = [
        "## Checklist items 核查事项",
        "",
        f"{len(rows)} conditions are answered by a person's signature with its evidence, because no record could hold "
        "the fact. What can be computed is computed first: a signature never turns a failure into a pass.",
        "",
        "| id | condition | signed by | why a person |",
        "|---|---|---|---|",
    ]
    return "\n".join([*lines, *rows])


def number(fact: Fact) -> str:
    """One number with all dated lines."""
    dated = "<br>".join(f"{line.since}: {line.value}" for line in fact.lines)
    cells = (fact.name, f"{fact.label_zh}<br>{fact.label_en}", dated, fact.unit, fact.source, fact.mark.value)
    return f"| {' | '.join(cell(one) for one in cells)} |"


def rules_page() -> str:
    """The whole page."""
    book = load()
    count = sum(len(rule.conditions) for rule in RULES)
    parts = [HEAD, f"{len(RULES)} rules, {count} conditions.\n"]
    parts += [section(rule) + "\n" for rule in RULES]
    parts.append(checklist_section() + "\n")
    parts.append("## Numbers 数值\n")
    parts.append("| name | label | in force from: value | unit | source | mark |\n|---|---|---|---|---|---|")
    parts.append("\n".join(number(fact) for fact in book.all()) + "\n")
    parts.append("### Calendar years whose State Council notice is listed 已公布放假通知的年份\n")
    parts.append("\n".join(f"- {year}: {notice}" for year, notice in sorted(book.calendar_years.items())))
    return "\n".join(parts).rstrip() + "\n"
