"""Records of an earlier system under audit: every column, one row a lot or a row a bid, what is not told is unknown."""

from __future__ import annotations

import csv
from datetime import date
from hashlib import sha256

import pytest

from tests.audit.files import BOOK, audited, breaches, frame, written
from trading import values
from trading.audit import BadFile
from trading.audit.deriving import count_bids, derive
from trading.audit.lots import Layout
from trading.audit.memory import Memory
from trading.audit.shape import columns

LOT = {
    "lot.code": "A-1", "lot.registered_at": "2026-02-10 09:00", "lot.category": "construction",
    "lot.estimate": "5000000", "project.type": "works", "project.state_controlled": "yes", "terms.bond": "100000",
    "notice.published_at": "2026-03-02", "notice.issued_at": "2026-03-02", "notice.documents_until": "2026-03-09",
    "notice.bid_deadline": "2026-03-22 09:30",
}  # fmt: skip


def report_of(folder, *rows, **options):
    names = list(dict.fromkeys(name for row in rows for name in row))
    return audited(written(folder, rows, names), **{"law_on": None, **options})


@pytest.mark.parametrize(
    ("change", "ids"),
    [
        ({}, []),
        ({"notice.bid_deadline": "2026-03-21 09:30"}, ["R07.C3"]),
        ({"terms.bond": "100000.01"}, ["R09.C1"]),
        ({"notice.documents_until": "2026-03-06"}, ["R07.C2"]),
        ({"publicity.report_received_at": "2026-04-03", "publicity.started_at": "2026-04-06"}, []),
        ({"publicity.report_received_at": "2026-03-06", "publicity.started_at": "2026-03-10"}, ["R14.C1"]),
        ({"award.notified_at": "2026-04-01 10:00", "contract.signed_on": "2026-05-07",
          "evaluation.validity_until": "2026-06-01"}, ["R17.C1"]),
        ({"project.funds_in_place": "no"}, ["R02.C2"]),
        ({"project.contractor_prefinancing": "yes"}, ["R02.C2"]),
        ({"terms.minimum_price": "4000000"}, ["R03.C5"]),
        ({"terms.minimum_price": "none"}, []),
        ({"terms.ceiling": "4800000", "lot.budget": "4700000"}, ["R06.C1"]),
        ({"award.reported_at": "2026-05-20", "award.confirmed_at": "2026-04-20"}, ["R15.C10"]),
        ({"award.reported_at": "none", "award.confirmed_at": "2026-04-20"}, ["R15.C10"]),
    ],
)  # fmt: skip
def test_a_breach_of_one_lot_is_found_by_its_id_and_no_other(tmp_path, change, ids):
    assert breaches(report_of(tmp_path, {**LOT, **change})).get("A-1", []) == ids


def test_a_fact_that_is_not_told_is_unknown_and_one_told_as_none_is_judged(tmp_path):
    untold = report_of(tmp_path, {**LOT, "award.confirmed_at": "2026-04-20"})["lots"][0]
    assert untold["unknown"]["R15.C10"] == "award.reported_at"
    assert "R03.C5" in untold["unknown"]


def test_a_failure_that_holds_whatever_else_is_untold_is_a_breach(tmp_path):
    told = report_of(tmp_path, {**LOT, "project.funds_in_place": "no"})
    assert breaches(told) == {"A-1": ["R02.C2"]}
    untold = report_of(tmp_path, {**LOT, "project.funds_in_place": "yes"})["lots"][0]
    assert "R02.C2" in untold["unknown"]


def test_a_lot_without_registration_and_notice_has_no_law_day_and_no_number_is_supposed(tmp_path):
    bare = {name: cell for name, cell in LOT.items() if name not in ("lot.registered_at", "notice.published_at")}
    lot = report_of(tmp_path, {**bare, "notice.bid_deadline": "2026-03-03 09:00"})["lots"][0]
    assert lot["law_day"] is None
    assert lot["breaches"] == []
    declared = report_of(tmp_path, {**bare, "notice.bid_deadline": "2026-03-03 09:00"}, law_on=date(2026, 3, 1))
    assert breaches(declared) == {"A-1": ["R07.C3"]}


@pytest.mark.parametrize(("days", "ids"), [("2026-06-30", []), ("2026-07-01", ["R07.C3"])])
def test_each_lot_is_judged_by_the_numbers_of_its_own_day(tmp_path, days, ids):
    text = values.LAW_FILE.read_text(encoding="utf-8")
    head, name, tail = text.partition("[works_issue_to_deadline]")
    line = "lines = [{ from = 2000-01-01, value = 20 }"
    changed = tmp_path / "law.toml"
    changed.write_text(head + name + tail.replace(line, f"{line}, {{ from = 2026-07-01, value = 25 }}", 1), "utf-8")
    report = report_of(tmp_path, {**LOT, "lot.registered_at": days}, book=values.load(changed))
    assert breaches(report).get("A-1", []) == ids


