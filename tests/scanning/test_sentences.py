"""What the catalogue finds in a sentence, of which kind, and what it leaves alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from trading.citations import in_english
from trading.codelists import Mark, ProjectType
from trading.scanning.catalogue import BadCatalogue, catalogue
from trading.scanning.sentences import LONGEST, MOST_HITS, Hit, Passage, hits, meet, sentences

BOOK = catalogue()
WORKS, GP, LAND = ProjectType.WORKS, ProjectType.GP, ProjectType.LAND


def find(*passages: Passage, joined: bool = True, type: ProjectType = WORKS) -> list[Hit]:
    """The hits in passages."""
    return hits(meet(sentences(passages, joined=joined), BOOK), BOOK, type)


def kinds(text: str, type: ProjectType = WORKS) -> list[str]:
    """The kinds that are found in a text of one page."""
    return [hit.kind.id for hit in find(Passage(1, text), type=type)]


@pytest.mark.parametrize(
    ("type", "kind", "text"),
    [
        (WORKS, "ztbt32-1", "答疑内容仅向部分投标人提供。"),
        (WORKS, "ztbt32-2", "投标人成立时间须满5年。"),
        (WORKS, "ztbt32-2", "投标人注册资本不得低于5000万元。"),
        (WORKS, "ztbt32-3", "具有巴东县内水利工程业绩的，每个加2分。"),
        (WORKS, "ztbt32-3", "获得本省优质工程奖项的得3分。"),
        (WORKS, "ztbt32-3", "投标人应具有本市同类工程业绩。"),
        (WORKS, "ztbt32-3", "有水利系统业绩的，每项加1分。"),
        (WORKS, "ztbt32-4", "外地企业还须提供本县备案证明。"),
        (WORKS, "ztbt32-4", "同等报价下，本地企业优先。"),
        (WORKS, "ztbt32-5", "水泵必须采用某某品牌。"),
        (WORKS, "ztbt32-5", "水泥品牌：黄河牌。"),
        (WORKS, "ztbt32-6", "投标人应为国有企业。"),
        (WORKS, "ztbt32-6", "不接受民营企业投标。"),
        (WORKS, "ztbt32-7", "法定代表人必须亲自到场递交投标文件。"),
        (WORKS, "ztbt32-7", "投标人须到现场报名。"),
        (WORKS, "y1117-address", "投标人注册地应在巴东县。"),
        (WORKS, "y1117-address", "须为本县注册的企业。"),
        (WORKS, "y1117-share", "产品市场占有率不低于20%。"),
        (WORKS, "y1117-certificate", "投标人须具有ISO9001质量管理体系认证。"),
        (WORKS, "y1117-certificate", "具有AAA级信用证书的得2分。"),
        (WORKS, "y1117-branch", "投标人须在本市设有分公司。"),
        (WORKS, "y1117-branch", "投标人应设立本地办事处。"),
        (WORKS, "y1117-tax", "提供在本县缴纳社会保险的证明。"),
        (GP, "cgt20-1", "样品要求只向特定供应商提供。"),
        (GP, "cgt20-2", "供应商须通过ISO14001环境管理体系认证。"),
        (GP, "cgt20-3", "设备参数须与某某公司产品完全一致。"),
        (GP, "cgt20-4", "具有湖北省同类项目业绩的，每个得1分。"),
        (GP, "cgt20-5", "外省供应商扣分2分。"),
        (GP, "cgt20-6", "必须使用某某商标的产品。"),
        (GP, "cgt20-7", "供应商必须为上市公司。"),
        (GP, "cgt20-7", "供应商注册地须在恩施州。"),
        (GP, "cgt20-8", "市场份额须达到10%。"),
        (GP, "registered_capital", "注册资本1000万元以上的得5分。"),
        (GP, "total_assets", "资产总额不低于2000万元。"),
        (GP, "revenue", "近三年年均营业收入不少于3000万元。"),
        (GP, "staff", "从业人员不少于50人。"),
        (GP, "profit", "近三年净利润须为正。"),
        (GP, "tax", "上年度纳税额达到100万元。"),
        (GP, "manufacturer_authorisation", "须提供制造商授权书。"),
        (LAND, "gpjz9", "竞买人限本县企业。"),
        (LAND, "gpjz9", "竞买人注册地应在巴东县。"),
    ],
)
def test_a_sentence_of_each_kind_is_found(type: ProjectType, kind: str, text: str) -> None:
    assert kind in kinds(text, type)


@pytest.mark.parametrize(
    "text",
    [
        "投标人须具有水利水电工程施工总承包三级及以上资质。",
        "不得限定或者指定特定的品牌、原产地或者供应商。",
        "不得以本行政区域内的业绩、奖项作为加分条件。",
        "不得要求投标人在本地设立分公司。",
        "不得将注册资本、资产总额、营业收入作为资格条件，注册资本不作为评分因素。",
        "投标人须在中华人民共和国境内注册，具有独立法人资格。",
        "水泵可以参考甲牌、乙牌，或者相当于其档次。",
        "投标保证金不得低于合同估算价的百分之一。",
        "禁止要求法定代表人必须亲自到场。",
        "工程地点在巴东县野三关镇，投标人自行踏勘。",
        "投标人应按月向监理人报送进度，质量达到合格标准。",
        "",
    ],
)
def test_lawful_sentences_are_left_alone(text: str) -> None:
    assert kinds(text) == []


def test_a_clause_that_forbids_does_not_hide_its_neighbour():
    assert kinds("不得转包，投标人注册地应在巴东县。") == ["y1117-address"]


def test_land_knows_only_what_concerns_land():
    assert kinds("投标人注册资本不得低于5000万元。", LAND) == []


def test_blanks_full_width_and_line_breaks_hide_nothing():
    assert kinds("投 标 人 注册\n资本 不得低于 ５０００ 万元。") == ["ztbt32-2"]


def test_a_sentence_that_runs_over_two_pages_is_found_on_the_first():
    pages = [Passage(3, "前一句。投标人注册"), Passage(4, "地应在巴东县。后一句。")]
    (hit,) = find(*pages)
    assert (hit.place, hit.sentence) == (3, "投标人注册地应在巴东县。")
    assert find(*pages, joined=False) == []


def test_a_text_without_an_end_is_cut_and_still_found():
    text = "甲" * (LONGEST * 3) + "投标人注册地应在巴东县" + "乙" * LONGEST
    found = list(sentences([Passage(1, text)], joined=False))
    assert max(len(one.text) for one in found) == LONGEST
    assert kinds(text)


def test_hits_are_told_once_and_not_without_end():
    assert kinds("投标人注册地应在巴东县。" * 3) == ["y1117-address"]
    many = [Passage(n, f"第{n}条投标人注册地应在巴东县。") for n in range(MOST_HITS + 5)]
    assert len(find(*many)) == MOST_HITS


@pytest.mark.parametrize("word", ["本省业绩", "注册资本", "1", "必须采用", "品牌为甲", "须具有本市"])
def test_a_hostile_text_costs_no_more_than_in_proportion(word: str) -> None:
    assert len(find(Passage(1, word * (40_000 // len(word))))) <= MOST_HITS


def test_the_catalogue_holds_the_seven_the_eight_and_the_later_kinds_with_their_articles():
    names = set(BOOK.kinds)
    assert {f"ztbt32-{n}" for n in range(1, 8)} | {f"cgt20-{n}" for n in range(1, 9)} <= names
    assert len([name for name in names if name.startswith("y1117-")]) == 5
    assert BOOK.version and BOOK.day >= date(2026, 1, 1)
    for kind in BOOK.kinds.values():
        assert kind.zh and kind.en and kind.types and in_english(kind.law, kind.article)
        assert kind.mark in Mark


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('mark = "checked"', 'mark = "sworn"'), "sworn"),
        (('types = ["works"]', 'types = ["ships"]'), "ships"),
        (('kinds = ["ztbt32-1", "cgt20-1"]', 'kinds = ["nothing"]'), "nothing"),
        (('kinds = ["gpjz9"]', 'kinds = ["gpjz9"]\nmaybe = "x"'), "maybe"),
        (('find = "', 'find = "('), "unterminated"),
        (('kinds = ["staff"]', 'kinds = ["profit"]'), "staff"),
        (("[words]", "[words"), "catalogue.toml|bad.toml"),
    ],
)
def test_a_catalogue_of_another_shape_is_refused(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    text = (Path(__file__).parents[2] / "trading/scanning/catalogue.toml").read_text(encoding="utf-8")
    assert change[0] in text
    bad = tmp_path / "bad.toml"
    bad.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(BadCatalogue, match=said):
        catalogue(bad)
