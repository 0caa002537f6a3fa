"""The evaluation report as tables 评标报告: the same ones on the page and in the PDF, before and after signing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from trading.codelists import EvaluationMethod, InquiryKind
from trading.database import db
from trading.experts.committee import Opinion
from trading.methods.comprehensive import FactorKind
from trading.methods.outcome import standings_of
from trading.methods.rejection import clause_word, clauses_of
from trading.models import Bid, BidInquiry, Evaluation, Lot, Member, TenderTerms
from trading.money import grouped
from trading.phases.process_supervision.evaluation.evaluation_looking import (
    all_signed,
    delta_of,
    opened_bids,
    read_out,
    shown_flags,
    terms_of,
)
from trading.web.exchange import language
from trading.web.formats import moment, word
from trading.workflow.evaluation_record import (
    declared_by,
    documents_of,
    members_of,
    report_of,
    reviews_of,
    to_evaluate,
)
from trading.workflow.inquiry_record import extensions_of, inquiries_of


@dataclass(frozen=True)
class Table:
    """One table of the report; ``widths`` in per cent, ``numbers`` the columns of figures."""

    caption: str
    heads: list[str]
    rows: list[list[Any]]
    widths: list[float]
    numbers: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """Who reads: a member by his seat, or somebody else; and whether the names of the committee are told yet."""

    seat: Member | None
    names: bool


class ReportTables:
    """The tables of one lot's report for one reader."""

    def __init__(self, lot: Lot, report: Evaluation, reading: Reading) -> None:
        self.lot, self.report, self.reading = lot, report, reading
        self.terms: TenderTerms = terms_of(lot)
        self.members: Sequence[Member] = members_of(db.session, lot)
        self.bids: Mapping[str, Bid] = {bid.id: bid for bid in opened_bids(lot)}
        self.letters: Sequence[BidInquiry] = inquiries_of(db.session, lot)

    def all(self) -> list[Table]:
        """Every table that has something to say, in the order of the report."""
        found: Iterable[Table] = (
            self.opened(), self.rejected(), self.corrections(), self.clarifications(), self.low_prices(),
            self.deductions(), *self.scores(), self.ranking(), self.flags(), self.extensions(), self.signatures(),
        )  # fmt: skip
        return [table for table in found if table.rows]

    def name(self, member: Member) -> str:
        """A member's name, or his number while names are sealed."""
        if self.reading.names:
            return member.name
        return _("成员%(number)s", number=[one.id for one in self.members].index(member.id) + 1)

    def bidder(self, bid_id: str) -> str:
        """A bidder's name."""
        return self.bids[bid_id].organization.name

    def opened(self) -> Table:
        """The bids with the price read out and the one that counts."""
        read = read_out(self.lot)
        rows = [
            [bid.organization.name, _price(read.get(bid.envelope)), _price(bid.total), declared_words(bid)]
            for bid in self.bids.values()
        ]
        heads = [_("投标人"), _("开标价（元）"), _("评审所依价格（元）"), _("政策声明")]
        return Table(_("已开标的投标"), heads, rows, [40, 20, 20, 20], [1, 2])

    def rejected(self) -> Table:
        """Rejections with clause, reason and votes."""
        listed, kind = clauses_of(self.lot.project.type), self.lot.project.type
        rows = []
        for bid in self.bids.values():
            if bid.rejected_clause:
                source = listed(bid.rejected_clause).source if bid.rejected_clause in set(listed) else ""
                clause = f"{clause_word(bid.rejected_clause, language(), kind)} {source}".strip()
                votes = bid.rejected_votes or _("平台依数据认定")
                rows.append([bid.organization.name, clause, bid.rejected_reason, votes])
        heads = [_("投标人"), _("条款"), _("理由"), _("同意与反对票")]
        return Table(_("被否决（无效）的投标"), heads, rows, [22, 33, 33, 12])

    def corrections(self) -> Table:
        """Corrections of arithmetic, and what the bidder said of them."""
        rows = []
        for one in self.letters:
            if one.kind is InquiryKind.CORRECTION:
                told = "；".join(_in_language(found) for found in one.facts["corrections"])
                said = _("已确认") if one.confirmed else _("未确认") if one.confirmed is False else _("待确认")
                rows.append(
                    [self.bidder(one.bid_id), _price(one.facts["before"]), _price(one.facts["total"]), told, said]
                )
        heads = [_("投标人"), _("修正前（元）"), _("修正后（元）"), _("依据"), _("投标人意见")]
        return Table(_("算术性修正"), heads, rows, [20, 14, 14, 40, 12], [1, 2])

    def clarifications(self) -> Table:
        """Clarification letters with their answers."""
        rows = [
            [
                one.number,
                self.bidder(one.bid_id),
                one.question,
                moment(one.due_at),
                one.answer or _("未答复"),
                _files(one),
            ]
            for one in self.letters
            if one.kind is InquiryKind.CLARIFICATION
        ]
        heads = [_("编号"), _("投标人"), _("要求澄清的事项"), _("答复截止"), _("答复"), _("材料")]
        return Table(_("澄清、说明"), heads, rows, [7, 18, 27, 14, 24, 10])

    def low_prices(self) -> Table:
        """Inquiries into low prices: what was asked, answered and decided, with votes and reasons."""
        rows = []
        for one in self.letters:
            if one.kind is InquiryKind.LOW_PRICE:
                flags = "；".join(_in_language(flag) for flag in one.facts.get("flags", [])) or _(
                    "评标委员会认为报价明显偏低"
                )
                votes = list(one.votes.values())
                said = _("认可") if one.accepted else _("不认可") if one.accepted is False else _("待认定")
                reasons = "；".join(dict.fromkeys(vote["reason"] for vote in votes))
                count = f"{sum(vote['accepted'] for vote in votes)}:{sum(not vote['accepted'] for vote in votes)}"
                rows.append(
                    [
                        self.bidder(one.bid_id),
                        flags,
                        one.answer or _("未答复"),
                        _files(one),
                        f"{said}（{count}）{reasons}",
                    ]
                )
        heads = [_("投标人"), _("触发情形"), _("书面说明"), _("材料"), _("认定（同意:反对）与理由")]
        return Table(_("异常低价说明"), heads, rows, [16, 26, 24, 12, 22])

    def deductions(self) -> Table:
        """What was declared, what the committee confirmed, and the price with which the bid is compared."""
        bids = [bid for bid in self.bids.values() if bid.rejected_clause is None]
        documents = documents_of(self.terms, self.lot)
        confirmed = standings_of(to_evaluate(bids), reviews_of(self.members))
        lines = {line["bid"]: line for line in self.report.ranking}
        rows = []
        for bid in bids if documents.policy.grants else []:
            standing, line = confirmed[bid.id], lines.get(bid.id, {"parts": [], "evaluated_price": None})
            share = next((part["figure"] for part in line["parts"] if part["code"] == "deduction"), "0")
            found = [
                text
                for text, holds in ((_("小型、微型企业"), standing.small), (_("本国产品"), standing.domestic))
                if holds
            ]
            rows.append([
                bid.organization.name, declared_words(bid), "、".join(found) or "—", f"{share}%", _price(bid.total),
                _price(line["evaluated_price"]),
            ])  # fmt: skip
        heads = [_("投标人"), _("声明"), _("认定"), _("扣除比例"), _("报价（元）"), _("参与评审的价格（元）")]
        return Table(_("政策性价格扣除（合同价仍为投标报价）"), heads, rows, [24, 18, 18, 10, 15, 15], [3, 4, 5])

    def scores(self) -> list[Table]:
        """Every member's findings, one table a bid; those of others are shown once all have signed."""
        if self.terms.evaluation_method is EvaluationMethod.COMPREHENSIVE:
            return [self.points(bid) for bid in self.bids.values()]
        rows = [
            [bid.organization.name, *(self.cell(member, bid, _opinion) for member in self.members)]
            for bid in self.bids.values()
        ]
        return [Table(_("各成员评审意见"), [_("投标人"), *map(self.name, self.members)], rows, self.widths(False))]

    def cell(self, member: Member, bid: Bid, shown: Any) -> str:
        """What a member found of a bid, if this reader may see it."""
        mine = self.reading.seat is not None and member.id == self.reading.seat.id
        found = ((member.sheet or {}).get("bids") or {}).get(bid.id)
        if not mine and not all_signed(self.members):
            return _("签署后列明")
        return "—" if found is None else str(shown(found))

    def points(self, bid: Bid) -> Table:
        """The points of every member for every factor of one bid, and their mean."""
        line = next((one for one in self.report.ranking if one["bid"] == bid.id), {"parts": [], "score": None})
        means = {part["code"]: part["figure"] for part in line["parts"]}
        rows: list[list[Any]] = []
        for factor in self.terms.factors if line["score"] is not None else []:
            title = _("%(factor)s（%(points)s分）", factor=factor["title"], points=factor["points"])
            by_formula = factor["kind"] == FactorKind.PRICE
            given = [
                _("公式") if by_formula else self.cell(one, bid, lambda kept, code=factor["code"]: _given(kept, code))
                for one in self.members
            ]
            rows.append([title, *given, means.get(factor["code"], "—")])
        if rows:
            rows.append([_("总分"), *("" for _one in self.members), line["score"]])
        heads = [_("评审因素"), *map(self.name, self.members), _("平均或按公式")]
        return Table(_("各成员评分：%(bidder)s", bidder=bid.organization.name), heads, rows, self.widths(True))

    def widths(self, mean: bool) -> list[float]:
        """A column for every member."""
        left = 100 - 24 - (12 if mean else 0)
        return [24.0, *[left / max(len(self.members), 1)] * len(self.members), *([12.0] if mean else [])]

    def ranking(self) -> Table:
        """The ranking; the first ones are the candidates."""
        wanted = {line["bid"] for line in self.report.candidates}
        rows = [
            [line["rank"], self.bidder(line["bid"]), _price(line["price"]), _price(line["evaluated_price"]),
             line["score"] or "—", _("推荐") if line["bid"] in wanted else ""]
            for line in self.report.ranking
        ]  # fmt: skip
        heads = [_("名次"), _("投标人"), _("投标报价（元）"), _("评标价（元）"), _("得分"), _("中标候选人")]
        return Table(_("排序与推荐的中标候选人"), heads, rows, [8, 36, 18, 18, 10, 10], [2, 3, 4])

    def flags(self) -> Table:
        """What the machine remarked, with explanations."""
        rows = [
            [self.bidder(flag["bid"]), _in_language(flag), flag.get("explanation") or "—"]
            for flag in shown_flags(self.report, self.members)
        ]
        return Table(_("系统提示"), [_("投标人"), _("提示"), _("说明")], rows, [24, 46, 30])

    def extensions(self) -> Table:
        """Extensions of the evaluation."""
        rows = [
            [moment(one.extended_at), f"{one.asked}/{one.members}", moment(one.ends_at), one.reason]
            for one in extensions_of(db.session, self.lot)
        ]
        return Table(
            _("评标时间的延长"), [_("决定时间"), _("要求人数"), _("延长至"), _("说明")], rows, [22, 14, 22, 42]
        )

    def signatures(self) -> Table:
        """Who signed, when and how, with dissent in writing."""
        rows = [
            [self.name(one) + (_("（主任委员）") if one.is_chair else ""),
             word(Opinion(one.opinion)) if one.opinion else _("未签署"),
             moment(one.signed_at) if one.signed_at else "—", one.dissent or "—"]
            for one in self.members
        ]  # fmt: skip
        return Table(_("签署与不同意见"), [_("成员"), _("意见"), _("时间"), _("书面说明")], rows, [20, 26, 22, 32])


