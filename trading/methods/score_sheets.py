"""What must be looked at in the members' score sheets 评分表: gaps, disagreement on objective factors, outliers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from trading.methods.comprehensive import Factor, FactorKind, Finding, Sheets
from trading.methods.ranking import half_up


def check(factors: Sequence[Factor], bids: Collection[str], sheets: Sheets) -> tuple[Finding, ...]:
    """What is wrong with ``sheets``: points missing, out of range, for an unknown bid or a factor not in the documents.

    ``bids`` are the ids of the effective bids. Source: ZTBT 49 (checked), R12.C1.
    """
    found: list[Finding] = []
    for member in sorted(sheets):
        found.extend(check_sheet(factors, bids, member, sheets[member]))
    return tuple(found)


def check_sheet(
    factors: Sequence[Factor], bids: Collection[str], member: str, sheet: Mapping[str, Mapping[str, Decimal]]
) -> tuple[Finding, ...]:
    """What is wrong with the one sheet of ``member``; the price factor is computed and never scored by hand."""
    found: list[Finding] = []
    scored = {factor.code: factor for factor in factors if factor.kind is not FactorKind.PRICE}
    for bid in sorted(set(sheet) - set(bids)):
        found.append(
            Finding("unknown_bid", "对不在评审范围内的投标评分", "Scores a bid that is not evaluated", member, bid)
        )
    for bid in sorted(bids):
        given = sheet.get(bid, {})
        for code in sorted(set(given) - set(scored)):
            zh, en = "该因素不在招标文件规定的评分范围内", "This factor is not in the documents"
            found.append(Finding("unknown_factor", zh, en, member, bid, code))
        for code, factor in scored.items():
            if code not in given:
                found.append(
                    Finding("missing", f"“{factor.zh}”未评分", f"“{factor.en}” has no points", member, bid, code)
                )
            elif not factor.takes(given[code]):
                zh, en = f"“{factor.zh}”的评分超出规定范围", f"The points for “{factor.en}” are out of range"
                found.append(Finding("out_of_range", zh, en, member, bid, code))
    return tuple(found)


def disagreements(factors: Sequence[Factor], bids: Collection[str], sheets: Sheets) -> tuple[Finding, ...]:
    """Objective factors on which the members gave different points to the same bid (R12.C11; D87 64(3), checked)."""
    found: list[Finding] = []
    for factor in factors:
        if factor.kind is not FactorKind.OBJECTIVE:
            continue
        for bid in sorted(bids):
            points = {sheet[bid][factor.code] for sheet in sheets.values()}
            if len(points) > 1:
                listed = "、".join(str(point) for point in sorted(points))
                zh = f"客观因素“{factor.zh}”评分不一致：{listed}"
                en = f"The members disagree on the objective factor “{factor.en}”: {listed.replace('、', ', ')}"
                found.append(Finding("objective_disagreement", zh, en, bid=bid, factor=factor.code))
    return tuple(found)


def deviations(factors: Sequence[Factor], bids: Collection[str], sheets: Sheets, limit: Decimal) -> tuple[Finding, ...]:
    """Members whose subjective total for a bid is off the mean of the others by over the share ``limit``.

    The member then explains in writing; nothing is dropped. With one member there is nothing to compare.
    Source: R12.C11; D87 64(4) (checked), the share (values.toml: score_deviation) is a county rule.
    """
    codes = [factor.code for factor in factors if factor.kind is FactorKind.SUBJECTIVE]
    percent = f"{(limit * 100).normalize():f}%"
    found: list[Finding] = []
    for bid in sorted(bids):
        totals = {
            member: sum((Fraction(sheet[bid][code]) for code in codes), Fraction(0)) for member, sheet in sheets.items()
        }
        for member in sorted(totals):
            others = [total for other, total in totals.items() if other != member]
            if not others:
                continue
            mean = sum(others, Fraction(0)) / len(others)
            if abs(totals[member] - mean) > Fraction(limit) * mean:
                own, rest = half_up(totals[member]), half_up(mean)
                zh = f"主观评分合计{own}，与其他成员平均{rest}偏离超过{percent}，应当书面说明理由"
                en = f"Subjective total {own} is off the others' mean {rest} by over {percent}: explain in writing"
                found.append(Finding("deviation", zh, en, member, bid))
    return tuple(found)
