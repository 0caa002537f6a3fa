"""The book of numbers: dated, sourced, tightened by a county and never loosened."""

import copy
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from trading import values
from trading.app import create_app
from trading.beijing import at
from trading.codelists import Answer, Mark, ProjectType
from trading.errors import TradingError
from trading.rules import CONDITIONS
from trading.rules.case import Case, MethodFacts, NoticeFacts, ProjectFacts
from trading.working_days import Calendar

TODAY = date(2026, 3, 2)
BOOK = values.load()
RULEBOOK = Path(__file__).parents[2] / "shared" / "reference" / "rulebook.md"
DATED = """
law_version = "2025-04-19"
[calendar_years]
2026 = "notice"
[least]
label_zh = "最少"
label_en = "Least"
unit = "days"
kind = "law"
bound = "min"
source = "法"
source_en = "Law"
mark = "checked"
lines = [{ from = 2012-02-01, value = 20 }, { from = 2020-01-01, value = 30 }]
[most]
label_zh = "最多"
label_en = "Most"
unit = "share"
kind = "law"
bound = "max"
source = "法"
source_en = "Law"
mark = "to be verified"
lines = [{ from = 2012-02-01, value = 0.02 }]
[fixed]
label_zh = "固定"
label_en = "Fixed"
unit = "yuan"
kind = "law"
bound = "exact"
source = "法"
source_en = "Law"
mark = "checked"
lines = [{ from = 2012-02-01, value = 4_000_000 }]
[own]
label_zh = "自定"
label_en = "Own"
unit = "choice"
kind = "county"
bound = "exact"
source = "本县规定"
source_en = "County rule"
mark = "county rule"
choices = ["A", "B"]
lines = [{ from = 2012-02-01, value = "A" }]
"""


@pytest.fixture
def written(tmp_path):
    def write(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def with_county(written, lines):
    return values.load(written("law.toml", DATED), written("county.toml", lines))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("works_issue_to_deadline", 20),
        ("publicity_len", 3),
        ("bond_rate_max", Decimal("0.02")),
        ("bond_cap_construction", Decimal(800_000)),
        ("mandatory_tender_construction", Decimal(4_000_000)),
        ("opening_objection_minutes", 10),
        ("rate_base", "CONTROL"),
    ],
)
def test_numbers_are_read_by_name(name, value):
    numbers = BOOK.on(TODAY)
    assert numbers[name] == getattr(numbers, name) == numbers.fact(name).value == value
    assert type(numbers[name]) is type(value)


def test_a_number_tells_its_words_and_source():
    number = BOOK.on(TODAY).fact("works_issue_to_deadline")
    assert (number.source, number.unit, number.mark) == ("招标投标法第二十四条", "days", Mark.CHECKED)
    assert number.source_en == "Tendering Law art. 24"
    assert number.since == date(2000, 1, 1)


def test_every_number_has_words_source_and_a_plain_mark():
    for fact in BOOK.all():
        assert fact.label_zh and fact.label_en and fact.source and fact.source_en, fact.name
        assert re.search(r"[\u4e00-\u9fff]", fact.label_zh), fact.name
        assert not re.search(r"[\u4e00-\u9fff]", fact.label_en + fact.source_en), fact.name
        assert BOOK.on(date(2026, 12, 31)).in_force(fact.name), fact.name


def test_the_announced_years_are_those_the_calendar_can_supply():
    assert set(BOOK.calendar_years) == set(range(2007, 2027))
    assert Calendar.official(BOOK.calendar_years).is_working_day(date(2026, 10, 10))


def test_every_parameter_of_the_rulebook_is_in_the_book_with_the_same_number():
    if not RULEBOOK.exists():
        pytest.skip(f"{RULEBOOK} is absent: the book is not compared with the rulebook")
    section = RULEBOOK.read_text(encoding="utf-8").split("```yaml")[1].split("```")[0]
    numbers, group = BOOK.on(TODAY), ""
    for line in section.splitlines():
        head = re.match(r"(\w+):\s*(#.*)?$", line)
        group = head.group(1) if head else group
        item = re.match(r"  (\w+): (\S+)", line)
        if not item:
            continue
        name, given = item.groups()
        name = f"{OTHER_NAMES.get(group, '')}{name}".removesuffix("_fen")
        name = RENAMED.get(name, name)
        expected = given if group == "county" and not given.isdigit() else Decimal(given)
        if item.group(1).endswith("_fen"):
            expected /= 100
        assert numbers[name] == expected, name


