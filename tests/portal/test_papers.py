"""Standard papers 标准文书: each is there when its record is, and only for who may have it."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.builders import Trade, a_lot, client_as, people
from tests.oversight.reading import text_of
from tests.phases import variants
from tests.test_whole_procedure import contracted
from trading.codelists import Status


@pytest.fixture
def signed(app: Flask) -> Trade:
    """A lot whose contract is signed."""
    return contracted(app)


def titles(trade: Trade, who: str | None) -> str:
    """The list of papers as this person sees it."""
    answer = client_as(trade.app, trade.people[who] if who else None).get(f"/lots/{trade.code}/papers")
    assert answer.status_code == 200
    return answer.text


def got(trade: Trade, who: str | None, kind: str) -> int:
    """How a paper's page answers this person."""
    client = client_as(trade.app, trade.people[who] if who else None)
    return client.get(f"/lots/{trade.code}/papers/{kind}").status_code


def test_the_public_has_notice_sheet_candidates_and_result_and_no_more(signed: Trade) -> None:
    for kind in ("notice", "opening_sheet", "candidates", "result"):
        assert got(signed, None, kind) == 200, kind
    for kind in ("award", "contract", "documents", "deal", "nonsense"):
        assert got(signed, None, kind) == 404, kind
    assert "公示" in titles(signed, None) and "合同" not in titles(signed, None).split("<main")[1].split("下载")[0]


def test_the_winner_has_his_award_notice_and_contract_and_another_bidder_has_neither(signed: Trade) -> None:
    assert got(signed, "bidder1", "award") == got(signed, "bidder1", "contract") == 200
    assert got(signed, "bidder2", "award") == got(signed, "bidder2", "contract") == 404


def test_the_documents_are_the_owners_draft_until_the_notice_is_out(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.METHOD_FIXED)
    page = client_as(app, trade.people["owner"]).get(f"/lots/{trade.code}/papers/documents")
    assert page.status_code == 200 and "草稿" in page.text and "投标人须知" in page.text
    assert got(trade, "bidder1", "documents") == 404


def test_before_the_opening_no_sheet_tells_of_bids(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.BID_CLOSED)
    assert got(trade, "owner", "opening_sheet") == got(trade, None, "opening_sheet") == 404


def test_a_paper_prints_with_its_title_number_and_amount_in_capitals(signed: Trade) -> None:
    answer = client_as(signed.app, signed.people["bidder1"]).get(f"/lots/{signed.code}/papers/award.pdf")
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    text = text_of(answer.data)
    assert "中标通知书" in text and "肆佰柒拾万元整" in text and "第1建设有限公司" in text


def test_the_letter_of_invitation_is_for_the_invited_and_for_nobody_in_an_open_tender(app: Flask) -> None:
    trade = variants.to_invite(app)
    variants.name_invitees(trade, 1, 2, 3)
    assert got(trade, "bidder1", "invitation") == 404, "there is none before the notice"
    variants.publish(trade)
    page = client_as(app, trade.people["bidder1"]).get(f"/lots/{trade.code}/papers/invitation")
    assert page.status_code == 200 and "第1建设有限公司" in page.text and "第2建设有限公司" not in page.text
    assert [got(trade, who, "invitation") for who in ("bidder4", None, "centre", "owner")] == [404] * 4
    openly = a_lot(app, people(app))
    assert got(openly, "bidder1", "invitation") == 404
