"""The dossier: complete, in order, the same twice, and silent about what is secret before its time."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.builders import a_lot, bank_line, client_as, offer, people
from tests.oversight.reading import pages_of, pdf_of, text_of
from tests.phases.draws import drawn
from tests.phases.late_lots import CODE, RATING, acceptance, awarded, contracted, publicized
from tests.phases.papers import terms
from trading.codelists import Status
from trading.database import db
from trading.models import DossierExport, LedgerEntry, Lot
from trading.oversight.dossier import PARTS, dossier_html, make
from trading.rules import CONDITIONS, RULES

FACTORS = [
    {"code": "P", "title": "投标报价", "kind": "price", "points": "60"},
    {"code": "T", "title": "施工组织设计", "kind": "subjective", "points": "30", "intervals": "0-30"},
    {"code": "R", "title": "类似业绩", "kind": "objective", "points": "10", "intervals": "每项2分"},
]
TOLD = (
    "巴东县堤防加固工程", "开标一览表", "4,880,000.00", "人民币肆佰捌拾捌万元整", "评标委员会", "评审1（主任委员）",
    "各成员评审意见", "通过", "报价高于限价", "成交见证号", "合同与投标文件逐项对照", "一致", "首付", "竣工验收",
    "履约良好", "核算基数", "最高投标限价", "节资率", "2.40%", "存证条目", "十九项制度结论汇总",
)  # fmt: skip
NAME = re.compile(r">评审[0-9]+[<（]")
BIDDER = "第1建设有限公司"
SECRET_BEFORE_OPENING = ("4,700,000", "4700000", BIDDER, "62220001", "保证金流水", "收到投标", "递交投标文件")


def html_of(app, code, language="zh"):
    """The dossier's HTML, which is quicker to make than its PDF."""
    with app.test_request_context(f"/?lang={language}"):
        lot = db.session.scalar(select(Lot).where(Lot.code == code))
        return dossier_html(lot, app.extensions["clock"].now())


def words_of(html):
    """The text of HTML without blanks."""
    return re.sub(r"\s+|<style>.*?</style>|<[^>]+>", "", html, flags=re.DOTALL)


@pytest.fixture
def performed(app, clock):
    """A lot with an award, a contract, a payment, an acceptance and a rating."""
    lot = contracted(app, clock)
    today = clock.now().date().isoformat()
    paid = {"amount": "1000000", "delivered_on": today, "paid_on": today, "remark": "首付"}
    lot.done("owner", "record_payment", paid)
    lot.done("owner", "accept_works", acceptance(lot))
    lot.done("owner", "rate_performance", RATING)
    return lot


def test_a_full_dossier_has_all_parts_in_order_with_their_page_numbers_and_every_fingerprint(app, performed):
    pages = pages_of(pdf_of(app, CODE))
    assert 12 <= len(pages) <= 40
    assert "公共资源交易项目档案" in pages[0] and CODE in pages[0]
    for number, page in enumerate(pages[1:], 2):
        assert f"第{number}页，共{len(pages)}页" in page
    told = []
    for title in (str(title) for _name, title in PARTS):
        found = re.search(re.escape(title) + r"\.*(\d+)", pages[1])
        assert found, f"{title} is not in the contents"
        told.append(int(found[1]))
        assert title in pages[told[-1] - 1]
    assert told == sorted(told)
    assert all(rule.zh in pages[1] for rule in RULES)
    text = "".join(pages)
    with app.app_context():
        kept = LedgerEntry.chain == CODE, LedgerEntry.kind != "document.exported"
        entries = db.session.scalars(select(LedgerEntry).where(*kept)).all()
    assert len(entries) > 15
    assert all(entry.leaf.hex() in text for entry in entries)
    assert [one for one in TOLD if one not in text] == []


def test_a_full_dossier_says_in_words_what_the_record_keeps_in_codes(app, performed):
    text = words_of(html_of(app, CODE))
    assert [one for one in TOLD if one not in text] == []
    codes = (
        "ceiling",
        "passed",
        "adjustments",
        "None",
        "Undefined",
        "step.taken",
        "lowest_evaluated_price",
        "national",
    )
    assert [one for one in codes if one in text] == []
    assert [one for one in CONDITIONS if one not in text] == []
    assert all(mark in text for mark in ("已核对", "县规定", "待核实"))


def test_an_export_is_on_record_and_the_next_one_gives_the_same_bytes_without_printing(app, performed, monkeypatch):
    first = pdf_of(app, CODE)
    monkeypatch.setattr(app.extensions["printer"], "pdf", None)
    assert pdf_of(app, CODE, "supervisor") == first
    with app.app_context():
        exports = db.session.scalars(select(DossierExport)).all()
        query = select(LedgerEntry).where(LedgerEntry.kind == "document.exported").order_by(LedgerEntry.seq)
        kept = db.session.scalars(query).all()
    assert len(exports) == len(kept) == 2
    assert len({one.content_digest for one in exports}) == 1
    assert "oversight-" in kept[0].actor and "supervisor-" in kept[1].actor
    text = text_of(first)
    assert "导出条目不列入档案" in text
    later = html_of(app, CODE)
    assert all(one.leaf.hex() not in later for one in kept)