def _price(amount: Any) -> str:
    return "—" if amount in (None, "") else grouped(Decimal(amount))


def _in_language(told: Mapping[str, Any]) -> str:
    return str(told["en"] if language() == "en" else told["zh"])


def _files(letter: BidInquiry) -> str:
    return "、".join(f"{one['name']} {one['sha256'][:12]}…" for one in letter.files) or "—"


def _opinion(found: Mapping[str, Any]) -> str:
    if not found["passed"]:
        return _("不通过：%(why)s", why=found["reason"])
    parts = [
        _("调整%(amount)s元：%(why)s", amount=grouped(Decimal(one["amount"])), why=one["reason"])
        for one in found["adjustments"]
    ]
    return "；".join([_("通过"), *parts])


def _given(found: Mapping[str, Any], code: str) -> str:
    points, reason = found["scores"].get(code), found["reasons"].get(code)
    return "—" if points is None else f"{points}（{reason}）" if reason else str(points)


def declared_words(bid: Bid) -> str:
    """What a bidder declares of himself."""
    declared = declared_by(bid)
    found = [
        text for text, holds in ((_("小型、微型企业"), declared.small), (_("本国产品"), declared.domestic)) if holds
    ]
    return "、".join(found) or "—"


def cover_of(lot: Lot, report: Evaluation) -> list[dict[str, Any]]:
    """The facts on the first page."""
    terms = terms_of(lot)
    facts = [
        {"label": _("标段编号"), "value": lot.code},
        {"label": _("项目单位"), "value": lot.project.owner.name},
        {"label": _("评标办法"), "value": word(terms.evaluation_method) if terms.evaluation_method else "—"},
        {"label": _("起草时间"), "value": moment(report.drafted_at)},
        {"label": _("提交时间"), "value": moment(report.submitted_at) if report.submitted_at else _("尚未提交")},
        {"label": _("报告摘要"), "value": report.digest},
    ]
    if terms.evaluation_method is EvaluationMethod.COMPREHENSIVE:
        facts.insert(3, {"label": _("价格分计算公式"), "value": word(documents_of(terms, lot).scoring.formula)})
    delta = delta_of(lot, terms)
    if delta is not None:
        facts.insert(4, {"label": _("开标抽取的下浮系数"), "value": f"{delta}%"})
    return facts


def tables_of(lot: Lot, reading: Reading) -> tuple[Evaluation, list[Table]] | None:
    """The report with its tables; None where none is drafted."""
    report = report_of(db.session, lot)
    return None if report is None else (report, ReportTables(lot, report, reading).all())
