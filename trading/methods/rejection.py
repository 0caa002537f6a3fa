"""When a bid must be rejected 否决投标 (R12.C3), and when its price must be explained 异常低价 (R12.C7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from trading.codelists import Code, Mark, ProjectType
from trading.methods.ranking import half_up
from trading.values import Values


class RejectionClause(Code):
    """The closed list of ZTBT 51; there is no other ground."""

    NOT_SIGNED = (
        "not_signed",
        "投标文件未经投标单位盖章和单位负责人签字",
        "Neither sealed by the bidder nor signed by its head",
    )
    NO_CONSORTIUM_AGREEMENT = (
        "no_consortium_agreement",
        "投标联合体没有提交共同投标协议",
        "No consortium agreement handed in",
    )
    NOT_QUALIFIED = (
        "not_qualified",
        "投标人不符合国家或者招标文件规定的资格条件",
        "The bidder lacks a qualification asked by the State or the documents",
    )
    SEVERAL_BIDS = (
        "several_bids",
        "同一投标人提交两个以上不同的投标文件或者投标报价，但招标文件要求提交备选投标的除外",
        "Two or more different bids or prices of one bidder, unless alternatives were asked for",
    )
    PRICE = (
        "price",
        "投标报价低于成本或者高于招标文件设定的最高投标限价",
        "The price is below cost or above the ceiling set in the documents",
    )
    NOT_RESPONSIVE = (
        "not_responsive",
        "投标文件没有对招标文件的实质性要求和条件作出响应",
        "The bid does not respond to the substantial demands of the documents",
    )
    UNLAWFUL_ACTS = (
        "unlawful_acts",
        "投标人有串通投标、弄虚作假、行贿等违法行为",
        "Collusion, fraud, bribery or other unlawful acts of the bidder",
    )

    @property
    def number(self) -> int:
        """The item number inside ZTBT 51, 1 to 7."""
        return list(RejectionClause).index(self) + 1

    @property
    def source(self) -> str:
        """Rulebook key, article and item."""
        return f"ZTBT 51({self.number})"

    @property
    def mark(self) -> Mark:
        """How far the article was checked."""
        return Mark.CHECKED


class InvalidBid(Code):
    """The closed list on which a bid in procurement is invalid (D87 63)."""

    NO_BOND = "no_bond", "未按照招标文件的规定提交投标保证金", "No bond as the documents ask"
    NOT_SIGNED = "not_signed", "投标文件未按招标文件要求签署、盖章", "Not signed and sealed as the documents ask"
    NOT_QUALIFIED = "not_qualified", "不具备招标文件中规定的资格要求", "Lacks a qualification that the documents ask"
    PRICE = "price", "报价超过招标文件中规定的预算金额或者最高限价", "The price is above the budget or the ceiling"
    CONDITIONS = "conditions", "投标文件含有采购人不能接受的附加条件", "Conditions that the buyer cannot accept"
    STATED = "stated", "法律、法规和招标文件规定的其他无效情形", "Another case stated by law or the documents"

    @property
    def number(self) -> int:
        """The item number inside D87 63, 1 to 6."""
        return list(InvalidBid).index(self) + 1

    @property
    def source(self) -> str:
        """Rulebook key, article and item."""
        return f"D87 63({self.number})"


Clause = RejectionClause | InvalidBid


def clauses_of(project_type: ProjectType) -> type[RejectionClause] | type[InvalidBid]:
    """The closed list for a type: D87 63 for procurement, ZTBT 51 for works and whatever else is tendered."""
    return InvalidBid if project_type.is_procurement else RejectionClause


def clause_for(project_type: ProjectType, *, works: RejectionClause, procurement: InvalidBid) -> Clause:
    """The clause on which the platform itself rejects, of the list for the type."""
    return procurement if project_type.is_procurement else works


def clause_word(value: str, language: str, project_type: ProjectType | None = None) -> str:
    """The words of a kept clause, of the list of its type; an unknown one as it is kept."""
    lists = (RejectionClause, InvalidBid) if project_type is None else (clauses_of(project_type),)
    words = {member.value: member.word(language) for one in reversed(lists) for member in one}
    return words.get(value, value)


def above_ceiling(total: Decimal, ceiling: Decimal | None) -> bool:
    """True where the bid must be rejected for its price: ``total`` over ``ceiling`` (yuan); equal is lawful.

    Without a ceiling nothing is above it. Source: ZTBT 51(5) (checked), R06.C4.
    """
    return ceiling is not None and total > ceiling


class AbnormalBasis(Code):
    """With what a price is compared."""

    MEAN = "of_mean", "通过符合性审查的投标报价平均值", "mean of the conforming offers"
    SECOND_LOWEST = "of_second_lowest", "次低投标报价", "second-lowest offer"
    CEILING = "of_ceiling", "最高投标限价", "ceiling"


@dataclass(frozen=True, slots=True)
class AbnormalFlag:
    """A price so low that the committee must ask for a written explanation; never itself a rejection.

    ``limit`` (expected: not below) and ``actual`` in yuan, ``limit`` rounded for print only.
    """

    basis: AbnormalBasis
    ratio: Decimal
    limit: Decimal
    actual: Decimal
    zh: str
    en: str
    source: str
    mark: Mark


def raised(values: Mapping[str, Any] | Values, share: Decimal | None) -> Mapping[str, Any] | Values:
    """The ratios of :func:`abnormally_low` as the documents raise them; a lower share changes nothing (R12.C7).

    ``share``: of one. Lets the book's NotInForce through.
    """
    if share is None:
        return values
    names = [f"abnormal_low_{basis.value}" for basis in AbnormalBasis]
    return {name: max(Decimal(values[name]), share) for name in names}


def abnormally_low(
    total: Decimal,
    offers: Sequence[Decimal],
    ceiling: Decimal | None,
    values: Mapping[str, Any] | Values,
    *,
    works: bool = True,
) -> tuple[AbnormalFlag, ...]:
    """Which of the three ratios ``total`` falls strictly below.

    ``offers``: totals of all offers that passed conformity, this one included, yuan; ``ceiling``: yuan, else the
    budget, None where neither is known; ``values`` gives abnormal_low_of_mean, _of_second_lowest, _of_ceiling.
    Lets the book's NotInForce through, where the law day lies before 2026-02-01.
    Source: R12.C7; works have no statutory percentage, so the flag is a county rule there.
    """
    bases: list[tuple[AbnormalBasis, Fraction]] = []
    if offers:
        bases.append((AbnormalBasis.MEAN, sum((Fraction(offer) for offer in offers), Fraction(0)) / len(offers)))
    if len(offers) > 1:
        bases.append((AbnormalBasis.SECOND_LOWEST, Fraction(sorted(offers)[1])))
    if ceiling is not None:
        bases.append((AbnormalBasis.CEILING, Fraction(ceiling)))
    flags = []
    for basis, amount in bases:
        ratio = Decimal(values[f"abnormal_low_{basis.value}"])
        limit = Fraction(ratio) * amount
        if Fraction(total) < limit:
            flags.append(_flag(basis, ratio, half_up(limit), total, works))
    return tuple(flags)


def _flag(basis: AbnormalBasis, ratio: Decimal, limit: Decimal, total: Decimal, works: bool) -> AbnormalFlag:
    percent = f"{(ratio * 100).normalize():f}%"
    return AbnormalFlag(
        basis=basis,
        ratio=ratio,
        limit=limit,
        actual=total,
        zh=f"报价{total}元低于{basis.zh}的{percent}（{limit}元），评标委员会应当要求书面说明",
        en=f"The price {total} is below {percent} of the {basis.en} ({limit}): the committee asks for an explanation",
        source="R12.C7" if works else "财库〔2026〕2号",
        mark=Mark.COUNTY_RULE if works else Mark.TO_BE_VERIFIED,
    )
