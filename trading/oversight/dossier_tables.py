"""The tables of the dossier 档案表格: records to rows of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape

from trading.beijing import beijing
from trading.codelists import Role
from trading.methods.comprehensive import FactorKind
from trading.models import Award, BankLine, Bid, Draw, Guarantee, Invitation, Member
from trading.money import grouped
from trading.money import percent as percent_text
from trading.oversight import dossier_words as words
from trading.oversight.dossier_facts import Told
from trading.rules import CONDITIONS
from trading.savings import rate
from trading.web.exchange import language
from trading.web.formats import day, word
from trading.web.scan_words import scan_answer, scan_kind, scan_place, scan_source, scan_unread

Row = list[Any]


def fingerprint(text: str | None) -> Markup | None:
    """A digest in the type of fingerprints."""
    return None if text is None else Markup('<span class="fingerprint">{}</span>').format(text)


def clock(value: Any) -> str | None:
    """Beijing wall time to the second, as the tables of the dossier write it; their heads name the zone."""
    return None if value is None else f"{beijing(value):%Y-%m-%d %H:%M:%S}"


def amount(value: Any) -> str | None:
    """Yuan with separators."""
    return None if value is None else grouped(value)


def listed(parts: Iterable[str]) -> str:
    """Several words as a list in the reader's language."""
    return (", " if language() == "en" else "、").join(parts)


def bilingual(zh: str, en: str) -> str:
    """The text in the reader's language."""
    return en if language() == "en" and en else zh


def factor_rows(factors: Iterable[dict[str, Any]]) -> list[Row]:
    """Factors of a comprehensive evaluation."""
    kinds = set(FactorKind)
    return [
        [row["code"], row.get("title", ""), word(FactorKind(row["kind"])) if row["kind"] in kinds else row["kind"],
         row["points"]]
        for row in factors
    ]  # fmt: skip


def document_rows(documents: Iterable[Any]) -> list[Row]:
    """Files with their digests."""
    return [[word(one.kind), one.name, one.version, clock(one.added_at), fingerprint(one.sha256)] for one in documents]


def step_rows(timeline: Iterable[tuple[Told, Any]], hidden: frozenset[Role]) -> list[Row]:
    """Steps taken; the status is told where it changed."""
    return [
        [clock(one.at), word(step), words.actor_word(one.actor, hidden), change(one.body)] for one, step in timeline
    ]


def change(body: Mapping[str, Any]) -> str:
    """From which status to which, where the lot moved."""
    before, after = body.get("from", ""), body.get("to", "")
    return "" if before == after else f"{words.status_word(before)} → {words.status_word(after)}"


def refusal_rows(refusals: Iterable[tuple[Told, Any]]) -> list[Row]:
    """Steps refused, with the conditions that stood in their way."""
    return [
        [clock(one.at), word(step), reason_word(one.body["reason"]), conditions_text(one.body["conditions"])]
        for one, step in refusals
    ]


def reason_word(reason: str) -> str:
    """Why a step was refused."""
    found = words.REASONS.get(reason)
    return words.said(found) if found else f"{words.said(words.OTHER_REASON)} ({reason})"


def conditions_text(ids: Sequence[str]) -> Markup | None:
    """Conditions by number and name."""
    named = [
        escape(f"{one} {bilingual(CONDITIONS[one].zh, CONDITIONS[one].en)}" if one in CONDITIONS else one)
        for one in ids
    ]
    return Markup("<br>").join(named) if named else None


def stop_rows(stops: Iterable[Any]) -> list[Row]:
    """Suspensions and ends."""
    return [[clock(one.begun_at), words.ground_word(one.ground), one.reason, clock(one.ended_at)] for one in stops]


def media_text(media: Iterable[str]) -> str:
    """Where a notice was published."""
    return listed(words.looked_up(words.MEDIA, one) or one for one in media)


def filing_rows(filings: Iterable[Any]) -> list[Row]:
    """Filings and answers."""
    return [
        [one.round, clock(one.submitted_at), clock(one.answer_due_at), word(one.answer), clock(one.answered_at),
         one.reason]
        for one in filings
    ]  # fmt: skip


def scan_rows(hits: Iterable[Any]) -> list[Row]:
    """Hits of the fair-competition scan with the owner's answers."""
    return [
        [one.sentence, f"{one.paper}{scan_place(one.unit, one.place)}", scan_kind(one),
         f"{scan_source(one)} · {word(one.mark)}", scan_answer(one)]
        for one in hits
    ]  # fmt: skip


