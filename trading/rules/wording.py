"""How a finding writes amounts, days and lists 结论用语, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from trading.beijing import beijing
from trading.codelists import Answer, Code
from trading.money import grouped
from trading.rules.rule import Finding, holds


def yuan_zh(amount: Decimal) -> str:
    """``amount`` yuan: "100,000.00元"."""
    return f"{grouped(amount)}元"


def yuan_en(amount: Decimal) -> str:
    """``amount`` yuan: "100,000.00 yuan"."""
    return f"{grouped(amount)} yuan"


def percent(share: Decimal) -> str:
    """``share`` of one as per cent without superfluous noughts: Decimal("0.02") is "2%"."""
    return f"{(share * 100).normalize():f}%"


def minute(moment: datetime) -> str:
    """Beijing wall time to the second."""
    return beijing(moment).strftime("%Y-%m-%d %H:%M:%S")


def words(codes: Sequence[Code], language: str) -> str:
    """The words of several codes, as a list."""
    return ("、" if language == "zh" else ", ").join(code.word(language) for code in codes)


def at_least_days(actual: int, least: int) -> Finding:
    """Whether ``actual`` calendar days are at least ``least``; equality is lawful (T5, T6)."""
    return holds(actual >= least, f"不少于{least}日", f"{actual}日", f"at least {least} days", f"{actual} days")


def at_most_yuan(actual: Decimal, most: Decimal) -> Finding:
    """Whether ``actual`` yuan are at most ``most``; equality is lawful (T4)."""
    return holds(actual <= most, f"不超过{yuan_zh(most)}", yuan_zh(actual), f"at most {yuan_en(most)}", yuan_en(actual))


def stated(present: bool, zh: str, en: str) -> Finding:
    """Whether something that must be stated is; ``zh`` and ``en`` name it."""
    return holds(
        present, f"载明{zh}", f"已载明{zh}" if present else f"未载明{zh}",
        f"{en} stated", f"{en} stated" if present else f"{en} not stated",
    )  # fmt: skip


def at_least_working_days(actual: int, least: int) -> Finding:
    """Whether ``actual`` working days are at least ``least``; equality is lawful (T5)."""
    return holds(
        actual >= least,
        f"不少于{least}个工作日", f"{actual}个工作日",
        f"at least {least} working days", f"{actual} working days",
    )  # fmt: skip


def about(zh: str, en: str, finding: Finding) -> Finding:
    """The same finding, saying what it is about: the part of a condition that has several."""
    return Finding(
        finding.answer,
        f"{zh}{finding.expected}", f"{zh}{finding.actual}",
        f"{en}: {finding.expected_en}", f"{en}: {finding.actual_en}",
    )  # fmt: skip


def together(*parts: Finding) -> Finding:
    """The parts of a condition as one finding: passed where every part is; else only what failed is told."""
    wrong = [part for part in parts if part.answer is Answer.FAILED]
    told = wrong or parts
    return Finding(
        Answer.FAILED if wrong else Answer.PASSED,
        "；".join(part.expected for part in told), "；".join(part.actual for part in told),
        "; ".join(part.expected_en for part in told), "; ".join(part.actual_en for part in told),
    )  # fmt: skip
