"""The replay carries past auctions through the engine and counts what came of them 历史回放."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from trading import replay as package
from trading.replay import replay, run
from trading.replay.auctions import BadFile
from trading.replay.merging import Merger

pytestmark = pytest.mark.slow

SAMPLE = Path(package.__file__).with_name("sample.csv")
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "tsuchiura_2007_2011.csv"
FIGURES = {
    "auctions": 12, "bids": 36, "awarded": 8, "failed": 4, "winners_matched": 6, "ties": 2,
    "control_total": 41_050_000, "award_total": 38_590_000, "saved": 2_460_000, "rate": "5.99",
}  # fmt: skip
REAL_AUCTIONS = pytest.mark.skipif(not REAL.exists(), reason=f"THE REAL AUCTIONS ARE NOT HERE: {REAL}")
ROW = {
    "auction_id": "1", "date": "2024-03-05", "title": "a road", "details": "", "control_price": "100", "bidder": "one",
    "bid": "90", "rejected": "", "winner": "0",
}  # fmt: skip


@pytest.fixture(scope="module")
def played() -> tuple[dict[str, Any], list[str], list[Merger]]:
    """The sample, played once: the result, the lines printed, the merger."""
    lines: list[str] = []
    mergers: list[Merger] = []

    class Kept(Merger):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            mergers.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "Merger", Kept)
        result = replay(SAMPLE, law_on=date(2026, 3, 2), echo=lines.append, progress=False)
    return result, lines, mergers


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    """A CSV file of these rows."""
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, list(ROW))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_the_sample_gives_its_figures_and_no_other_members(played):
    result = dict(played[0])
    lots = result.pop("lots")
    assert result == FIGURES
    assert set(lots) == {f"S-{number:02d}" for number in range(1, 13)}
    assert all(set(lot) == {"outcome", "winner", "price", "condition"} for lot in lots.values())


@pytest.mark.parametrize(
    ("auction", "outcome", "winner", "price", "condition"),
    [
        ("S-01", "awarded", "Ashgrove Paving", 4_890_000, None),
        ("S-04", "failed", None, None, "R10.C7"),
        ("S-05", "failed", None, None, "R10.C7"),
        ("S-06", "awarded", "Copperfield Civil", 11_900_000, None),
        ("S-07", "awarded", "Larkspur Lighting", 2_200_000, None),
        ("S-08", "failed", None, None, "R16.C1"),
        ("S-09", "failed", None, None, "R16.C1"),
        ("S-10", "awarded", "Greenway Water", 8_100_000, None),
        ("S-12", "awarded", "Highfield Plant", 2_450_000, None),
    ],
    ids=[
        "the lowest wins", "two bids", "one bid", "the lowest rejected by the committee", "one above the ceiling",
        "all above the ceiling", "all rejected by the committee", "two effective bids, reasoned",
        "another winner on record",
    ],
)  # fmt: skip
def test_each_kind_of_auction_ends_as_the_rules_say(played, auction, outcome, winner, price, condition):
    lot = {"outcome": outcome, "winner": winner, "price": price, "condition": condition}
    assert played[0]["lots"][auction] == lot


def test_equal_lowest_bids_are_drawn_among_the_equals(played):
    lots = played[0]["lots"]
    assert lots["S-03"]["winner"] in {"Ashgrove Paving", "Greenway Water"}
    assert lots["S-11"]["winner"] in {"Ashgrove Paving", "Bellwether Works", "Dunmore Builders"}
    assert (lots["S-03"]["price"], lots["S-11"]["price"]) == (7_000_000, 450_000)


def test_law_day_calendar_and_what_is_assumed_are_printed(played):
    text = "\n".join(played[1])
    assert "law of 2026-03-02" in text
    assert "Projected calendar" in text
    assert "bid bonds" in text
    assert "rest on assumed facts" in text


def test_memory_holds_the_auctions_open_at_once_and_no_more(played, tmp_path):
    assert 1 < played[2][0].most_open <= 12
    apart = [
        {**ROW, "auction_id": str(number), "date": f"{2020 + number}-03-05", "bidder": f"bidder {number}"}
        for number in range(4)
    ]
    mergers: list[Merger] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "Merger", lambda *given: mergers.append(Merger(*given)) or mergers[0])
        result = replay(write(tmp_path / "apart.csv", apart), law_on=None, echo=lambda _line: None, progress=False)
    assert (result["failed"], mergers[0].most_open) == (4, 1)


def test_the_order_of_the_lines_changes_nothing(played, tmp_path):
    with SAMPLE.open(encoding="utf-8", newline="") as text:
        rows = sorted(csv.DictReader(text), key=lambda row: (row["bid"], row["bidder"]))
    again = replay(write(tmp_path / "turned.csv", rows), law_on=date(2026, 3, 2), echo=lambda _: None, progress=False)
    drawn = {"S-03", "S-11"}
    assert {name: value for name, value in again.items() if name != "lots"} == FIGURES
    assert [lot for id_, lot in again["lots"].items() if id_ not in drawn] == [
        lot for id_, lot in played[0]["lots"].items() if id_ not in drawn
    ]


def test_a_file_with_a_heading_alone_gives_zeros_and_no_rate(tmp_path):
    result = replay(write(tmp_path / "empty.csv", []), law_on=None, echo=lambda _line: None, progress=False)
    assert (result["auctions"], result["awarded"], result["rate"], result["lots"]) == (0, 0, None, {})


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{**ROW, "bid": "9x"}], "Line 2, bid"),
        ([{**ROW, "bid": "-90"}], "Line 2, bid"),
        ([{**ROW, "control_price": "0"}], "Line 2, control_price"),
        ([{**ROW, "control_price": "1" * 40}], "Line 2, control_price"),
        ([{**ROW, "date": "2024-02-30"}], "Line 2, date"),
        ([{**ROW, "bidder": ""}], "Line 2, bidder"),
        ([{**ROW, "winner": "yes"}], "Line 2, winner"),
        ([ROW, {**ROW, "bid": "95"}], "one bids twice"),
        ([ROW, {**ROW, "bidder": "two", "control_price": "101"}], "Line 3 tells day or control price"),
        ([ROW, {**ROW, "bidder": "two", "date": "2024-03-06"}], "Line 3 tells day or control price"),
    ],
)
def test_a_bad_line_is_named(tmp_path, rows, said):
    with pytest.raises(BadFile) as wrong:
        replay(write(tmp_path / "bad.csv", rows), law_on=None, echo=lambda _line: None, progress=False)
    assert said in wrong.value.en


def test_a_missing_column_is_named(tmp_path):
    file = tmp_path / "bad.csv"
    file.write_text("auction_id,date\n1,2024-03-05\n", "utf-8")
    with pytest.raises(BadFile, match="bidder"):
        replay(file, law_on=None, echo=lambda _line: None, progress=False)


def expected(bids: list[dict[str, str]]) -> tuple[str, int | None]:
    """Outcome and price by the lines of one auction alone: three bids, and the lowest of those that may win."""
    control = int(bids[0]["control_price"])
    left = [int(one["bid"]) for one in bids if not one["rejected"] and int(one["bid"]) <= control]
    return ("awarded", min(left)) if len(bids) >= 3 and left else ("failed", None)


@REAL_AUCTIONS
def test_every_twentieth_real_auction_ends_as_its_lines_say(tmp_path):
    auctions: dict[str, list[dict[str, str]]] = {}
    with REAL.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            auctions.setdefault(row["auction_id"], []).append(row)
    chosen = dict(list(auctions.items())[::20])
    rows = [row for bids in chosen.values() for row in bids]
    result = replay(write(tmp_path / "some.csv", rows), law_on=None, echo=lambda _line: None, progress=False)
    ended = {name: (lot["outcome"], lot["price"]) for name, lot in result["lots"].items()}
    assert ended == {name: expected(bids) for name, bids in chosen.items()}
    assert {"awarded", "failed"} == {outcome for outcome, _price in ended.values()}


@REAL_AUCTIONS
@pytest.mark.heavy
def test_914_real_auctions_give_the_figures_of_history():
    result = replay(REAL, law_on=None, echo=lambda _line: None, progress=False)
    assert len(result.pop("lots")) == 914
    assert result == {
        "auctions": 914, "bids": 3954, "awarded": 797, "failed": 117, "winners_matched": 795, "ties": 5,
        "control_total": 16_770_758_900, "award_total": 15_251_542_695, "saved": 1_519_216_205, "rate": "9.06",
    }  # fmt: skip