def test_rows_of_one_lot_may_stand_anywhere_and_each_adds_to_its_lists(tmp_path):
    bids = [
        {"lot.code": "A-1", "bids.bidder": name, "bids.total": total, "bids.rejected_clause": "none", "bids.rank": rank}
        for name, total, rank in (("甲", "4700000", "1"), ("乙", "4800000", "2"), ("丙", "5100000", "3"))
    ]
    other = {**LOT, "lot.code": "B-2"}
    award = {"terms.ceiling": "5000000", "award.winner": "乙", "award.price": "4800000"}
    found = breaches(report_of(tmp_path, bids[0], other, bids[1], {**LOT, **award}, bids[2]))
    assert found == {"A-1": ["R06.C4", "R12.C3", "R15.C2"]}


def test_the_same_answers_with_and_without_memory(tmp_path):
    names = [name for name, column in columns().items() if column.kind.plain is bool and not column.kind.many]
    kinds = ("works", "gp", "land", "soe", "rural")
    rows = []
    for number in range(30):
        row = {**LOT, "lot.code": f"L{number}", "project.type": kinds[number % len(kinds)]}
        for name in names:
            cell = ("yes", "no", "none", "", "")[sha256(f"{number} {name}".encode()).digest()[0] % 5]
            row[name] = "" if cell == "none" and not columns()[name].kind.optional else cell
        rows.append(row)
    file = written(tmp_path, rows, list(dict.fromkeys(name for row in rows for name in row)))
    layout = Layout(tuple(dict.fromkeys(name for row in rows for name in row)), "lot.code")
    judged = frame()
    memory = Memory(BOOK)
    with file.open(encoding="utf-8") as text:
        for number, cells in enumerate(csv.DictReader(text)):
            record = layout.record(f"L{number}", [(number, {key: cell for key, cell in cells.items() if cell})])
            count_bids(record)
            derive(record, judged)
            case, day = judged.case(record), judged.law_day(record)
            for condition, told in memory.answers(case, record, day):
                assert told == case.answer(condition), (condition.id, number)


@pytest.mark.parametrize(
    ("rows", "line", "column"),
    [
        ([{"lot.code": "1", "terms.bond": "ten"}], 2, "terms.bond"),
        ([{"lot.code": "1", "terms.bond": "1"}, {"lot.code": "1", "terms.bond": "2"}], 3, "terms.bond"),
        ([{"lot.code": "1", "notice.published_at": "2026-02-30"}], 2, "notice.published_at"),
        ([{"lot.code": "1", "notice.bid_deadline": "2026-03-02"}], 2, "notice.bid_deadline"),
        ([{"lot.code": "1", "project.type": "work"}], 2, "project.type"),
        ([{"lot.code": "1", "project.funds_in_place": "maybe"}], 2, "project.funds_in_place"),
        ([{"lot.code": "1", "draw.size": "5.0"}], 2, "draw.size"),
        ([{"lot.code": "", "draw.size": "5"}], 2, "lot.code"),
        ([{"lot.code": "1", "draw.seize": "5"}], 1, "draw.seize"),
    ],
)
def test_a_bad_file_is_refused_with_line_and_column_and_leaves_no_report(tmp_path, rows, line, column):
    with pytest.raises(BadFile) as caught:
        report_of(tmp_path, *rows)
    assert f"Line {line}" in caught.value.en
    assert column in caught.value.en
    assert f"第{line}行" in caught.value.zh
    assert not (tmp_path / "records.json").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no headings"),
        (b"lot.code,lot.code\n1,2\n", "one twice"),
        (b"terms.bond\n1\n", "lacks the column lot.code"),
        (b"lot.code,terms.bond\n1,2,3\n", "Line 2 has 3 cells"),
        (b"lot.code,terms.bond\n\xff,2\n", "no CSV in UTF-8"),
        (b'lot.code,terms.bond\n"1"x,2\n', "Line 2 is no CSV"),
    ],
)
def test_what_is_no_such_file_is_refused_in_a_sentence(tmp_path, content, told):
    file = tmp_path / "records.csv"
    file.write_bytes(content)
    with pytest.raises(BadFile) as caught:
        audited(file)
    assert told in caught.value.en


def test_many_different_sets_of_unknowns_are_written_in_their_lots(tmp_path, monkeypatch):
    monkeypatch.setattr("trading.audit.report.MOST_SETS", 1)
    rows = [LOT, {**LOT, "lot.code": "B-2", "terms.bond": ""}, {**LOT, "lot.code": "C-3"}]
    lots = report_of(tmp_path, *rows)["lots"]
    assert lots[0]["unknown"] == lots[2]["unknown"] != lots[1]["unknown"]
    assert lots[1]["unknown"]["R09.C1"] == "terms.bond"


def test_a_file_longer_than_what_is_kept_at_once_loses_no_line(tmp_path, monkeypatch):
    monkeypatch.setattr("trading.audit.shelf.BATCH", 2)
    report = report_of(tmp_path, *({**LOT, "lot.code": f"L{number}"} for number in range(5)))
    assert [lot["lot"] for lot in report["lots"]] == [f"L{number}" for number in range(5)]