def test_what_is_added_to_the_record_is_in_the_next_dossier(app, clock):
    trade = a_lot(app, people(app), Status.REGISTERED)
    with app.test_request_context("/"):
        before = make(trade.lot(), clock.now())[1]
        assert make(trade.lot(), clock.now())[1] == before
    trade.step("owner", "prepare-terms", terms())
    with app.test_request_context("/"):
        assert make(trade.lot(), clock.now())[1] != before


def test_the_same_record_gives_the_same_text_while_the_minutes_pass(app, clock, performed):
    first = html_of(app, CODE)
    clock.advance(timedelta(hours=1))
    assert html_of(app, CODE) == first


@pytest.mark.parametrize("who", ["owner", "agency", "centre", "bidder1", "expert1", "administrator", "authority", None])
def test_nobody_but_supervision_and_oversight_is_given_a_dossier(app, who):
    trade = a_lot(app, people(app), Status.REGISTERED)
    client = client_as(app, trade.people[who] if who else None)
    assert client.get(f"/lots/{trade.code}/dossier.pdf").status_code in (302, 401, 403)
    with app.app_context():
        assert db.session.scalar(select(DossierExport)) is None


def test_before_the_deadline_no_bidder_price_bond_or_number_is_in_it(app):
    trade = a_lot(app, people(app))
    before = words_of(html_of(app, trade.code))
    trade.step("bank", "receive-bank-lines", {"lines": [bank_line(1, trade.code, trade.clock.now())]})
    trade.step("bidder1", "submit-bid", offer("4700000"))
    after = words_of(html_of(app, trade.code))
    assert [one for one in SECRET_BEFORE_OPENING if one in after] == []
    assert after == before
    text = text_of(pdf_of(app, trade.code))
    assert "投标人名单、数量与报价、保证金依法保密" in text
    assert [one for one in SECRET_BEFORE_OPENING if one in text] == []


def test_between_deadline_and_opening_nothing_more_is_told_of_the_bids(app):
    trade = a_lot(app, people(app), Status.BID_CLOSED)
    text = words_of(html_of(app, trade.code))
    assert [one for one in SECRET_BEFORE_OPENING if one in text] == []


def test_an_objector_is_named_only_after_the_opening(app):
    trade = a_lot(app, people(app))
    objection = {"target": "documents", "text": "资格条件过高"}
    trade.step("bidder1", "object", objection)
    text = words_of(html_of(app, trade.code))
    assert "资格条件过高" in text and "开标前不载明" in text
    assert BIDDER not in text and trade.people["bidder1"].actor.rpartition("-")[2][:9] not in text


def test_after_the_opening_the_bids_are_in_it(app):
    trade = a_lot(app, people(app), Status.OPENED)
    text = words_of(html_of(app, trade.code))
    assert [one for one in ("4,700,000.00", BIDDER, "递交投标文件", "银行转账") if one not in text] == []


def test_before_the_award_the_drawn_are_told_by_numbers_alone(app):
    trade = drawn(app)
    text = words_of(html_of(app, trade.code))
    assert "抽取结果" in text and "水利水电工程施工" in text
    assert NAME.search(html_of(app, trade.code)) is None


def test_before_the_award_the_committee_is_not_named_even_on_its_report(app, clock):
    publicized(app, clock)
    text = words_of(html_of(app, CODE))
    assert "评审结果与中标候选人" in text and "中标结果确定前保密" in text
    assert NAME.search(html_of(app, CODE)) is None
    assert "各成员评审意见" not in text


def test_from_the_award_on_the_seated_are_named(app, clock):
    awarded(app, clock)
    html = html_of(app, CODE)
    assert "评审1（主任委员）" in html and NAME.search(html)


@pytest.mark.parametrize(
    ("status", "said"),
    [(Status.DRAFT, "尚未办理任何环节"), (Status.PUBLISHED, "尚未抽取"), (Status.FAILED, "流标事由"),
     (Status.TERMINATED, "规划调整"), (Status.SUSPENDED, "监管机构依法责令")],
)  # fmt: skip
def test_a_lot_at_any_status_has_a_dossier(app, status, said):
    trade = a_lot(app, people(app), status)
    text = words_of(html_of(app, trade.code))
    assert said in text
    assert "Undefined" not in text and ">None<" not in html_of(app, trade.code)


def test_a_retender_names_the_attempt_before_it(app):
    trade = a_lot(app, people(app), Status.FAILED)
    trade.step("owner", "retender", {"remedy": "放宽工期"})
    with app.app_context():
        later = db.session.scalars(select(Lot.code).where(Lot.attempt == 2)).one()
    assert trade.code in words_of(html_of(app, later))
    assert later in words_of(html_of(app, trade.code))


def test_an_english_reader_gets_conditions_statuses_and_steps_in_english(app, clock):
    awarded(app, clock)
    text = html_of(app, CODE, "en")
    assert 'lang="en"' in text
    assert "Awarded" in text and "ceiling price" in text and CONDITIONS["R12.C1"].en in text
