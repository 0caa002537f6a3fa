"""Facts as a foreign record tells them 他处记录所载事实: what it does not tell is asked for by name, never supposed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from trading.audit.shape import Group, columns
from trading.codelists import Answer
from trading.rules.case import Case
from trading.rules.rule import Condition, Finding, unknown

DEEPEST = 6
OPEN = unknown("")
Supposed = dict[str, Any]


class Untold(Exception):
    """A question reads ``path``, of which the record says nothing."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Told:
    """One group of facts: those that are told are plain attributes, any other is untold."""

    def __init__(self, group: Group, facts: Mapping[str, Any], supposed: Supposed) -> None:
        self.__dict__.update(facts)
        self.__dict__["_group"] = group
        self.__dict__["_supposed"] = supposed

    def __getattr__(self, name: str) -> Any:
        group: Group = self.__dict__["_group"]
        path = group.paths.get(name)
        if path is None:
            raise AttributeError(name)
        supposed = self.__dict__["_supposed"]
        if path in supposed:
            return supposed[path]
        raise Untold(path)


class NoLawDay:
    """The numbers of a lot that tells no day of its own: each is asked for and none is given."""

    def __getitem__(self, name: str) -> Any:
        raise Untold("lot.registered_at")

    fact = in_force = __getitem__

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]


class ToldCase:
    """A case of told groups; a list that the file has no heading for is untold as a whole."""

    def __init__(self, frame: Mapping[str, Any], groups: Mapping[str, Any], supposed: Supposed) -> None:
        self.__dict__.update(frame)
        self.__dict__.update(groups)
        self._supposed = supposed

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise Untold(name)

    def answer(self, condition: Condition) -> Finding:
        """The condition's answer, resting on what is told alone.

        A question that reads something untold is unknown, unless it fails whatever that may be.
        """
        case = cast(Case, self)
        try:
            return condition.ask(case)
        except Untold as untold:
            return self._fails_whatever(condition, case, untold.path, 0) or unknown(untold.path)
        finally:
            self._supposed.clear()

    def _fails_whatever(self, condition: Condition, case: Case, path: str, depth: int) -> Finding | None:
        """The failure that every value of ``path`` leads to; None where there is none, or too many values to try.

        None stands for what is not known or is not there: that it leaves the question open speaks for neither.
        """
        failure = None
        for value in alternatives(path) if depth < DEEPEST else ():
            self._supposed[path] = value
            try:
                finding = condition.ask(case)
            except Untold as untold:
                finding = self._fails_whatever(condition, case, untold.path, depth + 1) or OPEN
            if finding.answer is Answer.FAILED:
                failure = finding
            elif value is not None or finding.answer is not Answer.UNKNOWN or finding is OPEN:
                failure = None
                break
        self._supposed.pop(path, None)
        return failure


@cache
def alternatives(path: str) -> tuple[Any, ...]:
    """All that an untold fact can be, where that is little: yes or no, or some text; none where it can be anything."""
    column = columns().get(path)
    if column is None or column.kind.many:
        return ()
    if column.kind.plain is bool:
        return (None, False, True) if column.kind.optional else (False, True)
    if column.kind.plain is str:
        return (None, "—") if column.kind.optional else ("", "—")
    return ()
