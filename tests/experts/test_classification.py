"""The classification of specialties: three levels, every code with its parent, the works' names among them."""

from __future__ import annotations

import pytest

from trading.codelists import Specialty
from trading.experts.classification import (
    ENTRIES,
    LAW,
    LEVELS,
    BadTable,
    Classified,
    holds_law,
    known,
    path,
    read,
    word,
)

TABLE = """
[works]
code = "A"
zh = "工程"
en = "Works"
groups = [{ code = "A01", zh = "施工", en = "Construction" }]
specialties = [{ code = "A0101", zh = "房屋", en = "Buildings" }]
"""


def test_every_code_has_its_parents_and_words_in_both_languages() -> None:
    assert {len(code) for code in ENTRIES} == set(LEVELS)
    assert all(one.zh and one.en for one in ENTRIES.values())
    assert all(code[:length] in ENTRIES for code in ENTRIES for length in LEVELS if length < len(code))


@pytest.mark.parametrize("one", list(Specialty))
def test_a_specialty_of_works_has_the_same_words_in_the_table(one: Specialty) -> None:
    assert (ENTRIES[one.value].zh, ENTRIES[one.value].en) == (one.zh, one.en)
    assert Classified[one.value].zh == one.zh


def test_only_the_third_level_is_held_or_drawn() -> None:
    assert {one.value for one in Classified} == {code for code in ENTRIES if len(code) == LEVELS[-1]}
    assert (known("A0101"), known("A01"), known("Z0101")) == (True, False, False)
    assert path("A0101", "zh") == ("工程", "工程施工", "房屋建筑工程施工")
    assert (word("A01", "en"), word("Z9", "en")) == ("Construction", "Z9")


def test_law_is_a_specialty_of_its_own() -> None:
    assert holds_law(["A0101", LAW.value]) and not holds_law(["A0101", "C0301"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('code = "A01"', 'code = "A1"'), ('code = "A0101"', 'code = "A0201"'), ('code = "A0101"', 'code = "A01"'),
        ('code = "A"\n', 'code = "AA"\n'), ('code = "A01"', 'code = "B01"'),
    ],
)  # fmt: skip
def test_a_table_of_another_shape_is_refused(old: str, new: str) -> None:
    assert list(read(TABLE)) == ["A", "A01", "A0101"]
    with pytest.raises(BadTable):
        read(TABLE.replace(old, new))
