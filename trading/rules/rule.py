"""What a rule 制度, a condition 条件 and a verdict 结论 are; rules know no database, web or clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from trading.citations import in_english
from trading.codelists import Answer, Mark, Phase, ProjectType, Role, Severity
from trading.steps import Step
from trading.values import NotInForce
from trading.working_days import UnknownYear

if TYPE_CHECKING:
    from trading.rules.case import Case


@dataclass(frozen=True)
class Source:
    """Where a condition or number comes from, and how far the text was checked."""

    law: str
    article: str = ""
    mark: Mark = Mark.CHECKED

    @property
    def text(self) -> str:
        """As shown to a reader: only a checked article is quoted."""
        return f"《{self.law}》{self.article}" if self.mark is Mark.CHECKED else self.law

    @property
    def text_en(self) -> str:
        """The same in English, shown beside the Chinese title by which the law is found."""
        return in_english(self.law, self.article if self.mark is Mark.CHECKED else "")


@dataclass(frozen=True)
class Finding:
    """The answer of one condition to one case; text in Chinese and English where it has words.

    ``severity`` is how grave this answer is, where a condition has levels (rulebook R17.C9: A / R); None: as declared.
    """

    answer: Answer
    expected: str = ""
    actual: str = ""
    expected_en: str = ""
    actual_en: str = ""
    severity: Severity | None = None


def passed(expected: str = "", actual: str = "", expected_en: str = "", actual_en: str = "") -> Finding:
    """The condition holds."""
    return Finding(Answer.PASSED, expected, actual, expected_en, actual_en)


def failed(expected: str, actual: str, expected_en: str = "", actual_en: str = "") -> Finding:
    """The condition does not hold."""
    return Finding(Answer.FAILED, expected, actual, expected_en, actual_en)


def holds(ok: bool, expected: str, actual: str, expected_en: str = "", actual_en: str = "") -> Finding:
    """Passed or failed, by ``ok``."""
    return Finding(Answer.PASSED if ok else Answer.FAILED, expected, actual, expected_en, actual_en)


def unknown(missing: str, missing_en: str = "") -> Finding:
    """It cannot be said: ``missing`` names what is not known. Never counts as passed."""
    return Finding(Answer.UNKNOWN, "", f"缺少：{missing}", "", f"missing: {missing_en or missing}")


def not_applicable(why: str, why_en: str = "") -> Finding:
    """The condition does not speak about this case."""
    return Finding(Answer.NOT_APPLICABLE, "", why, "", why_en or why)


T = TypeVar("T")


class Missing(Exception):
    """A fact that a question needs is not known; ``zh`` and ``en`` name it."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def known(fact: T | None, zh: str, en: str) -> T:
    """``fact``, which the question cannot do without; ``zh`` and ``en`` name it to the reader.

    Raises:
        Missing: when it is None; ``Condition.ask`` makes it unknown.
    """
    if fact is None:
        raise Missing(zh, en)
    return fact


@dataclass(frozen=True)
class Due:
    """What someone must have done by ``at`` (an aware moment: the first instant that is too late)."""

    at: datetime
    who_zh: str
    who_en: str
    what_zh: str
    what_en: str


@dataclass(frozen=True)
class Checklist:
    """Why a condition is answered by a person's signature: what no record could hold, and whose signature it is."""

    reason_zh: str
    reason_en: str
    by: Role


Question = Callable[["Case"], Finding]
Deadline = Callable[["Case"], Due | None]


@dataclass(frozen=True)
class Condition:
    """One machine-checkable condition: id, severity, the steps it guards, its sources, its question."""

    id: str
    severity: Severity
    zh: str
    en: str
    steps: frozenset[Step]
    sources: tuple[Source, ...]
    question: Question
    due: Deadline | None = None
    checklist: Checklist | None = None

    def ask(self, case: Case) -> Finding:
        """The question's answer; a fact, a year's notice or a number that is not known makes it unknown."""
        try:
            return self.question(case)
        except Missing as missing:
            return unknown(missing.zh, missing.en)
        except UnknownYear as unknown_year:
            return unknown(f"{unknown_year.year}年节假日安排", f"the holiday notice of {unknown_year.year}")
        except NotInForce as no_line:
            return unknown(f"{no_line.day}的{no_line.name}", f"{no_line.name} on {no_line.day}")

    def deadline(self, case: Case) -> Due | None:
        """What is due next under this condition: None where nothing is, or where the day is not known."""
        try:
            return self.due(case) if self.due else None
        except (Missing, UnknownYear, NotInForce):
            return None

    @property
    def types(self) -> frozenset[ProjectType]:
        """The types of project that it speaks about: all, unless its question is narrowed (``applies.only``)."""
        return getattr(self.question, "types", frozenset(ProjectType))

    @property
    def mark(self) -> Mark:
        """The weakest mark among its sources: checked only if every source is."""
        marks = {source.mark for source in self.sources}
        for mark in (Mark.TO_BE_VERIFIED, Mark.COUNTY_RULE):
            if mark in marks:
                return mark
        return Mark.CHECKED

    @property
    def rule(self) -> str:
        """The rule it belongs to, e.g. ``R07``."""
        return self.id.split(".")[0]


@dataclass(frozen=True)
class Verdict:
    """What one condition said of one case; ``assumed`` names facts that a replay supplied."""

    condition: Condition
    finding: Finding
    assumed: tuple[str, ...] = ()

    @property
    def answer(self) -> Answer:
        """The answer."""
        return self.finding.answer

    @property
    def severity(self) -> Severity:
        """How grave this answer is: the condition's severity, unless the answer has its own level."""
        return self.finding.severity or self.condition.severity

    @property
    def stands_in_the_way(self) -> bool:
        """A blocking condition that failed, or that cannot be answered."""
        return self.severity is Severity.BLOCK and self.answer in (Answer.FAILED, Answer.UNKNOWN)


@dataclass
class Rule:
    """One of the nineteen rules: a file holds one of these and fills it with ``@rule.condition``."""

    id: str
    zh: str
    en: str
    phase: Phase
    requires_zh: str
    requires_en: str
    conditions: list[Condition] = field(default_factory=list)

    def condition(  # noqa: PLR0913
        self,
        id: str,
        severity: str,
        zh: str,
        en: str,
        steps: Iterable[Step],
        sources: Iterable[Source],
        due: Deadline | None = None,
        checklist: Checklist | None = None,
    ) -> Callable[[Question], Question]:
        """Declare the condition that the decorated question answers.

        Arguments:
            id: the rulebook's id, e.g. ``R07.C3``.
            severity: B, R, A or I.
            steps: the steps it guards (a B) or observes (others).
            due: for the deadline watch: (case) -> rule ``Due`` or None.
            checklist: where only a person can judge; the question then ends in ``asking.signed``.
        """

        def declare(question: Question) -> Question:
            self.conditions.append(
                Condition(id, Severity(severity), zh, en, frozenset(steps), tuple(sources), question, due, checklist)
            )
            return question

        return declare
