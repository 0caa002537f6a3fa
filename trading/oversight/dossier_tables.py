"""The tables of the dossier 档案表格: records to rows of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape

from trading.codelists import Status
from trading.models import Award, Bid, Draw, Member
from trading.money import grouped
from trading.money import percent as percent_text
from trading.savings import rate
from trading.web.formats import day, moment, word

Row = list[Any]


def fingerprint(text: str) -> Markup:
    """A digest in the type of fingerprints."""
    return Markup('<span class="fingerprint">{}</span>').format(text)


def amount(value: Any) -> str | None:
    """Yuan with separators."""
    return None if value is None else grouped(value)


def status_word(code: str) -> str:
    """The word of a status code."""
    return word(Status(code)) if code in set(Status) else code


def factor_rows(factors: Iterable[dict[str, Any]]) -> list[Row]:
    """Factors of a comprehensive evaluation."""
    return [[row["code"], row.get("title", ""), row["kind"], row["points"]] for row in factors]


def document_rows(documents: Iterable[Any]) -> list[Row]:
    """Files with their digests."""
    return [[word(one.kind), one.name, one.version, moment(one.added_at), fingerprint(one.sha256)] for one in documents]


def step_rows(timeline: Iterable[tuple[datetime, Any, dict[str, Any]]]) -> list[Row]:
    """Steps taken."""
    return [[moment(at), word(step), status_word(body["from"]), status_word(body["to"])] for at, step, body in timeline]


def refusal_rows(refusals: Iterable[tuple[datetime, Any, dict[str, Any]]]) -> list[Row]:
    """Steps refused."""
    return [
        [moment(at), word(step), body["reason"], "、".join(body["conditions"]) or "—"] for at, step, body in refusals
    ]


def stop_rows(stops: Iterable[Any]) -> list[Row]:
    """Suspensions and ends."""
    return [[moment(one.begun_at), one.ground, one.reason, moment(one.ended_at)] for one in stops]


def filing_rows(filings: Iterable[Any]) -> list[Row]:
    """Filings and answers."""
    return [
        [one.round, moment(one.submitted_at), word(one.answer), moment(one.answered_at), one.reason] for one in filings
    ]


def application_rows(applications: Iterable[Any]) -> list[Row]:
    """Applications for exceptional methods."""
    return [
        [word(one.method), one.ground, moment(one.applied_at), word(one.approved), one.decision_number]
        for one in applications
    ]


def clarification_rows(clarifications: Iterable[Any]) -> list[Row]:
    """Clarifications with the deadlines before and after."""
    return [
        [one.number, moment(one.issued_at), one.text, moment(one.deadline_before), moment(one.deadline_after)]
        for one in clarifications
    ]


def conclusion(bid: Bid) -> str:
    """What became of a bid."""
    if not bid.current:
        return _("已撤回") if bid.withdrawn_at else _("已被后一版本替换")
    if bid.open_failure:
        return _("未能开启：%(why)s", why=bid.open_failure)
    return f"{bid.rejected_clause} {bid.rejected_reason}" if bid.rejected_clause else _("有效")


def bid_rows(bids: Iterable[Bid]) -> list[Row]:
    """The opening sheet."""
    return [
        [
            one.organization.name, one.organization.uscc, amount(one.total), one.duration_days, moment(one.received_at),
            conclusion(one),
        ]
        for one in bids
    ]  # fmt: skip


def envelope_rows(bids: Iterable[Bid]) -> list[Row]:
    """Envelopes by their fingerprints."""
    return [[one.organization.name, one.version, fingerprint(one.envelope)] for one in bids]


def strata_text(draw: Draw) -> str:
    """The specialties and how many of each."""
    return "、".join(f"{row['code']} × {row['n']}" for row in draw.rules["strata"])


def commits_text(draw: Draw) -> Markup:
    """The parties' commitments."""
    lines = [Markup("{}：{}").format(party, fingerprint(one["anchor"])) for party, one in sorted(draw.commits.items())]
    return Markup("<br>").join(lines) if lines else escape("—")