OTHER_NAMES = {
    "mandatory_tender": "mandatory_tender_",
    "gp": "gp_",
    "abnormal_low": "abnormal_low_",
    "change": "change_",
    "bond": "bond_",
}
RENAMED = {
    "mandatory_tender_service": "mandatory_tender_services",
    "bond_performance_max": "performance_max",
    "bond_retention_max": "retention_max",
    "bond_land_min_rate": "land_deposit_min_rate",
    "bond_soe_max_rate": "soe_deposit_max_rate",
    "change_gp_supplement_max": "gp_supplement_max",
}


def test_an_unknown_name_is_refused_by_either_way():
    with pytest.raises(values.UnknownValue):
        BOOK.on(TODAY)["publicity"]
    with pytest.raises(values.UnknownValue):
        BOOK.on(TODAY).fact("publicity")
    with pytest.raises(AttributeError):
        _ = BOOK.on(TODAY).publicity
    assert copy.copy(BOOK.on(TODAY)).publicity_len == 3


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2012, 2, 1), 20), (date(2019, 12, 31), 20), (date(2020, 1, 1), 30), (date(2030, 1, 1), 30)],
)
def test_a_line_holds_from_its_day_until_the_next(written, day, value):
    assert values.load(written("law.toml", DATED)).on(day).least == value


def test_before_the_first_line_nothing_is_guessed(written):
    early = values.load(written("law.toml", DATED)).on(date(2012, 1, 31))
    assert not early.in_force("least")
    with pytest.raises(values.NotInForce) as caught:
        _ = early.least
    assert (caught.value.name, caught.value.day) == ("least", date(2012, 1, 31))
    with pytest.raises(values.NotInForce):
        _ = BOOK.on(date(2018, 5, 31)).mandatory_tender_construction
    assert BOOK.on(date(2018, 6, 1)).mandatory_tender_construction == 4_000_000


COUNTY = "[{name}]\nlines = [{{ from = {day}, value = {value} }}]\n"


@pytest.mark.parametrize(
    ("name", "day", "value", "lawful"),
    [
        ("least", "2021-01-01", 31, True),
        ("least", "2021-01-01", 30, True),
        ("least", "2021-01-01", 29, False),
        ("least", "2015-01-01", 25, False),  # stricter at first, looser when the law rose in 2020
        ("most", "2021-01-01", "0.019", True),
        ("most", "2021-01-01", "0.02", True),
        ("most", "2021-01-01", "0.021", False),
        ("fixed", "2021-01-01", 4_000_000, True),
        ("fixed", "2021-01-01", 4_000_001, False),
        ("fixed", "2021-01-01", 3_999_999, False),
        ("own", "2021-01-01", '"B"', True),
    ],
)
def test_a_county_may_tighten_and_never_loosen(written, name, day, value, lawful):
    text = COUNTY.format(name=name, day=day, value=value)
    if lawful:
        assert str(with_county(written, text).on(TODAY)[name]).removesuffix(".00") == str(value).strip('"')
    else:
        with pytest.raises(values.LooserThanLaw, match=name):
            with_county(written, text)


def test_a_tightened_number_is_a_county_rule_from_its_day(written):
    book = with_county(written, COUNTY.format(name="least", day="2021-01-01", value=40))
    before, after = book.on(date(2020, 12, 31)).fact("least"), book.on(date(2021, 1, 1)).fact("least")
    assert (before.value, before.mark, before.source) == (30, Mark.CHECKED, "法")
    assert (after.value, after.mark, after.source) == (40, Mark.COUNTY_RULE, "本县规定（严于法）")
    assert [line.value for line in next(book.all()).county_lines] == [40]