def unread_texts(scans: Iterable[Any]) -> list[str]:
    """What the scans could not read."""
    return [f"{clock(scan.scanned_at)} {sentence}" for scan in scans for sentence in scan_unread(scan)]


def application_rows(applications: Iterable[Any]) -> list[Row]:
    """Applications for exceptional methods."""
    return [
        [word(one.method), one.reasons, clock(one.applied_at),
         _("未决定") if one.approved is None else _("同意") if one.approved else _("不同意"), one.decision_number]
        for one in applications
    ]  # fmt: skip


def clarification_rows(clarifications: Iterable[Any]) -> list[Row]:
    """Clarifications with the deadlines before and after."""
    return [
        [one.number, clock(one.issued_at), one.text, clock(one.deadline_before), clock(one.deadline_after)]
        for one in clarifications
    ]


def conclusion(bid: Bid) -> str:
    """What became of a bid."""
    if not bid.current:
        return _("已撤回") if bid.withdrawn_at else _("已被后一版本替换")
    if bid.open_failure:
        return _("未能开启：%(why)s", why=bid.open_failure)
    return rejection(bid) or _("有效")


def rejection(bid: Bid) -> str | None:
    """Why a bid was rejected: the statutory ground and the reason."""
    if not bid.rejected_clause:
        return None
    return _("否决：%(ground)s。%(reason)s", ground=words.clause_word(bid.rejected_clause), reason=bid.rejected_reason)


def bid_rows(bids: Iterable[Bid]) -> list[Row]:
    """The opening sheet: what was read out of each bid that counted."""
    standing = [one for one in bids if one.current]
    return [
        [
            number, Markup("{}<br><span class='quiet'>{}</span>").format(one.organization.name, one.organization.uscc),
            amount(one.total), one.duration_days, one.quality, one.manager, conclusion(one),
        ]
        for number, one in enumerate(standing, 1)
    ]  # fmt: skip


def envelope_rows(bids: Iterable[Bid]) -> list[Row]:
    """Every envelope received, with its fingerprint."""
    return [
        [one.organization.name, one.version, clock(one.received_at),
         _("有效版本") if one.current else conclusion(one), fingerprint(one.envelope)]
        for one in bids
    ]  # fmt: skip


def bond_rows(lines: Iterable[BankLine], guarantees: Iterable[Guarantee], bids: Iterable[Bid]) -> list[Row]:
    """Bonds by bank line or guarantee: who, how much, when, whether returned."""
    names = {one.organization_id: one.organization.name for one in bids}
    rows = [
        [one.payer_name, _("银行转账"), amount(one.amount), clock(one.paid_at),
         _("基本账户") if one.from_basic_account else _("未确认为基本账户"),
         one.forfeited_ground and _("不予退还：%(why)s", why=one.forfeited_ground)
         or one.transferred_at and _("已转作定金或者价款") or clock(one.refunded_at)]
        for one in lines
    ]  # fmt: skip
    rows += [
        [names.get(one.organization_id, one.issuer), word(one.form), amount(one.amount), clock(one.registered_at),
         f"{one.issuer} {one.number}", _("有效至%(day)s", day=day(one.valid_until))]
        for one in guarantees
    ]  # fmt: skip
    return rows


def strata_text(draw: Draw) -> str:
    """The specialties by name and how many of each."""
    return listed(f"{words.specialty_word(row['code'])} × {row['n']}" for row in draw.rules["strata"])


def commits_text(draw: Draw) -> Markup:
    """The parties' commitments."""
    lines = [
        Markup("{} {}").format(words.looked_up(words.PARTIES, party), fingerprint(one["anchor"]))
        for party, one in sorted(draw.commits.items())
    ]
    return Markup("<br>").join(lines) if lines else escape("—")


def draw_rows(draw: Draw, invitations: Iterable[Invitation], members: Iterable[Member]) -> list[Row]:
    """Seats drawn, by number, round by round; the names of the seated once they are free."""
    seated = {one.expert_id for one in members if one.expert_id}
    names = {one.leaf_id: one.expert.name for one in invitations if one.draw_id == draw.id and one.expert_id in seated}
    return [
        [number + 1, words.specialty_word(seat["stratum"]), fingerprint(seat["id"]), seat["rank"],
         fingerprint(seat["ticket"]), names.get(seat["id"])]
        for number, result in enumerate(draw.results)
        for seat in result["selected"]
    ]  # fmt: skip