def draw_rows(draw: Draw) -> list[Row]:
    """Seats drawn, by number, round by round."""
    return [
        [number, seat["stratum"], fingerprint(seat["id"]), seat["rank"], fingerprint(seat["ticket"])]
        for number, result in enumerate(draw.results)
        for seat in (result["selected"] if isinstance(result, dict) else result)
    ]


def member_rows(members: Iterable[Member]) -> list[Row]:
    """The committee, once its names are free."""
    return [
        [
            one.name + (f"（{_('主任委员')}）" if one.is_chair else ""),
            _("评标专家") if one.expert_id else _("项目单位代表"),
            moment(one.signed_at) + (f" {_('不同意见：')}{one.dissent}" if one.dissent else ""),
        ]
        for one in members
    ]


def ranking_rows(bids: Iterable[Bid]) -> list[Row]:
    """The ranking, rejected bids last."""
    current = sorted((one for one in bids if one.current), key=lambda one: (one.rank is None, one.rank or 0))
    return [
        [
            one.rank, one.organization.name, amount(one.total), amount(one.evaluated_price), one.score,
            f"{one.rejected_clause} {one.rejected_reason}" if one.rejected_clause else None,
        ]
        for one in current
    ]  # fmt: skip


def sheets(members: Sequence[Member], bids: Iterable[Bid]) -> Markup:
    """Every member's score sheet, as handed in."""
    names = {one.id: one.organization.name for one in bids}
    parts = []
    for member in members:
        lines = [
            Markup("<tr><th scope='row'>{}</th><td>{}</td></tr>").format(
                names.get(bid, bid), "；".join(f"{key}: {value}" for key, value in flat(sheet))
            )
            for bid, sheet in (member.sheet or {}).get("bids", {}).items()
        ]
        if lines:
            parts.append(
                Markup("<h4>{}</h4><table class='grid pairs'><tbody>{}</tbody></table>").format(
                    member.name, Markup("").join(lines)
                )
            )
    return Markup("").join(parts)


def flat(sheet: Any, prefix: str = "") -> list[tuple[str, str]]:
    """Nested sheet entries as name and text."""
    if not isinstance(sheet, dict):
        return [(prefix.rstrip("."), str(sheet))]
    return [pair for key, value in sheet.items() for pair in flat(value, f"{prefix}{key}.")]


def change_rows(changes: Iterable[Any]) -> list[Row]:
    """Contract changes."""
    return [
        [one.number, one.reason, amount(one.amount), f"{one.approver} {word(one.approved)}", moment(one.approved_at)]
        for one in changes
    ]


def payment_rows(payments: Iterable[Any]) -> list[Row]:
    """Payments."""
    return [[day(one.delivered_on), day(one.paid_on), amount(one.amount), one.remark] for one in payments]


def alarm_rows(alarms: Iterable[Any]) -> list[Row]:
    """Alarms and what became of them."""
    return [
        [one.condition, moment(one.raised_at), one.expected, one.actual, one.response, one.closing_reason]
        for one in alarms
    ]


def entry_rows(entries: Iterable[Any]) -> list[Row]:
    """Ledger entries with fingerprints."""
    return [[one.at, one.kind, one.actor, fingerprint(one.leaf)] for one in entries]


def rate_text(award: Award) -> str:
    """The savings rate of one award."""
    return percent_text(rate(award.base, award.saved))


TABLES: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        factor_rows, document_rows, step_rows, refusal_rows, stop_rows, filing_rows, application_rows,
        clarification_rows, bid_rows, envelope_rows, strata_text, commits_text, draw_rows, member_rows, ranking_rows,
        sheets, change_rows, payment_rows, alarm_rows, entry_rows, rate_text,
    )
}  # fmt: skip
