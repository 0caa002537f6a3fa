"""Whether a committee is lawfully formed 评标委员会的组成 (R11.C1, R11.C12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from trading.codelists import Code, Mark


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a committee, with what the law expects and what was found."""

    code: str
    zh: str
    en: str
    expected: str
    actual: str
    source: str
    mark: Mark


def required_experts(size: int) -> int:
    """The least number of experts in a committee of ``size``: two thirds, rounded up.

    Raises ValueError for a size below 1. Source: ZTB 37 paragraph 2, D12 9 (checked).
    """
    if size < 1:
        raise ValueError("a committee has members")
    return -(-2 * size // 3)


def check(size: int, experts: int, owner_people: int, minimum: int) -> tuple[Finding, ...]:
    """What is wrong with a committee of ``size`` with so many ``experts`` and people of the owner; empty where lawful.

    ``minimum``: the least size, values.toml's committee_min for works. Source: ZTB 37 paragraph 2, D12 9 (checked).
    """
    law, mark = "ZTB 37, D12 9", Mark.CHECKED
    found: list[Finding] = []
    if size < minimum:
        zh, en = "评标委员会成员人数不足", "The committee has too few members"
        found.append(Finding("too_small", zh, en, f"≥ {minimum}", str(size), law, mark))
    if size % 2 == 0:
        zh, en = "评标委员会成员人数应为单数", "The number of members must be odd"
        found.append(Finding("even", zh, en, "单数 / odd", str(size), law, mark))
    needed = required_experts(size) if size > 0 else 0
    if experts < needed:
        zh, en = "技术、经济等方面的专家少于成员总数的三分之二", "Experts are fewer than two thirds of all members"
        found.append(Finding("too_few_experts", zh, en, f"≥ {needed}", str(experts), law, mark))
    if experts < 0 or owner_people < 0 or experts + owner_people != size:
        zh, en = "专家与招标人代表人数之和与成员总数不符", "Experts and owner's people do not add up to the size"
        found.append(Finding("sum", zh, en, str(size), f"{experts} + {owner_people}", law, mark))
    return tuple(found)


def same_employer(employers: Iterable[str], maximum: int) -> tuple[Finding, ...]:
    """The employers (credit codes of the experts' employers, one each) with more than ``maximum`` experts (R11.C12)."""
    zh, en = "同一单位的专家人数过多", "Too many experts of one employer"
    return tuple(
        Finding("same_employer", zh, en, f"≤ {maximum}", f"{uscc}: {count}", "R11.C12", Mark.COUNTY_RULE)
        for uscc, count in sorted(Counter(employers).items())
        if count > maximum
    )


class Opinion(Code):
    """How a member signs the report (R12.C14)."""

    AGREE = "agree", "同意并签字", "Agrees and signs"
    DISSENT = "dissent", "签字，有不同意见（书面说明）", "Signs with dissent in writing"
    REFUSE = "refuse", "拒绝签字（书面说明理由；不说明理由的视为同意）", "Refuses, with reasons; without them, consents"
