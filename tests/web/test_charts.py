"""Charts are well-formed, tell their numbers in words, refuse what they cannot show and let no markup through."""

import xml.etree.ElementTree as ElementTree
from decimal import Decimal

import pytest
from markupsafe import Markup

from trading.web import charts

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("1")</script>&'


def parsed(chart: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(str(chart))


def three(labels, values, title="节约资金", unit="万元"):
    yield charts.bars(labels, values, title, unit)
    yield charts.lines(labels, {"甲": values, "乙": values}, title, unit)
    yield charts.donut(labels, values, title, unit)


@pytest.mark.parametrize("labels", [[], ["一月"], ["一月", "二月", "三月"], [f"{month}月" for month in range(1, 13)]])
def test_every_chart_is_one_well_formed_picture_named_by_its_first_child(labels):
    for chart in three(labels, [Decimal(number) for number in range(len(labels))]):
        svg = parsed(chart)
        assert svg.tag == f"{SVG}svg"
        assert svg.get("role") == "img"
        assert svg[0].tag == f"{SVG}title"
        assert svg[0].text.startswith("节约资金")


def test_the_name_of_a_chart_tells_every_label_with_its_number():
    for chart in three(["施工", "服务"], [Decimal("1234.50"), Decimal(7)]):
        spoken = parsed(chart)[0].text
        assert "施工 1,234.50" in spoken
        assert "服务 7" in spoken
        assert "万元" in spoken


@pytest.mark.parametrize("place", ["label", "title", "unit", "series"])
def test_markup_in_any_text_is_shown_as_text(place):
    label = HOSTILE if place == "label" else "施工"
    title = HOSTILE if place == "title" else "节约资金"
    unit = HOSTILE if place == "unit" else "万元"
    drawn = [*three([label], [Decimal(1)], title, unit)]
    name = HOSTILE if place == "series" else "甲"
    drawn.append(charts.lines([label], {name: [Decimal(1)], "乙": [None]}, title, unit))
    for chart in drawn:
        assert isinstance(chart, Markup)
        assert "<script" not in chart
        assert not list(parsed(chart).iter(f"{SVG}script"))
    assert "&lt;script" in drawn[-1]


def test_nothing_is_styled_or_scripted_inline_as_the_content_policy_demands():
    for chart in three(["施工", "服务"], [Decimal(3), Decimal(4)]):
        for element in parsed(chart).iter():
            assert not {name for name in element.attrib if name == "style" or name.startswith("on")}
            assert element.tag != f"{SVG}style"


def test_bars_are_as_long_as_their_values():
    lengths = [
        float(bar.get("width")) for bar in parsed(charts.bars(["甲", "乙"], [10, 5], "标段", "个")).iter(f"{SVG}rect")
    ]
    assert lengths[0] == pytest.approx(2 * lengths[1], abs=0.1)


def test_a_missing_value_breaks_the_line_and_is_no_zero():
    path = next(parsed(charts.lines(["1", "2", "3", "4"], {"甲": [1, 2, None, 4]}, "月度", "个")).iter(f"{SVG}path"))
    assert path.get("d").count("M") == 2
    assert len(list(parsed(charts.lines(["1", "2"], {"甲": [1, None]}, "月度", "个")).iter(f"{SVG}circle"))) == 1


def test_lines_differ_by_dash_and_not_by_colour_alone():
    series = {name: [1, 2] for name in "甲乙丙"}
    drawn = [path for path in parsed(charts.lines(["1", "2"], series, "月度", "个")).iter(f"{SVG}path")][:3]
    assert len({path.get("stroke-dasharray") for path in drawn}) == 3


def test_shares_of_a_donut_are_written_in_per_cent_of_the_whole():
    assert "施工  3 (75.0%)" in charts.donut(["施工", "服务"], [3, 1], "标段", "个")


def test_a_share_that_is_the_whole_is_drawn_as_a_whole_ring():
    ring = next(parsed(charts.donut(["施工", "服务"], [5, 0], "标段", "个")).iter(f"{SVG}circle"))
    assert ring.get("stroke-width") == "30"


@pytest.mark.parametrize("values", [[0, 0], [0, 5]])
def test_a_donut_without_a_share_or_with_one_alone_has_no_cut(values):
    assert 'stroke="#fff"' not in charts.donut(["施工", "服务"], values, "标段", "个")


@pytest.mark.parametrize(
    ("top", "step", "count"),
    [(0, 1, 4), (4, 1, 4), (5, 1, 5), (5.1, 2, 3), (100, 20, 5), (101, 25, 5), (6000, 2000, 3)],
)
def test_the_scale_is_round_and_reaches_the_top(top, step, count):
    found_step, found_count = charts._scale(top)
    assert (found_step, found_count) == (pytest.approx(step), count)
    assert found_step * found_count >= top


@pytest.mark.parametrize("values", [[1], [1, 2, 3], [1, -1], [Decimal("-0.01"), 1]])
def test_values_that_do_not_fit_the_labels_or_are_negative_are_refused(values):
    for draw in (charts.bars, charts.donut):
        with pytest.raises(ValueError):
            draw(["甲", "乙"], values, "标段", "个")
    with pytest.raises(ValueError):
        charts.lines(["甲", "乙"], {"一": values}, "标段", "个")


def test_a_long_label_is_shortened_on_the_picture_and_whole_in_words():
    name = "城南小学改扩建工程施工第一标段及附属设施"
    chart = charts.bars([name], [1], "标段", "个")
    shown = [text.text for text in parsed(chart).iter(f"{SVG}text")]
    assert any(text.endswith("…") for text in shown)
    assert name in parsed(chart)[0].text
