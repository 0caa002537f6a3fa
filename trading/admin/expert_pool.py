"""The expert pool 专家库: the extract of the provincial list is taken over, line by line or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.admin.pool_file import COLUMNS, Line
from trading.admin.separation import OFFICIALS
from trading.codelists import Pool
from trading.errors import InvalidInput
from trading.experts import classification
from trading.identifiers import valid_uscc
from trading.models import Expert, User

NEEDED = tuple(name for name in COLUMNS if name not in ("phone", "senior_title", "years_in_field"))
TRUTH = {"是": True, "true": True, "1": True, "yes": True, "否": False, "false": False, "0": False, "no": False}
LONGEST = {"phone": 64, "pool_number": 64, "identity_number": 64}
MOST_TOLD = 20


@dataclass(frozen=True)
class Imported:
    """How many experts an import added and how many it changed."""

    added: int
    changed: int


def import_experts(session: Session, lines: Sequence[Line], now: datetime) -> Imported:
    """Take over an extract inside the caller's transaction; experts are told apart by their pool number.

    Raises:
        InvalidInput: every wrong line, by its number; nothing is taken over then (field ``file``).
    """
    read, wrong = [], []
    for line in lines:
        try:
            if line.fault is not None:
                raise ValueError(line.fault)
            read.append((line.number, _read(line.values)))
        except ValueError as fault:
            wrong.append((line.number, str(fault)))
    known = {one.pool_number: one for one in session.scalars(select(Expert))}
    wrong += [*_twice(read, "pool_number"), *_twice(read, "identity_number"), *_others(read, known)]
    if wrong or not read:
        told = [_("第 %(number)s 行：%(fault)s", number=number, fault=fault) for number, fault in sorted(wrong)]
        raise InvalidInput({"file": told[:MOST_TOLD] or [_("文件中没有专家")]})
    officials = set(session.scalars(select(User.person).where(User.role.in_(OFFICIALS), User.active)))
    for _number, values in read:
        expert = known.get(values["pool_number"])
        if expert is None:
            expert = Expert(pool_number=values["pool_number"])
            session.add(expert)
        for name, value in values.items():
            setattr(expert, name, value)
        expert.imported_at = now
        expert.authority_staff = bool(expert.authority_staff) or values["identity_number"] in officials
    session.flush()
    changed = sum(values["pool_number"] in known for _number, values in read)
    return Imported(len(read) - changed, changed)


def _twice(read: Iterable[tuple[int, dict[str, Any]]], column: str) -> list[tuple[int, str]]:
    """The lines that repeat an earlier line's number; a number of identity is not told."""
    words = {"pool_number": _("编号重复"), "identity_number": _("证件号码重复")}
    first: dict[str, int] = {}
    found = []
    for number, values in read:
        before = first.setdefault(values[column], number)
        if before != number:
            fault = _("%(what)s，见第 %(before)s 行", what=words[column], before=before)
            found.append((number, fault))
    return found


def _others(read: Iterable[tuple[int, dict[str, Any]]], known: Mapping[str, Expert]) -> list[tuple[int, str]]:
    """The lines whose person is in the pool under another number, or whose number is one of the county's own list."""
    persons = {one.identity_number: one.pool_number for one in known.values()}
    found = []
    for number, values in read:
        held = known.get(values["pool_number"])
        if held is not None and held.pool is Pool.COUNTY:
            found.append((number, _("编号属于县级专家名录")))
        elif persons.get(values["identity_number"], values["pool_number"]) != values["pool_number"]:
            found.append((number, _("证件号码已在另一编号下")))
    return found


def _read(row: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: value.strip() if isinstance(value, str) else value for name, value in row.items()}
    for name in NEEDED:
        if not values.get(name):
            raise ValueError(_("缺少 %(column)s", column=name))
    for name, value in values.items():
        if isinstance(value, str) and len(value) > LONGEST.get(name, 200):
            raise ValueError(_("%(column)s 过长", column=name))
    if not valid_uscc(values["employer_uscc"]):
        raise ValueError(_("employer_uscc 不是有效的统一社会信用代码"))
    given = values["specialties"]
    specialties = (
        [one.strip() for one in given.replace("；", ";").split(";")] if isinstance(given, str) else list(given)
    )
    unknown = [one for one in specialties if not classification.known(one)]
    if unknown or not specialties:
        raise ValueError(_("专业代码不在目录内：%(codes)s", codes=_("、").join(map(str, unknown))))
    senior = values.get("senior_title")
    if isinstance(senior, str):
        senior = TRUTH.get(senior.lower())
    years = str(values.get("years_in_field", ""))
    if senior is None or not (years.isascii() and years.isdigit() and int(years) < 80):
        raise ValueError(_("senior_title 应为“是”或“否”，years_in_field 应为年数"))
    chosen = {name: values.get(name) or "" for name in COLUMNS}
    typed = {"specialties": list(dict.fromkeys(specialties)), "senior_title": senior, "years_in_field": int(years)}
    return chosen | typed | {"identity_number": values["identity_number"].upper()}
