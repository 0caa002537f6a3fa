"""Uploaded documents are read within limits; what could not be read is told by its page."""

from __future__ import annotations

import pytest

from tests.phases.papers import PDF
from tests.scanning import documents
from trading.scanning import reading
from trading.scanning.extracting import READERS
from trading.scanning.places import within
from trading.scanning.reading import READABLE, Limits, Unread, read

PAGES, WORD, PLAIN = READABLE
SHORT = Limits(seconds=4, megabytes=512)


LOCAL = "投标人注册地应在巴东县。"


def told(data: bytes, media_type: str, limits: Limits = SHORT) -> list[tuple[int, str]]:
    """The places with their text as the process reads them, blanks left out; what is unread in angle brackets."""
    rows = within(READERS[media_type](data), limits.places, limits.characters)
    return [(row["place"], "".join(row.get("text", f"<{row.get('unread')}>").split())) for row in rows]


def test_each_page_of_a_pdf_is_read_under_its_number():
    data = documents.pdf("第一页的文字。", "第二页的文字。")
    assert told(data, PAGES) == [(1, "第一页的文字。"), (2, "第二页的文字。")]


def test_a_word_document_is_read_with_its_tables_and_footings():
    data = documents.word("正文一。", cells=("表格左", "表格右"), footer="页脚文字")
    assert [text for _place, text in told(data, WORD)] == ["正文一。", "表格左", "表格右", "页脚文字"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_plain_text_is_read_line_by_line(encoding):
    assert told("甲\n\n乙\n".encode(encoding), PLAIN) == [(1, "甲"), (3, "乙")]


def test_what_the_catalogue_meets_is_told_with_its_place():
    found = read(documents.pdf("前一页。", f"后一页。{LOCAL}"), PAGES)
    assert found.unit == "page" and found.unread == ()
    assert {(one.place, one.sentence) for one in found.met} == {(2, LOCAL)}


@pytest.mark.parametrize(
    ("data", "media_type", "why"),
    [
        (documents.locked(documents.pdf("看不见。")), PAGES, "encrypted"),
        (documents.pdf("被截断。")[:300], PAGES, "broken"),
        (PDF, PAGES, "broken"),
        (b"%PDF-1.7\nrubbish", PAGES, "broken"),
        (documents.deep_pdf(), PAGES, "broken"),
        (documents.word("被截断。")[:2000], WORD, "broken"),
        (documents.swollen_word(), WORD, "bomb"),
        (b"\x89PNG", "image/png", "kind"),
        (b"PK\x03\x04", "application/zip", "kind"),
    ],
    ids=["locked", "cut", "tests' own", "rubbish", "deep", "word cut", "word bomb", "picture", "archive"],
)
def test_what_cannot_be_read_is_told_as_a_whole(data, media_type, why):
    found = read(data, media_type)
    assert found.met == ()
    assert found.unread == (Unread(0, why),)


def test_a_page_that_is_a_picture_is_told_and_the_others_are_read():
    found = read(documents.scanned_pdf(LOCAL), PAGES)
    assert found.unread == (Unread(1, "no_text"),)
    assert {one.place for one in found.met} == {2}


def test_pictures_in_a_word_document_are_told():
    assert told(documents.word_with_picture(), WORD) == [(1, "图纸如下。"), (0, "<pictures>")]


def test_entities_of_entities_are_not_unfolded():
    found = read(documents.laughing_word(), WORD, SHORT)
    assert (found.met, found.unread) == ((), (Unread(0, "broken"),))


def test_a_page_that_unpacks_to_gigabytes_is_told_within_the_limits():
    found = read(documents.swollen_pdf(), PAGES, Limits(seconds=2, megabytes=400))
    assert found.met == ()
    assert len(found.unread) == 1


def test_a_file_that_takes_too_much_is_ended_and_told():
    found = read(documents.pdf("太多。"), PAGES, Limits(megabytes=16))
    assert found.met == ()
    assert found.unread[0].why in ("memory", "time", "broken")


def test_what_an_ended_process_told_before_holds():
    output = b'{"begun": 1}\n{"place": 1, "sentence": "x", "pattern": 0, "words": "x"}\n{"begun": 2}\n{"place": 2, "se'
    found = reading._told(output, "page")
    assert [one.sentence for one in found.met] == ["x"]
    assert found.unread == (Unread(2, "time"),)


def test_what_goes_beyond_the_limits_is_told():
    data = documents.pdf("第一页的文字。", "第二页的文字。", "第三页的文字。")
    assert [text for _place, text in told(data, PAGES, Limits(places=2))][2:] == ["<rest>"]
    assert told(data, PAGES, Limits(characters=9))[1:] == [(2, "第二"), (3, "<rest>")]


def test_the_same_bytes_are_read_once(monkeypatch):
    data = documents.word("只读一次。")
    first = read(data, WORD)
    monkeypatch.setattr(reading, "_read", lambda *_: pytest.fail("read twice"))
    assert read(data, WORD) is first


@pytest.mark.parametrize("length", [1, 6000])
def test_a_text_short_or_long_is_scanned_alike(length):
    found = read((f"甲。\n{LOCAL}\n" + "乙。\n" * length).encode(), PLAIN)
    assert ({(one.place, one.sentence) for one in found.met}, found.unread) == ({(2, LOCAL)}, ())


def test_every_reason_has_words_in_both_languages():
    assert all(zh and en and zh != en for zh, en in reading.UNREAD.values())