def member_rows(members: Iterable[Member]) -> list[Row]:
    """The committee, once its names are free."""
    return [
        [
            one.name + (f"（{_('主任委员')}）" if one.is_chair else ""),
            _("评标专家") if one.expert_id else _("项目单位代表"), clock(one.sheet_at), clock(one.signed_at),
            " ".join(part for part in (words.looked_up(words.OPINIONS, one.opinion), one.dissent) if part),
        ]
        for one in members
    ]  # fmt: skip


def ranking_rows(bids: Iterable[Bid]) -> list[Row]:
    """The ranking, rejected bids last."""
    current = sorted((one for one in bids if one.current), key=lambda one: (one.rank is None, one.rank or 0))
    return [
        [one.rank, one.organization.name, amount(one.total), amount(one.evaluated_price), one.score, rejection(one)]
        for one in current
    ]


def motion_rows(motions: Iterable[Any], bids: Iterable[Bid]) -> list[Row]:
    """Motions to reject, with the votes in numbers."""
    names = {one.id: one.organization.name for one in bids}
    return [
        [names.get(one.bid_id), words.clause_word(one.clause), one.reason, votes_text(one.votes),
         _("表决中") if one.carried is None else _("通过") if one.carried else _("未通过")]
        for one in motions
    ]  # fmt: skip


def votes_text(votes: Mapping[str, Any]) -> str:
    """How many voted for and against."""
    ayes = sum(bool(one) for one in votes.values())
    return _("同意%(ayes)s，反对%(noes)s", ayes=ayes, noes=len(votes) - ayes)


def flag_texts(flags: Iterable[dict[str, Any]], bids: Iterable[Bid]) -> list[str]:
    """What the machine pointed out to the committee."""
    names = {one.id: one.organization.name for one in bids}
    found = []
    for flag in flags:
        why = _("（说明：%(text)s）", text=flag["explanation"]) if flag.get("explanation") else ""
        found.append(f"{names.get(flag.get('bid'), '')}{_('：')}{bilingual(flag['zh'], flag['en'])}{why}")
    return found


def compared_rows(pairs: Mapping[str, tuple[Any, Any]]) -> list[Row]:
    """The contract beside the winning bid, field by field."""
    return [
        [words.looked_up(words.COMPARED, name), plain(here), plain(there), _("一致") if here == there else _("不一致")]
        for name, (there, here) in pairs.items()
    ]


def plain(value: Any) -> Any:
    """An amount with separators, anything else as it is."""
    return grouped(value) if hasattr(value, "quantize") else value


def change_rows(changes: Iterable[Any]) -> list[Row]:
    """Contract changes."""
    return [
        [one.number, one.reason, amount(one.amount), one.approver,
         _("未决定") if one.approved is None else _("同意") if one.approved else _("不同意"), clock(one.approved_at)]
        for one in changes
    ]  # fmt: skip


def payment_rows(payments: Iterable[Any]) -> list[Row]:
    """Payments."""
    return [[day(one.delivered_on), day(one.paid_on), amount(one.amount), one.remark] for one in payments]


def alarm_rows(alarms: Iterable[Any]) -> list[Row]:
    """Alarms and what became of them."""
    return [
        [conditions_text([one.condition]), word(one.severity), clock(one.raised_at),
         _("应当：%(expected)s；现状：%(actual)s", expected=one.should_be(language()), actual=one.was(language())),
         one.response, one.closing_reason]
        for one in alarms
    ]  # fmt: skip


def entry_rows(entries: Iterable[Told], hidden: frozenset[Role]) -> list[Row]:
    """Ledger entries with fingerprints."""
    return [
        [one.number, clock(one.at), words.kind_word(one.kind, one.body), words.actor_word(one.actor, hidden),
         fingerprint(one.leaf)]
        for one in entries
    ]  # fmt: skip


def base_word(award: Award) -> str | None:
    """What the savings are measured against."""
    return words.looked_up(words.BASES, award.base_kind)


def rate_text(award: Award) -> str:
    """The savings rate of one award, or the rate of its premium."""
    return percent_text(rate(award.base, award.saved if award.premium is None else award.premium))


TABLES: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        factor_rows, document_rows, step_rows, refusal_rows, stop_rows, filing_rows, scan_rows,
        unread_texts, application_rows,
        clarification_rows, bid_rows, envelope_rows, bond_rows, strata_text, commits_text, draw_rows, member_rows,
        ranking_rows, motion_rows, flag_texts, compared_rows, change_rows, payment_rows, alarm_rows, entry_rows,
        base_word, rate_text, fingerprint, media_text,
    )
}  # fmt: skip
