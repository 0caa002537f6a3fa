"""Forms of question that many conditions share 通用问法: is it so, is nothing missing, was it done in time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from trading.beijing import end_moment
from trading.codelists import Answer, Mark
from trading.rules.case import Case
from trading.rules.rule import Due, Finding, Missing, Source, failed, holds, known, passed
from trading.working_days import days_between

COUNTY = Source("本县规定", "", Mark.COUNTY_RULE)


def is_so(fact: bool | None, zh: str, en: str, wrong_zh: str, wrong_en: str) -> Finding:
    """Whether what ``zh`` and ``en`` say is so; ``wrong_zh`` and ``wrong_en`` say what is there instead.

    Raises:
        Missing: when the fact is not known.
    """
    so = known(fact, zh, en)
    return holds(so, zh, zh if so else wrong_zh, en, en if so else wrong_en)


def nothing_in(found: Collection[str] | None, zh: str, en: str) -> Finding:
    """Whether the list of faults is empty; ``zh`` and ``en`` say what then holds.

    Raises:
        Missing: when the list is not known.
    """
    faults = known(found, zh, en)
    return holds(not faults, zh, "、".join(faults) or zh, en, ", ".join(faults) or en)


def all_so(*facts: tuple[bool | None, str, str]) -> Finding:
    """Whether each of several facts is so; each comes with what it says in Chinese and in English.

    One that is not so fails, whatever else is not known.

    Raises:
        Missing: none is wrong and one is not known.
    """
    expected_zh, expected_en = "、".join(zh for _, zh, _ in facts), ", ".join(en for _, _, en in facts)
    wrong = [(zh, en) for so, zh, en in facts if so is False]
    if wrong:
        return failed(
            expected_zh, f"不具备：{'、'.join(zh for zh, _ in wrong)}",
            expected_en, f"wanting: {', '.join(en for _, en in wrong)}",
        )  # fmt: skip
    for so, zh, en in facts:
        known(so, zh, en)
    return passed(expected_zh, expected_zh, expected_en, expected_en)


def signed(case: Case, id: str, zh: str, en: str) -> Finding:
    """The answer that a person signed to the checklist item ``id``; ask it after everything that a machine can tell.

    Arguments:
        zh, en: what the person confirms.

    Raises:
        Missing: nobody signed it.
    """
    item = known(case.checked.get(id), f"签署的核查事项“{zh}”", f"the signed checklist item “{en}”")
    told = f"{item.signed_by}于{item.signed_on}签署，依据：{item.evidence}"
    told_en = f"signed by {item.signed_by} on {item.signed_on}, evidence: {item.evidence}"
    return holds(item.holds, zh, told, en, told_en)


@dataclass(frozen=True)
class Term:
    """A period within which someone must act (T1, T2): ``days`` from ``start``, whose own day is not counted."""

    start: date
    days: int
    act_zh: str
    act_en: str
    working: bool = False

    @property
    def text(self) -> str:
        """The period in Chinese."""
        return f"自{self.start}起{self.days}个工作日内" if self.working else f"自{self.start}起{self.days}日内"

    @property
    def text_en(self) -> str:
        """The period in English."""
        return f"within {self.days} {'working ' if self.working else ''}days of {self.start}"

    def last_day(self, case: Case) -> date:
        """The last day on which the act is in time; a holiday moves it on to the next working day (T2).

        Raises:
            UnknownYear: when the calendar does not know the year.
        """
        if self.working:
            return case.calendar.end_of_working_days(self.start, self.days)
        return case.calendar.end_of_period(self.start, self.days)

    def kept(self, case: Case, done: date | None) -> Finding:
        """Whether the act was done in time; not done, it fails only once the last day is over.

        Raises:
            Missing: when it is not done and there is still time.
            UnknownYear: when the answer hangs on a day of a year that the calendar does not know.
        """
        if done is None:
            if case.today > self.last_day(case):
                return failed(
                    self.text,
                    f"至{case.today}尚未{self.act_zh}",
                    self.text_en,
                    f"not done by {case.today}: {self.act_en}",
                )
            raise Missing(f"尚未{self.act_zh}（期限未满）", f"not yet done, still in time: {self.act_en}")
        plainly = not self.working and days_between(self.start, done) <= self.days
        return holds(
            plainly or done <= self.last_day(case),
            self.text,
            f"{done}{self.act_zh}",
            self.text_en,
            f"{self.act_en}: {done}",
        )

    def due(self, case: Case, who_zh: str, who_en: str) -> Due:
        """For the deadline watch: the first instant that is too late, and whose turn it is."""
        return Due(end_moment(self.last_day(case)), who_zh, who_en, self.act_zh, self.act_en)


def nothing_to_judge(zh: str, en: str) -> Finding:
    """Passed because the thing that could be wrong did not happen; the words say so."""
    return passed(zh, zh, en, en)


def all_kept(case: Case, *terms: tuple[Term, date | None]) -> Finding:
    """Whether each of several acts, given with the day on which it was done, was done in time.

    One that was late fails, whatever else is still open.

    Raises:
        Missing: none was late and one is not done, still in time.
        UnknownYear: as ``Term.kept``.
    """
    found: list[Finding] = []
    missing: list[Missing] = []
    for term, done in terms:
        try:
            found.append(term.kept(case, done))
        except Missing as still_open:
            missing.append(still_open)
    late = [one for one in found if one.answer is Answer.FAILED]
    if missing and not late:
        raise missing[0]
    told = late or found
    return Finding(
        Answer.FAILED if late else Answer.PASSED,
        "；".join(one.expected for one in told), "；".join(one.actual for one in told),
        "; ".join(one.expected_en for one in told), "; ".join(one.actual_en for one in told),
    )  # fmt: skip
