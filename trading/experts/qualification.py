"""Whether a person may be admitted to the list of experts 入库条件审查 (R11.C8): each condition with what was found."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from trading.codelists import Mark, TitleLevel
from trading.experts.eligibility import YEARS_IN_FIELD


@dataclass(frozen=True, slots=True)
class Applicant:
    """What is known of an applicant; ``known_person``: in the pool or applying under the same identity number.

    ``apart``: the person holds a function that no expert may hold (supervisor, authority); ``papers``: how many
    qualification papers came with the application.
    """

    born_on: date
    employed: bool
    level: TitleLevel
    years_in_field: int
    specialties: Collection[str]
    knows_law: bool
    electronic: bool
    healthy: bool
    punished: bool
    papers: int
    known_person: bool = False
    apart: bool = False


class Check(NamedTuple):
    """One condition of admission: its code, words, whether it is met, what was found, source in words, and mark."""

    code: str
    zh: str
    en: str
    met: bool
    found: str
    source: tuple[str, str]
    mark: Mark


ZTB = (
    "招标投标法第三十七条、评标委员会和评标方法暂行规定第十一条",
    "Tendering Law art. 37; Evaluation Committees Rules (D12) art. 11",
)
BARRED = ("评标委员会和评标方法暂行规定第十二条", "Evaluation Committees Rules (D12) art. 12")
OFFICIALS = (
    "招标投标法实施条例第四十六条、评标委员会和评标方法暂行规定第十二条",
    "Tendering Regulation art. 46; Evaluation Committees Rules (D12) art. 12",
)
ORDER = ("评标专家和评标专家库管理办法（2024年第26号令）", "Experts and Pools of Experts (order 26 of 2024)")
COUNTY = ("本县规定", "County rule")


def age_on(born: date, day: date) -> int:
    """Completed years on ``day``; whoever was born on 29 February completes his year on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def examine(one: Applicant, on: date, age_most: int) -> tuple[Check, ...]:
    """Every condition of admission on the day ``on``, met or not.

    Arguments:
        age_most: the county's greatest age (values.toml ``expert_age_most``).

    Source: ZTB 37 paragraph 3 and D12 11 (checked): eight years, senior title or equal, law; order 26 of 2024 for
    employment, e-evaluation, health and age (to be verified); the others are county rules.
    """
    return tuple(_checks(one, on, age_most))


def _checks(one: Applicant, on: date, age_most: int) -> Iterator[Check]:
    ztb, order, county = ZTB, ORDER, COUNTY
    law, open_, own = Mark.CHECKED, Mark.TO_BE_VERIFIED, Mark.COUNTY_RULE
    years, age = one.years_in_field, age_on(one.born_on, on)
    zh, en = f"从事相关领域工作满{YEARS_IN_FIELD}年", f"At least {YEARS_IN_FIELD} years in the field"
    yield Check("years", zh, en, years >= YEARS_IN_FIELD, str(years), ztb, law)
    zh, en = "具有高级职称或者同等专业水平", "Senior title or equal level"
    yield Check("title", zh, en, one.level in (TitleLevel.SENIOR, TitleLevel.EQUAL), one.level.value, ztb, law)
    yield Check("knows_law", "熟悉有关招标投标的法律法规", "Knows the law of tendering", one.knows_law, "", ztb, law)
    punished = "未因招标投标违法行为受过处罚"
    yield Check("punished", punished, "Not punished for acts in tendering", not one.punished, "", BARRED, law)
    yield Check("employed", "有工作单位", "Employed", one.employed, "", order, open_)
    zh, en = "能够使用电子评标系统", "Able to evaluate electronically"
    yield Check("electronic", zh, en, one.electronic, "", order, open_)
    yield Check("health", "身体状况能够胜任评标工作", "Fit by health", one.healthy, "", order, open_)
    zh, en = f"不超过{age_most}周岁", f"Not older than {age_most}"
    yield Check("age", zh, en, 18 <= age <= age_most, str(age), county, own)
    papers = one.papers
    yield Check("papers", "已提交资格证明材料", "Qualification papers handed in", papers > 0, str(papers), county, own)
    fields = "、".join(one.specialties)
    yield Check("specialties", "已申报评审专业", "Specialties declared", bool(one.specialties), fields, county, own)
    zh, en = "本人未在库，也没有其他在办申请", "Not in the pool, and no other application under way"
    yield Check("known_person", zh, en, not one.known_person, "", county, own)
    zh, en = "不在监管机构、行业主管部门任职", "No office in a supervising body or authority"
    yield Check("apart", zh, en, not one.apart, "", OFFICIALS, law)
