"""The expert pool 评标专家库: the extract of the provincial list is taken over, line by line or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.admin.separation import OFFICIALS
from trading.codelists import Specialty
from trading.errors import InvalidInput
from trading.identifiers import valid_uscc
from trading.models import Expert, User

COLUMNS = (
    "pool_number", "name", "identity_number", "phone", "employer", "employer_uscc", "specialties", "title",
    "senior_title", "years_in_field",
)  # fmt: skip
NEEDED = tuple(name for name in COLUMNS if name not in ("phone", "senior_title", "years_in_field"))
TRUTH = {"是": True, "true": True, "1": True, "yes": True, "否": False, "false": False, "0": False, "no": False}
LONGEST = {"phone": 64, "pool_number": 64, "identity_number": 64}
MOST_TOLD = 20


@dataclass(frozen=True)
class Imported:
    """How many experts an import added and how many it changed."""

    added: int
    changed: int


def read_csv(data: bytes) -> list[dict[str, str]]:
    """The rows of a pool extract, UTF-8 or GB 18030.

    Raises:
        InvalidInput: not text, or other columns than promised (field ``file``).
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InvalidInput({"file": [_("文件编码应为 UTF-8 或者 GB 18030")]})
    reader = csv.DictReader(io.StringIO(text))
    if set(reader.fieldnames or ()) != set(COLUMNS):
        raise InvalidInput({"file": [_("首行应为各列名称：%(columns)s", columns=", ".join(COLUMNS))]})
    try:
        return [{name: value or "" for name, value in row.items() if name} for row in reader]
    except csv.Error as wrong:
        raise InvalidInput({"file": [_("文件不是有效的 CSV")]}) from wrong


def import_experts(session: Session, rows: Iterable[Mapping[str, Any]], now: datetime) -> Imported:
    """Take over an extract inside the caller's transaction; experts are told apart by their pool number.

    Arguments:
        rows: the columns of :data:`COLUMNS`; text as in the file, or typed values (list, bool, int).

    Raises:
        InvalidInput: every wrong line, by its number; nothing is taken over then (field ``file``).
    """
    read, wrong = [], []
    for number, row in enumerate(rows, 2):
        try:
            read.append(_read(row))
        except ValueError as fault:
            wrong.append(_("第 %(number)s 行：%(fault)s", number=number, fault=str(fault)))
    numbers = [values["pool_number"] for values in read]
    twice = sorted({one for one in numbers if numbers.count(one) > 1}) if len(set(numbers)) < len(numbers) else []
    if twice:
        wrong.append(_("编号重复：%(numbers)s", numbers=_("、").join(twice[:MOST_TOLD])))
    if wrong or not read:
        raise InvalidInput({"file": wrong[:MOST_TOLD] or [_("文件中没有专家")]})
    known = {one.pool_number: one for one in session.scalars(select(Expert))}
    officials = set(session.scalars(select(User.person).where(User.role.in_(OFFICIALS), User.active)))
    for values in read:
        expert = known.get(values["pool_number"])
        if expert is None:
            expert = Expert(pool_number=values["pool_number"])
            session.add(expert)
        for name, value in values.items():
            setattr(expert, name, value)
        expert.imported_at = now
        expert.authority_staff = bool(expert.authority_staff) or values["identity_number"] in officials
    session.flush()
    changed = sum(number in known for number in numbers)
    return Imported(len(read) - changed, changed)


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
    unknown = [one for one in specialties if one not in set(Specialty)]
    if unknown or not specialties:
        raise ValueError(_("专业代码不在目录内：%(codes)s", codes=_("、").join(map(str, unknown))))
    senior = values.get("senior_title")
    if isinstance(senior, str):
        senior = TRUTH.get(senior.lower())
    years = str(values.get("years_in_field", ""))
    if senior is None or not (years.isascii() and years.isdigit() and int(years) < 80):
        raise ValueError(_("senior_title 应为“是”或“否”，years_in_field 应为年数"))
    chosen = {name: values.get(name) or "" for name in COLUMNS}
    codes = [Specialty(one).value for one in dict.fromkeys(specialties)]
    typed = {"specialties": codes, "senior_title": senior, "years_in_field": int(years)}
    return chosen | typed | {"identity_number": values["identity_number"].upper()}
