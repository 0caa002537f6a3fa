"""Law keys written out for a reader."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from trading.citations import cite, counted, in_english, numeral
from trading.codelists import Category, ProjectType
from trading.methods import METHODS
from trading.methods.grounds import GROUNDS
from trading.methods.proposal import propose
from trading.methods.rejection import RejectionClause
from trading.values import load


@pytest.mark.parametrize(
    ("keys", "zh", "en"),
    [
        (
            "ZTBT 51(5)",
            "《招标投标法实施条例》第五十一条第五项",
            "Implementing Regulation of the Tendering Law art. 51 (5)",
        ),
        (
            "ZTB 66, ZTBT 7, 9",
            "《招标投标法》第六十六条、《招标投标法实施条例》第七条、第九条",
            "Tendering Law art. 66; Implementing Regulation of the Tendering Law art. 7; art. 9",
        ),
        ("CG 29-32", "《政府采购法》第二十九条至第三十二条", "Government Procurement Law art. 29–32"),
        ("财库〔2014〕214号 3(1)", "财库〔2014〕214号第三条第一项", "Caiku 2014 no. 214 art. 3 (1)"),
        ("财库〔2026〕2号", "财库〔2026〕2号", "Caiku 2026 no. 2"),
        ("R12.C7", "本县规定（R12.C7）", "county rule (R12.C7)"),
    ],
)
def test_keys_are_written_out_in_both_languages(keys: str, zh: str, en: str) -> None:
    assert cite(keys, "zh") == zh
    assert cite(keys, "en") == en


@pytest.mark.parametrize("keys", ["XYZ 3", "ZTB drei", "", "9"])
def test_what_cannot_be_read_is_refused(keys: str) -> None:
    with pytest.raises(ValueError, match="unknown|unreadable"):
        cite(keys, "zh")


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (51, "五十一"), (99, "九十九")]
)
def test_numerals_are_those_of_the_statute_book(number: int, words: str) -> None:
    assert numeral(number) == words
    assert counted(words) == number


@pytest.mark.parametrize(
    ("law", "article", "en"),
    [
        ("招标投标法", "", "Tendering Law"),
        ("招标投标法", "第三条", "Tendering Law art. 3"),
        ("招标投标法", "第三十七条第三款", "Tendering Law art. 37 para. 3"),
        ("招标投标法实施条例", "第五十一条第五项", "Implementing Regulation of the Tendering Law art. 51 (5)"),
        ("政府采购法", "第十条、第二十九条至第三十二条", "Government Procurement Law arts 10, 29–32"),
        ("民法典", "第二百零三条", "Civil Code art. 203"),
        ("本县规定", "", "County rule"),
    ],
)
def test_the_source_of_a_rule_is_named_in_english_too(law: str, article: str, en: str) -> None:
    assert in_english(law, article) == en


@pytest.mark.parametrize(("law", "article"), [("无名法", "第三条"), ("招标投标法", "3"), ("招标投标法", "第三条、")])
def test_a_source_that_cannot_be_named_in_english_is_refused(law: str, article: str) -> None:
    with pytest.raises(ValueError, match="unknown|unreadable"):
        in_english(law, article)


@pytest.mark.parametrize("number", [0, 100])
def test_numerals_beyond_the_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="1 to 99"):
        numeral(number)


def test_every_source_named_by_the_methods_can_be_written_out() -> None:
    values = load().on(date(2026, 3, 1))
    sources = [item.source for item in (*METHODS.values(), *GROUNDS.values(), *RejectionClause)]
    for project_type in ProjectType:
        for estimate in (1, 10**8):
            proposal = propose(project_type, Category.GOODS, Decimal(estimate), True, values)
            sources += [item.source for item in proposal.allowed] + [source for source, _ in proposal.sources]
    sources += ["ZTB 37, D12 9", "ZTB 37, D12 11", "D12 12(2), ZTBT 46", "ZTBT 71", "D12 19, D30 53", "R11.C9"]
    for source in sources:
        assert cite(source, "zh")
        assert cite(source, "en").isascii() or "–" in cite(source, "en")
