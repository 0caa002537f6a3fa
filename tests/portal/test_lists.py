"""The public lists: found by words and marks, turned page by page, one query however many lots there are."""

from datetime import timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from sqlalchemy import event

from tests.portal.records import DAY, make_lots, make_notice
from trading.codelists import District, NoticeKind, Status
from trading.database import db

ATOM = "{http://www.w3.org/2005/Atom}"


def codes(client, query=""):
    answer = client.get(f"/api/v1/lots{query}")
    assert answer.status_code == 200, answer.json
    return [row["code"] for row in answer.json["lots"]]


def statements(app, client, path):
    """How many SQL statements a page takes."""
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    assert client.get(path).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_a_lot_that_is_not_published_is_in_no_list_and_at_no_address(app, client):
    draft, shown = make_lots(app, {"status": Status.DRAFT, "published_at": None}, {})
    assert codes(client) == [shown]
    assert client.get(f"/lots/{draft}").status_code == 404
    assert client.get(f"/api/v1/lots/{draft}").status_code == 404
    assert client.get(f"/lots/{draft}/record").status_code == 404


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("河道", ["沿渡河镇河道治理"]),
        ("河道 治理", ["沿渡河镇河道治理"]),
        ("河道 学校", []),
        ("100%", ["100%绿色校舍"]),
        ("%", ["100%绿色校舍"]),
        ("_", ["a_b管网"]),
        ("\\", []),
        ("A_B", ["a_b管网"]),
    ],
)
def test_words_are_looked_for_as_they_are_typed(app, client, words, names):
    made = {name: {"name": name} for name in ("沿渡河镇河道治理", "100%绿色校舍", "a_b管网", "ab管网")}
    found = dict(zip(make_lots(app, *made.values()), made, strict=True))
    answer = client.get("/api/v1/lots", query_string={"words": words})
    assert [found[row["code"]] for row in answer.json["lots"]] == names


def test_status_district_day_and_amount_narrow_the_list(app, client):
    first, second, third = make_lots(
        app,
        {"status": Status.AWARDED, "published_at": DAY - timedelta(days=9), "estimate": Decimal(1_000_000)},
        {"district": District.YESANGUAN, "estimate": Decimal(2_000_000)},
        {"published_at": DAY + timedelta(days=9), "estimate": Decimal("2000000.01")},
    )
    day = DAY.date()
    assert codes(client, "?status=awarded") == [first]
    assert codes(client, f"?district={District.YESANGUAN.value}") == [second]
    assert codes(client, f"?published_from={day}&published_to={day}") == [second]
    assert codes(client, f"?published_from={day + timedelta(days=9)}") == [third]
    assert codes(client, f"?published_to={day - timedelta(days=9)}") == [first]
    assert codes(client, "?amount_from=2000000&amount_to=2000000") == [second]
    assert codes(client, "?amount_from=2000000.01") == [third]


@pytest.mark.parametrize(
    "query",
    ["status=draft", "status=x", "district=x", "published_from=2026-02-30", "amount_from=-1", "amount_to=1e3",
     "after=x", "after=2026-03-02~a", "colour=red", "words=" + "字" * 61],
)  # fmt: skip
def test_a_query_that_is_not_understood_is_told_by_field(app, client, query):
    answer = client.get(f"/api/v1/lots?{query}")
    assert answer.status_code == 400
    assert list(answer.json["fields"]) == [query.partition("=")[0]]


def test_a_wrong_query_of_the_page_keeps_what_was_typed_and_links_to_the_field(client):
    answer = client.get("/lots?words=河道&published_from=2026-02-30")
    assert answer.status_code == 400
    assert 'value="河道"' in answer.text
    assert 'href="#field-published_from"' in answer.text


def test_pages_follow_one_another_without_gap_or_repeat_even_when_lots_come_in_between(app, client):
    made = make_lots(app, *[{"published_at": DAY + timedelta(minutes=number // 3)} for number in range(45)])
    first = client.get("/api/v1/lots").json
    make_lots(app, {"published_at": DAY + timedelta(days=1)})
    second = client.get("/api/v1/lots", query_string={"after": first["older"]}).json
    third = client.get("/api/v1/lots", query_string={"after": second["older"]}).json
    shown = [row["code"] for page in (first, second, third) for row in page["lots"]]
    assert len(shown) == len(set(shown)) == 45
    assert set(shown) == set(made)
    assert third["older"] is None
    back = client.get("/api/v1/lots", query_string={"before": second["newer"]}).json
    assert [row["code"] for row in back["lots"]] == [row["code"] for row in first["lots"]]


def test_the_list_takes_one_query_however_many_lots_there_are(app, client):
    make_lots(app, {})
    few = statements(app, client, "/lots")
    make_lots(app, *[{} for _ in range(40)])
    assert statements(app, client, "/lots") == few


def test_notices_are_listed_by_kind_and_shown_with_their_fingerprint(app, client):
    (code,) = make_lots(app, {})
    tender = make_notice(app, code, NoticeKind.TENDER, "招标公告甲")
    make_notice(app, code, NoticeKind.RESULT, "结果公告乙", DAY + timedelta(days=1))
    rows = client.get("/api/v1/notices?kind=tender").json["notices"]
    assert [row["title"] for row in rows] == ["招标公告甲"]
    assert "结果公告乙" not in client.get("/notices?kind=tender").text
    page = client.get(f"/notices/{tender}")
    assert rows[0]["sha256"] in page.text
    assert client.get("/notices/none").status_code == 404


def test_the_feed_is_atom_with_identities_that_stay(app, client):
    (code,) = make_lots(app, {})
    for number in range(52):
        make_notice(app, code, NoticeKind.TENDER, f"公告<{number}>&", DAY + timedelta(hours=number), "一\x0c二")
    first = ElementTree.fromstring(client.get("/feed.atom").data)
    entries = first.findall(f"{ATOM}entry")
    assert len(entries) == 50
    assert entries[0].findtext(f"{ATOM}title") == "公告<51>&"
    assert first.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated") == "2026-03-04T04:00:00Z"
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 50
    assert all(one.startswith("urn:uuid:") for one in ids)
    again = ElementTree.fromstring(client.get("/feed.atom", base_url="https://other.example").data)
    assert [entry.findtext(f"{ATOM}id") for entry in again.findall(f"{ATOM}entry")] == ids
    assert entries[0].find(f"{ATOM}link").get("href").startswith("http://localhost/notices/")


def test_an_empty_house_still_has_a_feed_and_a_first_page(client):
    assert ElementTree.fromstring(client.get("/feed.atom").data).findtext(f"{ATOM}updated")
    assert client.get("/").status_code == 200
