"""A payment names its bidder by its account; doubles and broken lines move nothing; guarantees are checked 保证金."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, bank_line, client_as, offer, people
from tests.phases.deposit_files import HEAD, account, kept, line, owner_of, profile, statement, upload
from tests.phases.papers import paper
from trading.beijing import at
from trading.codelists import Status
from trading.database import db
from trading.models import Alarm, BankLine, DepositMovement, Guarantee, LedgerEntry
from trading.phases.process_supervision.deposits import bond_lines
from trading.workflow.deposit_record import balance, held, movements_of
from trading.workflow.watch import patrol

RECEIVE = "receive-bank-lines"
POLICY = {
    "form": "insurance", "issuer": "某财产保险公司", "number": "PBXX-2026/001", "amount": "100000",
    "valid_until": "2026-12-31",
}  # fmt: skip


@pytest.fixture
def published(app: Flask) -> Trade:
    """A published lot, on the sixth of March."""
    trade = a_lot(app, people(app))
    trade.clock.set(at(date(2026, 3, 6), 9))
    return trade


def test_every_bidder_reads_one_account_a_lot_and_it_tells_nobody_who_bids(app: Flask, published: Trade) -> None:
    numbers = {account(app, published, f"bidder{number}") for number in (1, 2, 3)}
    assert len(numbers) == 3 and account(app, published, "bidder1") in numbers
    with app.app_context():
        assert db.session.scalars(select(BankLine)).all() == []
    for who in ("bank", "centre", "owner", "supervisor", "administrator"):
        browser = client_as(app, published.people[who])
        assert browser.get(f"/api/v1/lots/{published.code}/my-bid").status_code == 403
        for page in (f"/lots/{published.code}", f"/lots/{published.code}/bonds", "/my-work", "/deposits/refunds"):
            assert not any(number in browser.get(page).text for number in numbers)
    own = client_as(app, published.people["bidder1"]).get(f"/lots/{published.code}/my-bid").text
    assert account(app, published, "bidder1") in own and account(app, published, "bidder2") not in own


def test_before_the_notice_there_is_no_account(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.METHOD_FIXED)
    assert client_as(app, trade.people["bidder1"]).get(f"/api/v1/lots/{trade.code}/my-bid").status_code == 404


def test_the_account_alone_says_whose_a_payment_is_and_the_reason_is_kept(app: Flask, published: Trade) -> None:
    layout = profile(app, published)
    mine = account(app, published, "bidder2")
    rows = (line(1, virtual=mine, remark="货款"), line(2, virtual=mine), line(3, remark=published.code))
    receipt = published.step("bank", RECEIVE, {"profile": layout, "statement": statement(*rows)})
    assert receipt["facts"] == {"received": 3}
    found = kept(app)
    assert [owner_of(app, row) for row in found] == ["第2建设有限公司", "第2建设有限公司", "第3建设有限公司"]
    assert [row.from_basic_account for row in found] == [False, True, True]
    assert "专用账号" in found[0].match_reason and "不计入" in found[0].match_reason
    assert "基本账户" in found[2].match_reason


@pytest.mark.parametrize(
    ("number", "said"),
    [("8816000000000000000", "校验不符"), ("abc", "校验不符")],
)
def test_an_account_that_is_not_of_this_lot_matches_nobody(
    app: Flask, published: Trade, number: str, said: str
) -> None:
    rows = {"profile": profile(app, published), "statement": statement(line(1, virtual=number, remark=published.code))}
    published.step("bank", RECEIVE, rows)
    (row,) = kept(app)
    assert row.organization_id is None and said in row.match_reason


def test_what_is_sent_twice_is_known_and_kept_once(app: Flask, published: Trade) -> None:
    sent = {"profile": profile(app, published), "statement": statement(line(1), line(2))}
    assert published.step("bank", RECEIVE, sent)["facts"] == {"received": 2}
    sent["statement"] = statement(line(1), line(2), line(3))
    assert published.step("bank", RECEIVE, sent)["facts"] == {"received": 3, "known": 2}
    assert [row.reference for row in kept(app)] == ["S-1", "S-2", "S-3"]
    with app.app_context():
        lot = published.lot()
        assert balance(movements_of(db.session, lot)) == held(db.session, lot) == Decimal("300000.00")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((line(1), line(1)), "第3行：流水号与第2行重复"),
        ((line(1), line(1, reference="S-9")), "第3行：内容与第2行完全相同"),
        ((line(8, amount="5.00"),), "第2行：流水号此前已经登记，而内容不同"),
        ((line(8, reference="S-9"),), "第2行：内容与此前登记的流水完全相同"),
        ((line(1), line(2, amount="-1")), "第3行：金额“-1”应为正数"),
        ((line(1), line(2, currency="USD")), "第3行：币种“USD”不是人民币"),
        ((line(1), line(2, at="2026-03-06 09:00:01")), "第3行：到账时间晚于现在"),
        ((line(1), "S-2,短行"), "第3行：列数与表头不符"),
    ],
)
def test_a_file_with_one_bad_line_moves_nothing(app: Flask, published: Trade, rows: tuple[str, ...], said: str) -> None:
    layout = profile(app, published)
    published.step("bank", RECEIVE, {"profile": layout, "statement": statement(line(8))})
    answer = published.step("bank", RECEIVE, {"profile": layout, "statement": statement(*rows)}, 400)
    assert any(one.startswith(said) for one in answer["fields"]["statement"]), answer
    assert [row.reference for row in kept(app)] == ["S-8"]
    with app.app_context():
        assert len(db.session.scalars(select(DepositMovement)).all()) == 1


def test_a_reference_that_another_statement_brings_at_the_same_moment_refuses_the_whole_file(
    app: Flask, published: Trade, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = profile(app, published)
    published.step("bank", RECEIVE, {"profile": layout, "statement": statement(line(2))})
    monkeypatch.setattr(bond_lines, "new_lines", lambda _session, _lot, lines, _faults: lines)
    late = {"profile": layout, "statement": statement(line(1), line(2, amount="7.00"), line(3))}
    told = published.step("bank", RECEIVE, late, 400)["fields"]["statement"]
    assert told == ["第3行：流水号刚刚由另一份流水登记"]
    assert [(row.reference, row.amount) for row in kept(app)] == [("S-2", Decimal("100000.00"))]
    with app.app_context():
        assert len(db.session.scalars(select(DepositMovement)).all()) == 1


def test_a_bank_file_needs_its_layout_and_ten_megabytes_are_refused(app: Flask, published: Trade) -> None:
    layout = profile(app, published)
    assert "profile" in published.step("bank", RECEIVE, {"statement": statement(line(1))}, 400)["fields"]
    assert (
        "profile"
        in published.step("bank", RECEIVE, {"profile": "f" * 20, "statement": statement(line(1))}, 400)["fields"]
    )
    nonsense = upload(HEAD + "\n" + "x,y\n" * 2_500_000)
    told = published.step("bank", RECEIVE, {"profile": layout, "statement": nonsense}, 400)["fields"]["statement"]
    assert told == ["文件超过2MB"] and kept(app) == []
    both = {
        "profile": layout,
        "statement": statement(line(1)),
        "lines": [bank_line(1, published.code, published.clock.now())],
    }
    assert "statement" in published.step("bank", RECEIVE, both, 400)["fields"]


def test_json_lines_of_the_future_or_the_same_twice_are_refused_too(app: Flask, published: Trade) -> None:
    now = published.clock.now()
    late = bank_line(1, published.code, now + timedelta(seconds=1))
    assert published.step("bank", RECEIVE, {"lines": [late]}, 400)["fields"]["lines"] == ["第1行：到账时间晚于现在"]
    twice = [bank_line(1, published.code, now), bank_line(1, published.code, now)]
    assert "第2行" in published.step("bank", RECEIVE, {"lines": twice}, 400)["fields"]["lines"][0]
    for amount in ("0", "-5", "1.005", 1.5):
        body = {"lines": [bank_line(1, published.code, now, amount=amount)]}
        assert "lines" in published.step("bank", RECEIVE, body, 400)["fields"]
    assert kept(app) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"valid_until": "2026-02-28"}, "valid_until"),
        ({"amount": "99999.99"}, "amount"),
        ({"number": "——"}, "number"),
        ({"form": "transfer"}, "form"),
    ],
)
def test_a_guarantee_that_cannot_serve_is_refused_by_its_field(
    published: Trade, changed: dict[str, str], field: str
) -> None:
    assert field in published.step("bidder1", "register-guarantee", POLICY | changed, 400)["fields"]
    published.step("bidder1", "register-guarantee", POLICY)


def test_a_guarantee_lasts_as_long_as_the_bids(published: Trade) -> None:
    until = published.deadline().date() + timedelta(days=90)
    short = POLICY | {"valid_until": str(until - timedelta(days=1))}
    assert "valid_until" in published.step("bidder1", "register-guarantee", short, 400)["fields"]
    published.step("bidder1", "register-guarantee", POLICY | {"valid_until": str(until)})


@pytest.mark.parametrize("number", ["PBXX-2026/001", "pbxx 2026 001", "ＰＢＸＸ２０２６００１"])
def test_a_policy_number_serves_once_and_nobody_is_told_whose_it_is(published: Trade, number: str) -> None:
    published.step("bidder1", "register-guarantee", POLICY)
    answer = published.step("bidder2", "register-guarantee", POLICY | {"number": number}, 400)
    assert "number" in answer["fields"] and "第1建设" not in str(answer)
    published.step("bidder1", "register-guarantee", POLICY | {"number": number, "amount": "120000"})


def test_an_issuer_off_the_list_is_flagged_and_not_refused(app: Flask, published: Trade) -> None:
    listed = published.send("centre", "/deposits/issuers/new", {"name": POLICY["issuer"], "form": "insurance"})["id"]
    assert published.step("bidder1", "register-guarantee", POLICY)["facts"]["issuer_listed"] is True
    published.send("centre", f"/deposits/issuers/{listed}/end")
    other = POLICY | {"number": "P-2"}
    assert published.step("bidder2", "register-guarantee", other)["facts"]["issuer_listed"] is False
    published.send("owner", "/deposits/issuers/new", {"name": "x", "form": "insurance"}, 403)


def opened(app: Flask) -> Trade:
    """A lot that is opened; bidder1 to bidder3 have paid, bidder3 gave a policy beside."""
    trade = a_lot(app, people(app))
    trade.clock.set(at(date(2026, 3, 6), 9))
    lines = [bank_line(number, trade.code, trade.clock.now()) for number in (1, 2, 3)]
    trade.step("bank", RECEIVE, {"lines": lines})
    trade.step("bidder3", "register-guarantee", POLICY)
    for number, total in enumerate(("4700000", "4800000", "4900000"), 1):
        trade.step(f"bidder{number}", "submit-bid", offer(total))
    trade.clock.set(trade.deadline())
    trade.tick()
    trade.step("owner", "open-bids")
    return trade


def row_of(app: Flask, model: type[BankLine] | type[Guarantee], trade: Trade, who: str) -> BankLine | Guarantee:
    """The line or guarantee of a bidder."""
    with app.app_context():
        home = trade.people[who].organization_id
        return db.session.scalars(select(model).where(model.organization_id == home)).one()


def test_what_the_bank_really_paid_needs_its_reason_where_it_differs(app: Flask) -> None:
    trade = opened(app)
    first = row_of(app, BankLine, trade, "bidder1").id
    told = trade.step("centre", f"refund-bond/{first}", {"bank_interest": "30.00"}, 400)
    assert "20.42" in told["fields"]["difference"][0]
    trade.step("centre", f"refund-bond/{first}", {"bank_interest": "30.00", "difference": "银行按季结息"})
    row = row_of(app, BankLine, trade, "bidder1")
    assert (row.interest, row.interest_due) == (Decimal("30.00"), Decimal("20.42"))
    assert row.derivation[0]["days"] == 21 and row.interest_difference == "银行按季结息"
    second = row_of(app, BankLine, trade, "bidder2").id
    for wrong in ("2026-03-01T09:00:00", "2026-04-30T09:00:00"):
        assert "paid_at" in trade.step("centre", f"refund-bond/{second}", {"paid_at": wrong}, 400)["fields"]
    trade.step("centre", f"refund-bond/{second}", {"paid_at": "2026-03-26T09:00:00"})
    assert row_of(app, BankLine, trade, "bidder2").interest == Decimal("19.44")
    page = client_as(app, trade.people["centre"]).get(f"/lots/{trade.code}/bonds").text
    assert "银行按季结息" in page and "100,000.00元 × 0.35% × 21天 ÷ 360" in page
    english = client_as(app, trade.people["centre"]).get(f"/lots/{trade.code}/bonds?lang=en").text
    assert "0.35%" in english and "保证金台账" not in english
    with app.app_context():
        lot = trade.lot()
        assert balance(movements_of(db.session, lot)) == held(db.session, lot) == Decimal("100000.00")


def test_a_deposit_is_kept_by_the_owner_and_leaves_the_account_for_who_gets_it(app: Flask) -> None:
    trade = opened(app)
    decided = {"ground": "withdrawn_late", "explanation": "开标后书面撤销", "evidence": [paper("letter.pdf")]}
    first = row_of(app, BankLine, trade, "bidder1").id
    trade.step("agency", f"forfeit-bond/{first}", decided, 403)
    assert "ground" in trade.step("owner", f"forfeit-bond/{first}", decided | {"ground": "collusion"}, 400)["fields"]
    trade.step("owner", f"forfeit-bond/{first}", decided)
    row = row_of(app, BankLine, trade, "bidder1")
    assert row.forfeited_to.value == "owner" and row.forfeited_at == trade.clock.now()
    trade.step("owner", f"forfeit-bond/{first}", decided, 422)
    trade.step("centre", f"refund-bond/{first}", {}, 422)
    policy = row_of(app, Guarantee, trade, "bidder3").id
    trade.step("owner", f"forfeit-bond/{policy}", decided)
    trade.step("centre", f"return-guarantee/{policy}", {}, 422)
    assert row_of(app, Guarantee, trade, "bidder3").claim_ground == "withdrawn_late"
    with app.app_context():
        lot = trade.lot()
        kinds = [one.kind for one in db.session.scalars(select(LedgerEntry).where(LedgerEntry.chain == trade.code))]
        assert balance(movements_of(db.session, lot)) == held(db.session, lot) == Decimal("200000.00")
    assert {"bond.forfeited", "bond.claimed"} <= set(kinds)


def test_a_guarantee_is_returned_once(app: Flask) -> None:
    trade = opened(app)
    policy = row_of(app, Guarantee, trade, "bidder3").id
    trade.step("centre", f"return-guarantee/{policy}")
    trade.step("centre", f"return-guarantee/{policy}", {}, 422)
    trade.step("centre", f"return-guarantee/{'f' * 20}", {}, 404)


def test_a_bond_of_works_becomes_no_price(app: Flask) -> None:
    trade = opened(app)
    first = row_of(app, BankLine, trade, "bidder1").id
    with app.app_context():
        trade.lot().status = Status.AWARDED
        db.session.commit()
    trade.step("centre", f"transfer-deposit/{first}", {"use": "price"}, 403)


def test_the_bank_pays_a_withdrawn_bond_back_while_the_payers_are_sealed(app: Flask, published: Trade) -> None:
    lines = [bank_line(number, published.code, published.clock.now()) for number in (1, 2)]
    published.step("bank", RECEIVE, {"lines": lines})
    for number in (1, 2):
        published.step(f"bidder{number}", "submit-bid", offer("4700000"))
    first, second = (row_of(app, BankLine, published, f"bidder{number}").id for number in (1, 2))
    published.step("bank", f"refund-withdrawn/{first}", {}, 404)
    published.step("bidder1", "withdraw-bid")
    published.clock.advance(timedelta(days=1))
    published.step("centre", f"refund-withdrawn/{first}", {}, 403)
    published.step("bank", f"refund-withdrawn/{first}")
    published.step("bank", f"refund-withdrawn/{second}", {}, 404)
    row = row_of(app, BankLine, published, "bidder1")
    assert row.refunded_at == published.clock.now() and row.interest == Decimal("0.97")


def alarms(app: Flask) -> list[tuple[str, str]]:
    """The alarms of all lots: condition, what it is about."""
    with app.app_context():
        return [(one.condition, one.about) for one in db.session.scalars(select(Alarm).order_by(Alarm.about))]


def test_a_balance_that_differs_from_the_banks_opens_an_alarm_once_the_payers_may_be_told(app: Flask) -> None:
    trade = a_lot(app, people(app))
    trade.clock.set(at(date(2026, 3, 6), 9))
    lines = [bank_line(number, trade.code, trade.clock.now()) for number in (1, 2, 3)]
    trade.step("bank", RECEIVE, {"lines": lines})
    trade.step("bank", "report-balance", {"day": "2026-03-06", "balance": "299999.99"})
    assert "day" in trade.step("bank", "report-balance", {"day": "2026-03-07", "balance": "1"}, 400)["fields"]
    assert "balance" in trade.step("bank", "report-balance", {"day": "2026-03-06", "balance": "-1"}, 400)["fields"]
    assert alarms(app) == []
    for number, total in enumerate(("4700000", "4800000", "4900000"), 1):
        trade.step(f"bidder{number}", "submit-bid", offer(total))
    trade.clock.set(trade.deadline())
    trade.tick()
    trade.step("owner", "open-bids")
    assert ("R09.C11", "balance-2026-03-06") not in alarms(app)
    with app.app_context():
        patrol(db.session, trade.clock.now(), app.extensions["tools"])
    assert ("R09.C11", "balance-2026-03-06") in alarms(app)
    trade.step("bank", "report-balance", {"day": "2026-03-07", "balance": "300000.00"})
    trade.step("bank", "report-balance", {"day": "2026-03-08", "balance": "0"})
    assert [about for _id, about in alarms(app) if about.startswith("balance")] == [
        "balance-2026-03-06", "balance-2026-03-08",
    ]  # fmt: skip


def test_a_book_that_departs_from_its_lines_opens_an_alarm(app: Flask) -> None:
    trade = opened(app)
    with app.app_context():
        db.session.delete(db.session.scalars(select(DepositMovement).limit(1)).one())
        db.session.commit()
        patrol(db.session, trade.clock.now(), app.extensions["tools"])
    assert ("R09.C11", "book") in alarms(app)