@pytest.mark.parametrize(
    "text",
    [
        "[nothing]\nlines = [{ from = 2021-01-01, value = 1 }]",
        "[least]\nbound = 'max'\nlines = [{ from = 2021-01-01, value = 40 }]",
        "[least]\nlines = []",
        "[least]\nlines = [{ from = 2021-01-01 }]",
        "[least]\nlines = [{ from = '2021-01-01', value = 40 }]",
        "[least]\nlines = [{ from = 2021-01-01T00:00:00, value = 40 }]",
        "[least]\nlines = [{ from = 2021-01-01, value = 40 }, { from = 2021-01-01, value = 41 }]",
        "[least]\nlines = [{ from = 2021-01-01, value = 40.5 }]",
        "[least]\nlines = [{ from = 2021-01-01, value = true }]",
        "[least]\nlines = [{ from = 2021-01-01, value = '40' }]",
        "[least]\nlines = [{ from = 2021-01-01, value = -1 }]",
        "[most]\nlines = [{ from = 2021-01-01, value = nan }]",
        "[most]\nlines = [{ from = 2021-01-01, value = -0.01 }]",
        "[fixed]\nlines = [{ from = 2021-01-01, value = 99999999999999 }]",
        "[fixed]\nlines = [{ from = 2021-01-01, value = 0.001 }]",
        "[own]\nlines = [{ from = 2021-01-01, value = 'C' }]",
        "law_version = '2027'",
        "[least",
    ],
)
def test_a_county_file_of_another_shape_is_refused(written, text):
    with pytest.raises(values.BadValues):
        with_county(written, text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('unit = "days"', 'unit = "fortnights"'),
        ('bound = "min"', 'bound = "about"'),
        ('mark = "checked"', 'mark = "sure"'),
        ('mark = "checked"', 'mark = "county rule"'),
        ('label_en = "Least"', ""),
        ('label_en = "Least"', 'label_en = "Least"\nsurprise = 1'),
        ('law_version = "2025-04-19"', ""),
        ('2026 = "notice"', 'next = "notice"'),
    ],
)
def test_a_book_of_another_shape_is_refused(written, old, new):
    with pytest.raises(values.BadValues):
        values.load(written("law.toml", DATED.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('label_en = "Least"', 'label_en = "Least"\nsurprise = 1', 8, "surprise"),
        ('source = "法"\n', "", 5, "source"),
        ('source = "法"', 'source = " "', 11, "source"),
        ("from = 2020-01-01, value = 30", "from = 2012-02-01, value = 30", 14, "overlaps"),
        ("from = 2020-01-01, value = 30", "from = 2020-01-01, value = 3.5", 14, "no value in days"),
        ('unit = "share"', 'unit = "parts"', 18, "unit"),
        ("lines = [{ from = 2012-02-01, value = 0.02 }]", "lines = 3", 24, "lines are missing"),
    ],
)
def test_a_book_of_another_shape_is_refused_with_file_line_and_reason(written, old, new, line, reason):
    with pytest.raises(values.BadValues) as caught:
        values.load(written("law.toml", DATED.replace(old, new, 1)))
    assert re.search(rf"law\.toml line {line}: .*{reason}", caught.value.en)
    assert f"law.toml 第{line}行" in caught.value.zh


def test_a_loosened_floor_is_refused_with_the_line_of_the_county_file(written):
    lines = "  { from = 2021-01-01, value = 0.01 },\n  { from = 2022-01-01, value = 0.03 },\n"
    text = f"# this county\n\n[most]\nlines = [\n{lines}]\n"
    with pytest.raises(values.LooserThanLaw) as caught:
        with_county(written, text)
    assert re.search(r"county\.toml line 6: most: from 2022-01-01 .*0\.03 is looser", caught.value.en)


def test_a_line_that_no_parser_reads_is_told_with_its_place(written):
    with pytest.raises(values.BadValues, match=r"county\.toml.*line 2"):
        with_county(written, "[least]\nlines = [{ from = 2021-13-01, value = 40 }]")


def test_start_up_stops_at_a_county_file_that_loosens_the_law_and_names_its_line(tmp_path):
    county = tmp_path / "county.toml"
    county.write_text("\n[publicity_len]\nlines = [{ from = 2026-01-01, value = 2 }]\n", encoding="utf-8")
    with pytest.raises(TradingError, match=r"county\.toml 第3行.*publicity_len"):
        create_app({"TRADING_MODE": "test", "TRADING_DATA_DIR": str(tmp_path), "TRADING_COUNTY_VALUES": str(county)})


@pytest.mark.parametrize(
    ("registered", "days", "answer"),
    [
        (date(2026, 6, 30), 20, Answer.PASSED),
        (date(2026, 6, 30), 19, Answer.FAILED),
        (date(2026, 7, 1), 24, Answer.FAILED),
        (date(2026, 7, 1), 25, Answer.PASSED),
    ],
)
def test_a_changed_number_is_one_dated_line_and_each_lot_keeps_that_of_its_own_day(written, registered, days, answer):
    line = "lines = [{ from = 2000-01-01, value = 20 }"
    head, _, tail = values.LAW_FILE.read_text(encoding="utf-8").partition("[works_issue_to_deadline]")
    changed = tail.replace(line, f"{line}, {{ from = 2026-07-01, value = 25 }}", 1)
    assert changed != tail
    book = values.load(written("law.toml", f"{head}[works_issue_to_deadline]{changed}"))
    issued = at(date(2026, 7, 6), 9)
    notice = NoticeFacts(issued_at=issued, bid_deadline=issued + timedelta(days=days))
    case = Case(
        issued, date(2026, 7, 6), registered, book.on(registered), Calendar.official({2026}),
        project=ProjectFacts(type=ProjectType.WORKS), method=MethodFacts(mandatory=True), notice=notice,
    )  # fmt: skip
    assert CONDITIONS["R07.C3"].ask(case).answer is answer


def test_a_missing_file_is_told():
    with pytest.raises(values.BadValues, match="nowhere"):
        values.load(Path("/nowhere.toml"))
