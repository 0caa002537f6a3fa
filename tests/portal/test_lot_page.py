"""The page of a lot: who sees what and when; nothing secret before its time, nobody's own things to others."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update

from tests.builders import client_as, people
from tests.portal.records import DAY, make_bid, make_lots, user
from trading.codelists import (
    DocumentKind,
    FilingAnswer,
    ObjectionTarget,
    Role,
    Severity,
    Status,
)
from trading.database import db, transaction
from trading.ledger.log import append
from trading.models import Alarm, Award, BankLine, Document, Filing, Lot, Objection, OpeningRecord

SECRET = ("submit_bid", "receive_bank_lines", "register_guarantee", "ask")


@pytest.fixture
def tender(app):
    """A published lot with one bid, one bond, one objection, one alarm, files and a record; and who looks at it."""
    (code,) = make_lots(app, {"name": "保密工程", "ceiling": Decimal("4900000")})
    leaves = {}
    with app.app_context(), transaction(db.session):
        lot = db.session.scalars(select(Lot).where(Lot.code == code)).unique().one()
        bidder = user("bidder1")
        common = {"lot_id": lot.id, "added_at": DAY, "added_by_id": bidder.id, "media_type": "application/pdf"}
        files = ((DocumentKind.TENDER_DOCUMENT, "招标文件.pdf", True), (DocumentKind.FUNDS, "资金证明.pdf", False),
                 (DocumentKind.EVIDENCE, "保函扫描件.pdf", False))  # fmt: skip
        for kind, name, public in files:
            db.session.add(Document(kind=kind, name=name, public=public, sha256="0" * 64, size=9, **common))
        make_bid(lot, "bidder1", Decimal("4567890.12"))
        db.session.add_all([
            BankLine(lot_id=lot.id, reference="L1", payer_name="第1建设有限公司", payer_account="62", paid_at=DAY,
                     received_at=DAY, organization_id=bidder.organization_id, amount=Decimal(100_000)),
            Objection(lot_id=lot.id, target=ObjectionTarget.DOCUMENTS, objector_id=user("bidder2").organization_id,
                      raised_by_id=user("bidder2").id, text="资格条件过高", raised_at=DAY, in_time=True, suspends=False,
                      answer_due_at=DAY + timedelta(days=3)),
            Alarm(lot_id=lot.id, condition="R07.C16", severity=Severity.AMBER, expected="免费", actual="收费",
                  raised_at=DAY),
        ])  # fmt: skip
        for step, who in (("announce", "owner-aa"), *((step, "bidder-bb") for step in SECRET)):
            body = {"step": step, "from": "published", "to": "published", "verdicts": []}
            leaves[step] = append(db.session, code, "step.taken", who, body, DAY).leaf.hex()
        leaves["bid"] = append(db.session, code, "bid.received", "bidder-bb", {"envelope": "e"}, DAY).leaf.hex()
    return SimpleNamespace(code=code, leaves=leaves, people=people(app))


def page(app, tender, login=None, path=""):
    client = client_as(app, tender.people[login] if login else None)
    answer = client.get(f"/lots/{tender.code}{path}")
    assert answer.status_code == 200
    return answer.text


def open_the_lot(app, tender):
    """As after the opening."""
    with app.app_context(), transaction(db.session):
        at = DAY + timedelta(days=22)
        change = {"status": Status.OPENED, "opened_at": at, "closed_at": at}
        db.session.execute(update(Lot).where(Lot.code == tender.code).values(**change))
        lot = db.session.scalars(select(Lot).where(Lot.code == tender.code)).unique().one()
        db.session.add(
            OpeningRecord(lot_id=lot.id, presided_by_id=user("owner").id, started_at=at, digest="0" * 64,
                          open_until=at + timedelta(minutes=10), read_out=[])
        )  # fmt: skip
        make_bid(lot, "bidder3", Decimal("4700000.00"), opened_at=at)


READERS = (None, "bidder2", "owner", "agency", "centre", "supervisor", "oversight", "authority", "bank", "expert1")


@pytest.mark.parametrize("login", READERS)
def test_before_the_opening_nobody_else_learns_of_a_bid_or_bond(app, tender, login):
    for path in ("", "/record"):
        text = page(app, tender, login, path)
        assert "第1建设有限公司" not in text
        assert "4,567,890.12" not in text
        assert "递交投标文件</p>" not in text
        assert all(tender.leaves[name] not in text for name in (*SECRET, "bid"))
        assert "保函扫描件" not in text
    client = client_as(app, tender.people[login] if login else None)
    told = client.get(f"/api/v1/lots/{tender.code}").json
    assert (told["own_bids"], told["opening"]) == ([], [])
    assert [one["step"] for one in told["steps_taken"]] == ["announce"]


def test_a_bidder_sees_its_own_bid_and_bond_before_the_opening(app, tender):
    text = page(app, tender, "bidder1")
    assert "我的投标" in text
    assert "100,000.00" in text
    assert "只有您能看到" in text


def test_after_the_opening_everybody_reads_the_record_and_the_secret_entries(app, tender):
    open_the_lot(app, tender)
    text = page(app, tender)
    assert "4,700,000.00" in text
    assert "第3建设有限公司" in text
    shown = page(app, tender, None, "/record")
    assert all(leaf in shown for leaf in tender.leaves.values())


def test_before_the_opening_the_record_carries_no_numbers_that_would_count_the_bids(app, tender):
    text = page(app, tender, None, "/record")
    assert tender.leaves["announce"] in text
    assert text.count('class="fingerprint"') == 1


@pytest.mark.parametrize(
    ("login", "named"),
    [(None, False), ("bidder1", False), ("bidder2", True), ("owner", True), ("supervisor", True), ("bank", False)],
)
def test_the_objector_is_named_only_to_those_who_handle_the_objection(app, tender, login, named):
    text = page(app, tender, login)
    assert "资格条件过高" in text
    assert ("第2建设有限公司" in text.partition("资格条件过高")[2]) is named


@pytest.mark.parametrize(("login", "shown"), [(None, False), ("bidder1", False), ("owner", True), ("supervisor", True)])
def test_alarms_and_inner_files_are_for_those_inside(app, tender, login, shown):
    text = page(app, tender, login)
    assert "招标文件.pdf" in text
    assert ("资金证明.pdf" in text) is shown
    assert ("现状：收费" in text) is shown


def test_the_award_is_told_when_its_notice_is_out(app, tender):
    open_the_lot(app, tender)
    with app.app_context(), transaction(db.session):
        lot = db.session.scalars(select(Lot).where(Lot.code == tender.code)).unique().one()
        bid = make_bid(lot, "bidder4", Decimal("4500000"), rank=1)
        db.session.add(
            Award(lot_id=lot.id, organization_id=bid.organization_id, bid_id=bid.id, rank=1, price=bid.total,
                  base=Decimal(4_900_000), base_kind="ceiling", saved=Decimal(400_000), project_type="works",
                  confirmed_at=DAY)
        )  # fmt: skip
        db.session.execute(update(Lot).where(Lot.id == lot.id).values(status=Status.CONFIRMED, confirmed_at=DAY))
    assert "第4建设有限公司" not in page(app, tender)
    assert "第4建设有限公司" in page(app, tender, "owner")
    with app.app_context(), transaction(db.session):
        db.session.execute(update(Lot).where(Lot.code == tender.code).values(status=Status.AWARDED, awarded_at=DAY))
    text = page(app, tender)
    assert "第4建设有限公司" in text
    assert "肆佰伍拾万元整" in text


def test_a_fingerprint_is_looked_up_and_tells_no_secret(app, client, tender):
    shown = client.get(f"/verify?leaf={tender.leaves['announce']}").text
    assert tender.code in shown
    for name in (*SECRET, "bid"):
        hidden = client.get(f"/verify?leaf={tender.leaves[name]}").text
        assert "有此记录" in hidden
        assert tender.code not in hidden
    assert "没有这个指纹" in client.get(f"/verify?leaf={'f' * 64}").text
    assert client.get("/verify?leaf=xyz").status_code == 400
    open_the_lot(app, tender)
    assert tender.code in client.get(f"/verify?leaf={tender.leaves['submit_bid']}").text


def test_a_retender_and_the_attempt_before_it_lead_to_each_other(app, client):
    first, second, hidden = make_lots(app, {"status": Status.FAILED}, {"attempt": 2}, {})
    with app.app_context(), transaction(db.session):
        before = select(Lot.id).where(Lot.code == first).scalar_subquery()
        db.session.execute(update(Lot).where(Lot.code == second).values(previous_id=before))
        later = select(Lot.id).where(Lot.code == second).scalar_subquery()
        draft = {"previous_id": later, "published_at": None, "status": Status.DRAFT}
        db.session.execute(update(Lot).where(Lot.code == hidden).values(**draft))
    assert f'href="/lots/{second}"' in client.get(f"/lots/{first}").text
    assert f'href="/lots/{first}"' in client.get(f"/lots/{second}").text
    assert hidden not in client.get(f"/lots/{second}").text


def test_a_clerk_finds_open_tasks_in_due_order_with_the_overdue_marked(app, clock, tender):
    codes = make_lots(app, *[{"status": Status.REGISTERED, "published_at": None} for _ in range(3)])
    with app.app_context(), transaction(db.session):
        for code, days in zip(codes, (5, -1, 2), strict=True):
            lot = db.session.scalars(select(Lot).where(Lot.code == code)).unique().one()
            due = clock.now() + timedelta(days=days)
            db.session.add(
                Filing(lot_id=lot.id, round=1, submitted_at=DAY, submitted_by_id=user("owner").id,
                       documents_digest="0" * 64, answer_due_at=due)
            )  # fmt: skip
    text = client_as(app, tender.people["supervisor"]).get("/my-work").text
    places = [text.index(codes[number]) for number in (1, 2, 0)]
    assert places == sorted(places)
    assert text.count("已逾期") == 1
    with app.app_context(), transaction(db.session):
        db.session.execute(update(Filing).values(answer=FilingAnswer.NO_ISSUE, answered_at=DAY))
    assert codes[0] not in client_as(app, tender.people["supervisor"]).get("/my-work").text


def test_everybody_who_can_log_in_has_a_page_of_work(app, tender):
    for login in ("owner", "agency", "centre", "supervisor", "authority", "oversight", "bank", "opening_officer",
                  "administrator", "bidder1", "expert1"):  # fmt: skip
        assert client_as(app, tender.people[login]).get("/my-work").status_code == 200


def test_the_task_list_counts_what_stands_in_the_way_and_names_the_rule(app, tender):
    (code,) = make_lots(app, {"status": Status.REGISTERED, "published_at": None, "registered_at": DAY})
    with app.app_context(), transaction(db.session):
        lot = db.session.scalars(select(Lot).where(Lot.code == code)).unique().one()
        db.session.add(
            Filing(lot_id=lot.id, round=1, submitted_at=DAY, submitted_by_id=user("owner").id,
                   documents_digest="0" * 64, answer_due_at=DAY + timedelta(days=5))
        )  # fmt: skip
    text = client_as(app, tender.people["owner"]).get(f"/lots/{code}").text
    assert "尚不能办理" in text
    assert "R03.C15" in text


def test_metrics_are_for_this_machine_alone(client):
    client.get("/lots")
    own = client.get("/metrics")
    assert 'trading_requests_total{endpoint="portal.lots",status="200"}' in own.text
    assert client.get("/metrics", environ_overrides={"REMOTE_ADDR": "10.0.0.8"}).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.8"}).status_code == 404
    assert client.get("/healthz").json == {"status": "ok"}


def test_the_rules_page_names_todays_numbers_and_says_so(client):
    text = client.get("/rules").text
    assert "今日施行的数值" in text
    assert "R07.C3" in text
    assert "2026年3月2日" in text


def test_me_tells_who_is_calling(app, client, tender):
    assert client.get("/api/v1/me").status_code == 401
    told = client_as(app, tender.people["bidder1"]).get("/api/v1/me").json
    assert (told["role"], told["may_bid"]) == (Role.BIDDER.value, True)


def test_an_unknown_address_is_answered_in_the_readers_language(client):
    assert "没有这个页面" in client.get("/nowhere").text
    assert client.get("/api/v1/nowhere").json["status"] == 404
