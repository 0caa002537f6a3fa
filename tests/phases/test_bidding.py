"""Bonds and bids 保证金与投标: sealed, replaced, withdrawn, refused one second late, seen by nobody else."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, bank_line, client_as, offer, people, token
from trading.beijing import at
from trading.codelists import Status
from trading.database import db
from trading.errors import InvalidInput
from trading.ledger.actions import is_signed, message
from trading.ledger.entries import microseconds
from trading.ledger.notes import verified
from trading.ledger.receipts import bid_receipt
from trading.models import BankLine, Bid, LedgerEntry
from trading.phases.process_supervision.schemas import SheetSchema
from trading.sealing.headers import envelope_id
from trading.web import exchange
from trading.workflow.keys import key_in_force

SECRET_PRICE = "4711223.45"
BOND = {"form": "guarantee", "issuer": "建行", "number": "BH-1", "amount": "100000", "valid_until": "2026-12-31"}


@pytest.fixture
def published(app: Flask) -> Trade:
    """A published lot."""
    return a_lot(app, people(app))


def bodies(app: Flask, kind: str) -> list[dict[str, Any]]:
    """The bodies of all entries of a kind, in order."""
    with app.app_context():
        rows = db.session.scalars(select(LedgerEntry.body).where(LedgerEntry.kind == kind).order_by(LedgerEntry.seq))
        return [json.loads(row or "") for row in rows]


def test_a_bid_gets_a_receipt_with_time_and_hash(app: Flask, published: Trade) -> None:
    facts = published.step("bidder1", "submit-bid", offer(SECRET_PRICE))["facts"]
    with app.app_context():
        bid = db.session.scalars(select(Bid)).one()
        assert facts["envelope"] == bid.envelope and facts["sha256"] == bid.ciphertext_sha256
        assert bid.total is None and bid.sheet is None and facts["version"] == 1
    received = bodies(app, "bid.received")[0]
    sigs = received.pop("sigs")
    assert received == {
        "envelope": facts["envelope"], "part": "single", "version": 1, "t_recv": microseconds(published.clock.now()),
    }  # fmt: skip
    assert [one["signer"] for one in sigs] == [published.people["bidder1"].signer]
    with app.app_context():
        key = key_in_force(db.session, sigs[0]["signer"])
        assert key is not None
        text = message(published.code, "bid.received", sigs[0]["signer"], received)
        assert is_signed(key.public, text, sigs[0]["sig"])


def test_the_receipt_is_a_note_of_the_log_over_the_very_entry(app: Flask, published: Trade) -> None:
    facts = published.step("bidder1", "submit-bid", offer(SECRET_PRICE))["facts"]
    key = app.extensions["tools"].log_key()
    with app.app_context():
        leaf = db.session.scalars(select(LedgerEntry.leaf).where(LedgerEntry.kind == "bid.received")).one()
    expected = bid_receipt(
        key, published.code, facts["envelope"], microseconds(published.clock.now()), leaf.hex()
    )
    assert facts["receipt"].encode() == expected


def sealed(trade: Trade, who: str, total: str = "4700000", **changed: Any) -> dict[str, Any]:
    """A bid sealed and uploaded, its header changed, not yet handed in."""
    body = trade.worked(who, "submit-bid", offer(total))
    return {"header": body["header"] | changed}


def sent(trade: Trade, who: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
    """Hand in what :func:`sealed` made, signed."""
    path = f"/lots/{trade.code}/submit-bid"
    return trade.send(who, path, trade.signed_by(who, path, body), status)


def test_the_same_envelope_again_gives_the_same_receipt_even_after_the_deadline(app: Flask, published: Trade) -> None:
    body, path = sealed(published, "bidder1"), f"/lots/{published.code}/submit-bid"
    signed = published.signed_by("bidder1", path, body)
    first = published.send("bidder1", path, signed)
    published.clock.advance(timedelta(minutes=5))
    assert published.send("bidder1", path, signed)["facts"] == first["facts"]
    published.clock.set(published.deadline() + timedelta(seconds=1))
    again = published.send("bidder1", path, signed)
    assert again["facts"] == first["facts"] and again["leaf"] == first["leaf"]
    assert len(bodies(app, "bid.received")) == 1 and bodies(app, "bid.refused") == []


def test_a_withdrawn_or_foreign_envelope_is_not_taken_again(app: Flask, published: Trade) -> None:
    body = sealed(published, "bidder1")
    sent(published, "bidder1", body)
    assert "header" in sent(published, "bidder2", body, 400)["fields"]
    published.step("bidder1", "withdraw-bid")
    assert "header" in sent(published, "bidder1", body, 400)["fields"]
    assert len(bodies(app, "bid.received")) == 1


def test_a_late_envelope_is_refused_on_record(app: Flask, published: Trade) -> None:
    body, path = sealed(published, "bidder1"), f"/lots/{published.code}/submit-bid"
    signed = published.signed_by("bidder1", path, body)
    published.clock.set(published.deadline())
    answer = published.send("bidder1", path, signed, 422)
    published.tick()
    assert "proof" not in published.send("bidder1", path, signed, 409), "nothing is on record of it"
    told = bodies(app, "bid.refused")
    assert len(told) == 1, "with no bid at all the lot has failed by then: nothing may follow in its chain"
    assert told[0] == {
        "envelope": envelope_id(body["header"]), "reason": "late", "t_recv": microseconds(published.deadline()),
    }  # fmt: skip
    assert bodies(app, "bid.received") == []
    with app.app_context():
        entry = db.session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "bid.refused")).one()
        text = verified(answer["proof"].encode(), app.extensions["tools"].log_key().verifier).text
    head, line = text.splitlines()
    assert head.endswith(" refusal")
    assert json.loads(line) == told[0] | {"tender": published.code, "leaf": entry.leaf.hex()}


def test_a_bidder_who_came_too_late_reads_the_signed_word_of_it_on_the_page(app: Flask, published: Trade) -> None:
    body, path = sealed(published, "bidder1"), f"/lots/{published.code}/submit-bid"
    signed = published.signed_by("bidder1", path, body)
    client = client_as(app, published.people["bidder1"])
    form = {"header": json.dumps(signed["header"]), "sig": signed["sig"], "confirmed": "1"}
    form |= {"csrf_token": token(client, path)}
    published.clock.set(published.deadline())
    page = client.post(path, data=form)
    assert page.status_code == 422
    assert "拒收凭证" in page.text and " refusal\n" in page.text and "&#34;late&#34;" in page.text


def test_while_suspended_nothing_is_received_and_that_is_on_record(app: Flask, published: Trade) -> None:
    body = sealed(published, "bidder1")
    published.step("supervisor", "suspend", {"ground": "order", "reason": "调查需要"})
    sent(published, "bidder1", body, 409)
    assert [one["reason"] for one in bodies(app, "bid.refused")] == ["suspended"]


@pytest.mark.parametrize(
    "wrong",
    [{"sig": "00" * 64}, {"sig": "zz"}, {"sig": None}, {"sig": 5}, {}],
    ids=["another's", "none", "null", "a number", "missing"],
)
def test_a_bid_without_the_bidder_s_own_signature_is_not_taken(
    app: Flask, published: Trade, wrong: dict[str, Any]
) -> None:
    published.register("bidder1")
    body = sealed(published, "bidder1")
    assert "sig" in published.send("bidder1", f"/lots/{published.code}/submit-bid", body | wrong, 400)["fields"]
    assert bodies(app, "bid.received") == []


def test_a_signature_over_another_version_is_worth_nothing(app: Flask, published: Trade) -> None:
    path = f"/lots/{published.code}/submit-bid"
    first, second = sealed(published, "bidder1"), sealed(published, "bidder1", "4600000")
    old = published.signed_by("bidder1", path, second)
    sent(published, "bidder1", first)
    assert "sig" in published.send("bidder1", path, old, 400)["fields"]
    assert [one["version"] for one in bodies(app, "bid.received")] == [1]


def test_a_replaced_bid_counts_once_and_a_withdrawn_one_not_at_all(app: Flask, published: Trade) -> None:
    published.step("bidder1", "submit-bid", offer("4700000"))
    assert published.step("bidder1", "submit-bid", offer("4600000"))["facts"]["version"] == 2
    published.step("bidder1", "withdraw-bid")
    published.step("bidder1", "withdraw-bid", status=403)
    assert published.step("bidder1", "submit-bid", offer("4500000"))["facts"]["version"] == 3
    with app.app_context():
        rows = db.session.scalars(select(Bid).order_by(Bid.version)).all()
        assert [one.current for one in rows] == [False, False, True]
        assert rows[1].withdrawn_at is not None
    assert [one["version"] for one in bodies(app, "bid.received")] == [1, 2, 3]
    assert [one["version"] for one in bodies(app, "bid.withdrawn")] == [2]


@pytest.mark.parametrize(("seconds", "status"), [(-1, 200), (0, 422), (1, 422)])
def test_the_deadline_second_is_too_late(app: Flask, published: Trade, seconds: int, status: int) -> None:
    published.step("bidder2", "submit-bid", offer("4800000"))
    published.clock.set(published.deadline() + timedelta(seconds=seconds))
    answer = published.step("bidder1", "submit-bid", offer("4700000"), status)
    published.step("bidder2", "withdraw-bid", status=status)
    if status == 422:
        assert [one["id"] for one in answer["conditions"]] == ["R10.C1"]
        assert bodies(app, "step.refused")[0]["conditions"] == ["R10.C1"]
    published.clock.set(published.deadline() + timedelta(seconds=1))
    published.tick()
    published.step("bidder1", "submit-bid", offer("4700000"), 409)


HEADERS: list[dict[str, Any]] = [
    {"alg": "ptbid/2"}, {"tender": "BD-2026-0001-02"}, {"lot": "2"}, {"part": "price"}, {"groups": []},
    {"key_commit": "AB" * 32}, {"plain_commit": "ab"}, {"ct_sha256": "00" * 32}, {"ct_len": 65_537}, {"ct_len": 2**60},
    {"ct_len": 10**30}, {"ct_len": True}, {"ct_len": 1.5}, {"shares": []}, {"shares": None}, {"more": 1},
]  # fmt: skip


@pytest.mark.parametrize("changed", HEADERS, ids=lambda changed: "-".join(f"{k}={v}"[:24] for k, v in changed.items()))
def test_a_malformed_envelope_is_not_taken(app: Flask, published: Trade, changed: dict[str, Any]) -> None:
    body = sealed(published, "bidder1", **changed)
    path = f"/lots/{published.code}/submit-bid"
    assert "header" in published.send("bidder1", path, body | {"sig": "00" * 64}, 400)["fields"]
    with app.app_context():
        assert db.session.scalars(select(Bid)).all() == []


@pytest.mark.parametrize("header", [None, [], "x", 5, {}, {"\u0000": 1}, {"shares": [[[[]]]]}])
def test_what_is_no_envelope_at_all_is_not_taken(published: Trade, header: Any) -> None:
    published.register("bidder1")
    body = {"header": header, "sig": "00" * 64}
    assert "header" in published.send("bidder1", f"/lots/{published.code}/submit-bid", body, 400)["fields"]


def test_a_weaker_quorum_than_the_notice_says_is_not_taken(published: Trade) -> None:
    body = sealed(published, "bidder1")
    groups = [body["header"]["groups"][0], {**body["header"]["groups"][1], "officers": []}]
    path = f"/lots/{published.code}/submit-bid"
    answer = published.send("bidder1", path, {"header": body["header"] | {"groups": groups}, "sig": "00" * 64}, 400)
    assert "公布" in str(answer["fields"])


SHEETS: list[dict[str, Any]] = [
    {"total": "-1"}, {"total": "1e9"}, {"total": "0"}, {"total": 4.5}, {"total": "99999999999999"},
    {"total": "1.005"}, {"duration_days": 0}, {"files": []}, {"files": [{"name": "a.exe", "content": "TVqQ"}]},
    {"files": [{"name": "a.pdf", "content": "TVqQ"}]}, {"manager": ""}, {"discount": "1"},
]  # fmt: skip


@pytest.mark.parametrize("changed", SHEETS, ids=str)
def test_a_sheet_that_is_filled_in_wrongly_is_not_sealed(app: Flask, changed: dict[str, Any]) -> None:
    with app.test_request_context(), pytest.raises(InvalidInput):
        exchange.load(SheetSchema(), offer("4700000") | changed)


@pytest.mark.parametrize("who", ["owner", "centre", "supervisor", "expert1", "administrator", "bank", "oversight"])
def test_only_bidders_bid(published: Trade, who: str) -> None:
    published.step(who, "submit-bid", offer("4700000"), 403)


def test_before_the_opening_nobody_else_learns_bidder_price_or_count(app: Flask, published: Trade) -> None:
    bond = bank_line(1, published.code, published.clock.now(), amount="100123.45")
    answer = published.step("bank", "receive-bank-lines", {"lines": [bond]})
    assert answer["facts"] == {"received": 1}
    published.step("bidder1", "submit-bid", offer(SECRET_PRICE, manager="钱无双"))
    published.step("bidder2", "register-guarantee", BOND)
    with app.app_context():
        lot = published.lot()
        version, organization = lot.version, published.people["bidder1"].organization_id
        bid = db.session.scalars(select(Bid)).one()
    amounts = ("4711223", "4,711,223", "100123", "100,123")
    secrets = ("第1建设", "第2建设", "钱无双", bid.envelope, str(organization), *amounts)
    pages = [
        f"/lots/{published.code}", f"/lots/{published.code}/documents", "/lots", "/notices", "/my-work", "/",
        f"/lots/{published.code}/clarify", f"/lots/{published.code}/suspend", f"/lots/{published.code}/terminate",
        f"/api/v1/lots/{published.code}/my-bid", f"/lots/{published.code}/my-bid", "/inbox",
    ]  # fmt: skip
    for who in (None, "owner", "centre", "supervisor", "authority", "bank", "administrator", "bidder3", "expert1"):
        browser = client_as(app, published.people[who] if who else None)
        for page in pages:
            text = browser.get(page).get_data(as_text=True)
            found = [one for one in secrets if one in text]
            assert not found, (who, page, found)
    published.step("bidder1", "submit-bid", offer("4600000"))
    with app.app_context():
        assert published.lot().version == version
    own = client_as(app, published.people["bidder1"]).get(f"/lots/{published.code}/my-bid").text
    assert bid.envelope in own and "100,123.45" in own


def test_neither_files_nor_database_hold_a_readable_price(app: Flask, published: Trade) -> None:
    published.step("bidder1", "submit-bid", offer(SECRET_PRICE, manager="钱无双"))
    hidden = (b"4711223", "钱无双".encode())
    kept = [file for file in (app.config["TRADING_DATA_DIR"] / "files").rglob("*") if file.is_file()]
    assert kept
    for file in kept:
        assert not any(secret in file.read_bytes() for secret in hidden)
    with app.app_context():
        rows = [one.entry + (one.body or "") for one in db.session.scalars(select(LedgerEntry))]
        columns = [column.name for column in Bid.__table__.columns]
        rows += [repr([getattr(one, name) for name in columns]) for one in db.session.scalars(select(Bid))]
    assert not any("4711223" in row or "钱无双" in row for row in rows)


def test_the_bid_page_says_who_can_read_a_bid(app: Flask, published: Trade) -> None:
    page = client_as(app, published.people["bidder1"]).get(f"/lots/{published.code}/submit-bid").text
    assert "平台在开标前无法读取" in page and "受信任" not in page


@pytest.mark.parametrize(
    ("changed", "matched", "counts"),
    [
        ({}, True, True),
        ({"remark": "投标保证金"}, False, None),
        ({"payer_account": "9999"}, True, False),
        ({"payer_account": "9999", "payer_name": "某公司"}, False, None),
    ],
)
def test_the_machine_matches_by_basic_account_and_lot_code(
    app: Flask, published: Trade, changed: dict[str, Any], matched: bool, counts: bool | None
) -> None:
    line = bank_line(1, published.code, published.clock.now(), **changed)
    published.step("bank", "receive-bank-lines", {"lines": [line]})
    with app.app_context():
        row = db.session.scalars(select(BankLine)).one()
        assert (row.organization_id is not None) is matched and row.from_basic_account is counts
        assert row.match_reason


def test_the_bank_sends_csv_and_a_line_sent_twice_is_kept_once(app: Flask, published: Trade) -> None:
    published.clock.set(at(date(2026, 3, 6)))
    row = f"R-1,第1建设有限公司,62220001,100000.00,2026-03-05T10:00:00,{published.code}"
    text = f"reference,payer_name,payer_account,amount,paid_at,remark\n{row}\n"
    for told in ({"received": 1}, {"received": 1, "known": 1}):
        assert published.step("bank", "receive-bank-lines", {"csv": text})["facts"] == told
    with app.app_context():
        assert len(db.session.scalars(select(BankLine)).all()) == 1
    published.step("bank", "receive-bank-lines", {"csv": "a,b\n1,2"}, 400)
    published.step("bank", "receive-bank-lines", {"csv": text.replace("100000.00", "viel")}, 400)
    published.step("bank", "receive-bank-lines", {}, 400)
    published.step("owner", "receive-bank-lines", {"csv": text}, 403)


def test_an_unmatched_line_is_settled_after_the_opening_alone(app: Flask) -> None:
    trade = a_lot(app, people(app))
    lines = [bank_line(number, trade.code, trade.clock.now()) for number in (1, 2, 3)]
    lines[2]["remark"] = "货款"
    trade.step("bank", "receive-bank-lines", {"lines": lines})
    for number, total in enumerate(("4700000", "4800000", "4900000"), 1):
        trade.step(f"bidder{number}", "submit-bid", offer(total))
    with app.app_context():
        line = db.session.scalars(select(BankLine.id).where(BankLine.organization_id.is_(None))).one()
    third = trade.people["bidder3"].organization_id
    trade.step("centre", f"settle-bank-line/{line}", {"reason": "查实"}, 409)
    trade.clock.set(trade.deadline())
    trade.tick()
    trade.step("owner", "open-bids")
    with app.app_context():
        assert db.session.scalars(select(Bid.rejected_clause).where(Bid.organization_id == third)).one() is None
    wrong = trade.people["bidder5"].organization_id
    trade.step("centre", f"settle-bank-line/{line}", {"organization": wrong, "reason": "查实"}, 400)
    trade.step("centre", f"settle-bank-line/{line}", {"organization": third, "reason": "银行查实为第3建设"})
    trade.step("centre", f"settle-bank-line/{line}", {"organization": third, "reason": "再次"}, 422)
    with app.app_context():
        assert db.session.scalars(select(BankLine.from_basic_account).where(BankLine.id == line)).one() is True


def test_bidding_is_closed_at_the_deadline_however_late_the_clock_comes_round(app: Flask) -> None:
    trade = a_lot(app, people(app))
    for number in (1, 2, 3):
        trade.step(f"bidder{number}", "submit-bid", offer(f"4{number}00000"))
    trade.clock.set(trade.deadline() + timedelta(hours=5))
    trade.tick()
    trade.tick()
    with app.app_context():
        lot = trade.lot()
        assert lot.status is Status.BID_CLOSED and lot.closed_at == lot.bid_deadline
    closed = bodies(app, "tender.closed")
    assert len(closed) == 1 and closed[0]["count"] == 3 and len(closed[0]["bids_root"]) == 64
