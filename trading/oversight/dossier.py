"""The PDF dossier of a lot 项目档案: everything that proves what happened; its export is on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask, current_app, render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trading.codelists import Role
from trading.database import db, transaction
from trading.errors import NotFound
from trading.evidence.exporting import Evidence
from trading.ledger.log import read_logged
from trading.models import DossierExport, LedgerEntry, Lot, User
from trading.oversight import dossier_supervision
from trading.oversight.dossier_evidence import attached_to, evidence_of, evidence_part, seal_of
from trading.oversight.dossier_facts import EXPORTED, collect, moment_of, names_free, opened
from trading.oversight.dossier_scores import score_sheets
from trading.oversight.dossier_tables import TABLES, bilingual, fingerprint
from trading.web.exchange import language
from trading.web.formats import day, standing
from trading.web.printing import Printer, digest_of

KNOWN = "dossier_digests"
MOST_KNOWN = 500

PARTS = (
    ("lot", _l("一、项目与标段")), ("timeline", _l("二、办理时间线")), ("filing", _l("三、交易条件备案")),
    ("method", _l("四、交易方式核准")), ("notices", _l("五、公告、澄清与异议")), ("opening", _l("六、投标与开标")),
    ("draw", _l("七、评标专家抽取")), ("evaluation", _l("八、评标")), ("result", _l("九、结果公示、确认与中标")),
    ("contract", _l("十、合同与履约")), ("supervision", _l("十一、投诉与监管")), ("savings", _l("十二、节资核算")),
    ("compliance", _l("十三、十九项制度符合性对照表")), ("record", _l("十四、存证记录")),
    ("evidence", _l("十五、证据文件与电子签章")),
)  # fmt: skip


def dossier_html(lot: Lot, now: datetime) -> str:
    """The dossier's HTML: the same record gives the same text."""
    return html_with(lot, now, *evidence_of(lot, now))


def html_with(lot: Lot, now: datetime, evidence: Evidence | None, why_none: str) -> str:
    """The dossier's HTML around an evidence file, or the reason why there is none."""
    facts = collect(db.session, lot, now, current_app.extensions["tools"])
    cover = [
        {"label": _("标段编号"), "value": lot.code},
        {"label": _("统一交易标识码"), "value": lot.trading_code or "—"},
        {"label": _("项目单位"), "value": lot.project.owner.name},
        {"label": _("当前状态"), "value": standing(lot.status, lot.project.type, lot.method)},
        {"label": _("适用法律日"), "value": day(facts["law_day"])},
        {"label": _("存证条目"), "value": len(facts["entries"])},
        {"label": _("末条指纹"), "value": fingerprint(facts["entries"][-1].leaf) if facts["entries"] else "—"},
    ]
    return render_template(
        "documents/dossier.html", title=_("公共资源交易项目档案"), subtitle=lot.name, number=lot.code, facts=cover,
        issuer=_("县公共资源交易中心"), contents=contents(facts["compliance"]),
        parts={name: str(title) for name, title in PARTS}, hidden=hidden_roles(lot),
        sheets=score_sheets(facts["terms"], facts["members"], facts["bids"], facts["evaluation"]), **TABLES,
        **dossier_supervision.TABLES, **dossier_supervision.supervision(db.session, lot),
        **evidence_part(evidence, why_none, now), **facts,
    )  # fmt: skip


def contents(compliance: list[Any]) -> list[tuple[str, str, int]]:
    """The parts, and below the comparison the nineteen rules: (anchor, title, level)."""
    lines = []
    for name, title in PARTS:
        lines.append((name, str(title), 1))
        if name == "compliance":
            lines += [(rule.id, f"{rule.id} {bilingual(rule.zh, rule.en)}", 2) for rule, _found, _counts in compliance]
    return lines


def hidden_roles(lot: Lot) -> frozenset[Role]:
    """Those who acted and whose accounts may not be told yet, not even by number."""
    unopened = set() if opened(lot) else {Role.BIDDER}
    return frozenset(unopened | (set() if names_free(lot) else {Role.EXPERT}))


def make(lot: Lot, now: datetime) -> tuple[bytes, str]:
    """The PDF and the digest of what it was made from.

    While nothing is added to the lot's record, the PDF of this minute is taken from the shelf without reading the
    records again.
    """
    printer: Printer = current_app.extensions["printer"]
    known: dict[tuple[Any, ...], str] = current_app.extensions[KNOWN]
    at, tail = judged_at(lot, now)
    key = (lot.code, lot.version, tail, at, language())
    kept = printer.kept(known[key]) if key in known else None
    if kept is not None:
        return kept, known[key]
    evidence, why_none = evidence_of(lot, at)
    html = html_with(lot, at, evidence, why_none)
    pdf, digest = printer.pdf(html, attached_to(evidence, at), seal_of(now)), digest_of(html)
    if len(known) >= MOST_KNOWN:
        known.clear()
    known[key] = digest
    return pdf, digest


def judged_at(lot: Lot, now: datetime) -> tuple[datetime, bytes]:
    """The moment at which the rules are asked, and the leaf of the newest entry: the minute, but not before it."""
    query = select(LedgerEntry.ts, LedgerEntry.leaf).where(LedgerEntry.chain == lot.code, LedgerEntry.kind != EXPORTED)
    newest = db.session.execute(query.order_by(LedgerEntry.tseq.desc()).limit(1)).one_or_none()
    minute = now.replace(second=0, microsecond=0)
    return (max(minute, moment_of(newest.ts)), newest.leaf) if newest else (minute, b"")


def export(lot: Lot, user: User | None, now: datetime) -> bytes:
    """The PDF; its export is put on record afterwards, so that its own entry is not part of it."""
    pdf, digest = make(lot, now)
    actor = user.actor if user else "system"
    with transaction(db.session) as session:
        session.add(
            DossierExport(lot_id=lot.id, user_id=user.id if user else None, exported_at=now, content_digest=digest)
        )
        read_logged(session, lot.code, actor, f"dossier {digest}", now, kind="document.exported")
    return pdf


def dossier_pdf(app: Flask, code: str, user: User | None, now: datetime) -> bytes:
    """The PDF dossier of the lot ``code``, for the command line.

    Raises:
        NotFound: there is no such lot.
    """
    context: Any = app.test_request_context("/", base_url="http://localhost")
    with context, force_locale("zh"):
        lot = db.session.scalar(select(Lot).where(Lot.code == code))
        if lot is None:
            raise NotFound("没有这个标段", "There is no such lot")
        pdf = export(lot, user, now)
        app.extensions["printer"].close()
        return pdf
