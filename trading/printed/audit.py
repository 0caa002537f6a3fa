"""docs/audit.md: how records brought in from elsewhere are audited, with every column that a file may have."""

from __future__ import annotations

from trading.audit.cells import form
from trading.audit.past_auctions import PREMISES
from trading.audit.shape import Column, columns, groups
from trading.printed.rules import cell
from trading.replay.auctions import COLUMNS

HEAD = """# Audit of records from elsewhere 回溯核查

Printed from `trading/audit/` and the facts in `trading/rules/` by `trading docs`; do not edit.

    trading audit FILE.csv [--json REPORT.json] [--law-on 2026-03-02]
    trading audit --all    [--json REPORT.json]

Every condition of [rules.md](rules.md) is asked of every lot: of a file, in which an earlier system tells its records,
or of the lots of this installation. The report lists each breach with its condition, source, expected and actual, and
each condition that cannot be answered with the field that is missing. Nothing is written anywhere else. A lot of this
installation answers to the conditions of the steps that are on its record, and to those of no single step.

- A file is CSV in UTF-8 with a line of headings. It is read to its end and checked before anything is judged; a cell
  that cannot be read is refused with line and column.
- **Law day.** A lot is judged by the numbers in force on its registration day (`lot.registered_at`), else on the day of
  its notice (`notice.published_at`). A file that tells neither gets no number at all, unless `--law-on` declares one
  day for all. A number is not known before its first dated line: the answer is unknown, never passed.
- **An empty cell** means: the record does not say. A condition that reads it is unknown and names the column, unless it
  fails whatever the cell might hold. **`none`** (or `无`) means: it is on record that there is none.
- One row a lot, or several: rows with the same lot belong together wherever they stand. Facts of the lot are told once
  (again only alike); columns of a list (marked *list*) add one element a row: one row a bid, a bond, an objection.
  A list of which the file has headings, and a lot no row, is on record as empty.
- Days are `YYYY-MM-DD`, moments Beijing time; where the hour decides, a day alone is refused. Amounts are yuan, shares
  are parts of one (`0.02`), several values in one cell are parted by `;`.
- What follows from other columns need not be told: the number of bids, effective bids, the winner's rank, the methods
  that the table allows, whether tender is mandatory.

The report is one JSON object: `head` (moment, law day declared, calendar, premises), `lots` (`lot`, `law_day`,
`breaches`, `unknown`), `unknown_sets` (equal sets of unknowns are written once and named by number in their lots; a
report with very many different sets holds the later ones in the lots themselves) and `summary`.
"""
PAST = """## The columns of the replay 历史回放文件

A file with the columns `{columns}` tells less, and is read under premises that the report repeats:

{premises}

What it can express is found: a standing bid above the control price (R06.C4, R12.C3), an award above it (R15.C5), fewer
than three bidders (R10.C7), a bidder's second standing bid (R12.C3), a winner who is not the lowest (R15.C2 where the
tender is mandatory; R16.C10 where the gap is wide), a winner who is no candidate or was rejected (R15.C1), no control
price (R06.C2). No condition forbids an opening on a holiday, so none is reported.
"""


def audit_page() -> str:
    """The whole page."""
    premises = "\n".join(f"- {zh} · {en}" for zh, en in PREMISES)
    parts = [HEAD, PAST.format(columns=",".join(COLUMNS), premises=premises), "## All columns 全部列\n"]
    for path, group in groups().items():
        held = [one for one in columns().values() if one.holder == path]
        if held:
            parts.append(f"### {path}{' (list)' if group.element else ''}\n\n| column | cell |\n|---|---|")
            parts.append("\n".join(row(one) for one in held) + "\n")
    return "\n".join(parts).rstrip() + "\n"


def row(column: Column) -> str:
    """One column as a table row; where it can be told that there is none, ``none`` is among the cells."""
    told = f"{form(column)} | none" if column.kind.optional or column.kind.many else form(column)
    return f"| `{column.path}` | {cell(told)} |"
