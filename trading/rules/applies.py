"""For whom a question is asked 适用范围: a type of project; an answer or decision that lets the lot go on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from trading.codelists import FilingAnswer, ProjectType
from trading.rules.case import Case
from trading.rules.rule import Finding, Question, known, not_applicable
from trading.steps import Step


def only(*types: ProjectType) -> Callable[[Question], Question]:
    """Ask the question of projects of these types; others are not applicable, an unknown type is unknown."""
    names_zh, names_en = "、".join(one.zh for one in types), ", ".join(one.en for one in types)

    def narrow(question: Question) -> Question:
        @wraps(question)
        def narrowed(case: Case) -> Finding:
            if known(case.project.type, "项目类型", "the project type") in types:
                return question(case)
            return not_applicable(f"仅适用于{names_zh}", f"only for: {names_en}")

        narrowed.types = frozenset(types)  # type: ignore[attr-defined]
        return narrowed

    return narrow


def unless_returned(question: Question) -> Question:
    """Do not ask when the supervisor sends the filing back: what is wrong with it must not keep him from saying so."""

    @wraps(question)
    def narrowed(case: Case) -> Finding:
        if case.step is Step.ANSWER_FILING and case.filing.answer not in (None, FilingAnswer.NO_ISSUE):
            return not_applicable("本次备案未通过，由项目单位整改", "the filing is sent back to the owner")
        return question(case)

    return narrowed


def unless_refused(question: Question) -> Question:
    """Do not ask when the authority refuses the exception: an unlawful application must be refusable."""

    @wraps(question)
    def narrowed(case: Case) -> Finding:
        if case.step is Step.DECIDE_EXCEPTION and case.method.approved is False:
            return not_applicable("例外方式未获核准", "the exception is refused")
        return question(case)

    return narrowed
