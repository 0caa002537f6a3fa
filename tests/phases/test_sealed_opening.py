"""When something goes wrong with the sealing 密封开标的失败情形: each case of the plan, and never a bid more lost."""

from __future__ import annotations

import copy
import json
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import OFFICERS, Trade, a_lot, client_as, offer, people
from trading.codelists import Status
from trading.database import db
from trading.models import Bid, LedgerEntry, OpeningShare
from trading.sealing import ptbid
from trading.sealing.contents import Place, inner_of, price_sheet
from trading.sealing.headers import envelope_id

TOTALS = ("4700000", "4800000", "4900000")
FIRST, OTHER, SECOND = OFFICERS


@pytest.fixture
def published(app: Flask) -> Trade:
    """A published lot with two groups of officers: one of two, and one of one."""
    return a_lot(app, people(app))


def closed(trade: Trade, bidders: int = 3) -> Trade:
    """The lot closed, with the ordinary bids of the first bidders beside whatever came before."""
    for number, total in zip(range(1, bidders + 1), (*TOTALS, "4850000"), strict=False):
        trade.step(f"bidder{number}", "submit-bid", offer(total))
    trade.clock.set(trade.deadline())
    trade.tick()
    return trade


def opening(trade: Trade, status: int = 200, **data: Any) -> dict[str, Any]:
    """The presider opens, without anybody handing anything in beforehand."""
    return trade.send("owner", f"/lots/{trade.code}/open-bids", data, status)


def hand_in(trade: Trade, login: str, status: int = 200, **changed: Any) -> dict[str, Any]:
    """An officer unwraps what he can and hands it in; ``changed`` replaces rows by envelope."""
    rows = []
    with trade.app.app_context():
        for bid in db.session.scalars(select(Bid).where(Bid.current.is_(True))):
            officer = trade.people[login].signer
            try:
                y = ptbid.unwrap(bid.header, officer, trade.hands.identity(officer)).hex()
                row: dict[str, Any] = {"envelope": bid.envelope, "value": y, "fault": None}
            except ptbid.ShareFault as fault:
                row = {"envelope": bid.envelope, "value": None, "fault": fault.zh[:60]}
            rows.append(changed.get(bid.envelope, row))
    return trade.send(login, f"/lots/{trade.code}/hand-in-shares", {"shares": rows}, status)


def bid_of(trade: Trade, login: str) -> Bid:
    """The bid of a bidder that counts."""
    with trade.app.app_context():
        db.session.expire_all()
        query = select(Bid).where(Bid.current, Bid.organization_id == trade.people[login].organization_id)
        return db.session.scalars(query).one()


def bodies(trade: Trade, kind: str) -> list[dict[str, Any]]:
    """The bodies of all entries of a kind."""
    with trade.app.app_context():
        rows = db.session.scalars(select(LedgerEntry.body).where(LedgerEntry.kind == kind).order_by(LedgerEntry.seq))
        return [json.loads(row or "") for row in rows]


def submit(trade: Trade, login: str, header: dict[str, Any], ciphertext: bytes) -> None:
    """A bid sealed by other hands."""
    assert trade.upload(login, header["ct_sha256"], ciphertext).status_code == 201
    trade.step(login, "submit-bid", {"header": header})


def sealed(trade: Trade, login: str, **further: Any) -> ptbid.SealedBid:
    """A bid sealed with the sheet of our own choosing."""
    with trade.app.app_context():
        groups = trade.lot().groups
    place = Place(trade.code, "single", trade.people[login].signer)
    told = {"duration_days": 170, "quality": "合格", "manager": "赵", "manager_certificate": "1"} | further
    return ptbid.seal_sheet(place, groups, price_sheet(place, 480_000_000) | told, filled=False)


def kept(trade: Trade, login: str) -> Path:
    """Where the platform keeps a bidder's ciphertext."""
    name = bid_of(trade, login).ciphertext_sha256
    folder: Path = trade.app.config["TRADING_DATA_DIR"]
    return folder / "files" / name[:2] / name[2:]


def expect_one_bad(trade: Trade, bad: str, said: str) -> dict[str, Any]:
    """The bid of ``bad`` is rejected with a reason, all others are open; the entry of the rejection."""
    for login in ("bidder1", "bidder2", "bidder3"):
        bid = bid_of(trade, login)
        assert (bid.total is None) is (login == bad) and bool(bid.open_failure) is (login == bad)
    (entry,) = bodies(trade, "bid.rejected")
    assert said in entry["reason"] and entry["envelope"] == bid_of(trade, bad).envelope
    assert len(bodies(trade, "bid.opened")) == 2
    with trade.app.app_context():
        assert trade.lot().status is Status.OPENED
    return entry


# -- officers ---------------------------------------------------------------------------------------------------------


def test_any_officers_who_meet_the_threshold_of_every_group_open(published: Trade) -> None:
    closed(published)
    hand_in(published, OTHER)
    assert opening(published, 422)["reason"] == "officers_missing"
    hand_in(published, SECOND)
    assert opening(published)["status"] == "opened"
    opened = bodies(published, "bid.opened")
    assert len(opened) == 3 and all({"key", "inner", "price", "part", "envelope"} == set(one) for one in opened)


def test_the_opening_page_says_live_who_is_still_missing(app: Flask, published: Trade) -> None:
    closed(published)
    browser = client_as(app, None)
    told = browser.get(f"/api/v1/lots/{published.code}/opening").get_json()
    assert not told["ready"] and [one["met"] for one in told["groups"]] == [False, False]
    hand_in(published, FIRST)
    told = browser.get(f"/api/v1/lots/{published.code}/opening").get_json()
    assert [one["met"] for one in told["groups"]] == [True, False] and not told["ready"]
    hand_in(published, SECOND)
    assert browser.get(f"/api/v1/lots/{published.code}/opening").get_json()["ready"]


def test_before_the_opening_neither_page_nor_record_tells_how_many_bids_there_are(app: Flask, published: Trade) -> None:
    closed(published)
    hand_in(published, FIRST)
    told = client_as(app, None).get(f"/api/v1/lots/{published.code}/opening").get_json()
    assert set(told) == {"status", "closed", "opened", "groups", "ready"}
    officer = published.people[FIRST].signer
    assert bodies(published, "document.shares") == [{"officer": officer}]


def test_a_false_share_is_refused_and_the_officer_hands_in_the_true_one(published: Trade) -> None:
    closed(published)
    envelope = bid_of(published, "bidder1").envelope
    false = {"envelope": envelope, "value": "ab" * 32, "fault": None}
    answer = hand_in(published, FIRST, 400, **{envelope: false})
    assert "承诺不符" in str(answer["fields"])
    for value in ("AB" * 32, "ab", "", 5):
        hand_in(published, FIRST, 400, **{envelope: false | {"value": value}})
    hand_in(published, FIRST)
    hand_in(published, SECOND)
    opening(published)
    assert bodies(published, "bid.rejected") == []


def test_every_download_of_wrapped_shares_is_on_record(app: Flask, published: Trade) -> None:
    officer = client_as(app, published.people[FIRST])
    assert officer.get(f"/api/v1/lots/{published.code}/bundle").status_code == 409
    closed(published)
    for _time in range(2):
        answer = officer.get(f"/api/v1/lots/{published.code}/bundle").get_json()
        assert len(answer["envelopes"]) == 3
    assert len(bodies(published, "secret.read")) == 2
    for who in ("owner", "centre", "administrator", "bidder1", "expert1"):
        stranger = client_as(app, published.people[who])
        assert stranger.get(f"/api/v1/lots/{published.code}/bundle").status_code in (403, 404)


def test_shares_before_closing_and_by_strangers_are_not_taken(published: Trade) -> None:
    published.step("bidder1", "submit-bid", offer("4700000"))
    hand_in(published, FIRST, 409)
    closed(published)
    for who in ("centre", "owner", "administrator", "bidder1"):
        published.send(who, f"/lots/{published.code}/hand-in-shares", {"shares": []}, 403)


# -- a whole group lost -----------------------------------------------------------------------------------------------


def supply(trade: Trade, login: str, key: str, status: int = 200) -> dict[str, Any]:
    """A bidder hands in the key he kept."""
    body = {"envelope": bid_of(trade, login).envelope, "key": key}
    return trade.send(login, f"/lots/{trade.code}/supply-bid-key", body, status)


def test_when_a_whole_group_is_lost_the_bidders_own_keys_open_their_bids(published: Trade) -> None:
    keys = {}
    for login in ("bidder1", "bidder2", "bidder3"):
        bid = sealed(published, login)
        submit(published, login, bid.header, bid.ciphertext)
        keys[login] = bid.key.hex()
    closed(published, 0)
    hand_in(published, FIRST)
    supply(published, "bidder1", keys["bidder2"], 400)
    supply(published, "bidder1", "ab" * 31, 400)
    for login, key in keys.items():
        assert opening(published, 422)["reason"] == "officers_missing"
        supply(published, login, key)
    assert opening(published)["status"] == "opened"
    assert len(bodies(published, "bid.opened")) == 3


def test_who_does_not_supply_a_key_in_time_is_taken_as_withdrawn_and_no_earlier(published: Trade) -> None:
    bid = sealed(published, "bidder1")
    submit(published, "bidder1", bid.header, bid.ciphertext)
    other = sealed(published, "bidder2")
    submit(published, "bidder2", other.header, other.ciphertext)
    published.step("bidder3", "submit-bid", offer("4900000"))
    closed(published, 0)
    for login, one in (("bidder1", bid), ("bidder2", other)):
        supply(published, login, one.key.hex())
    published.clock.set(published.deadline() + timedelta(hours=24) - timedelta(seconds=1))
    assert opening(published, 422, go_on=True)["reason"] == "officers_missing"
    published.clock.advance(timedelta(seconds=1))
    assert opening(published, 422)["reason"] == "officers_missing"
    opening(published, go_on=True)
    assert "taken as withdrawn" in expect_one_bad(published, "bidder3", "Too few shares")["reason"]


# -- bidders ----------------------------------------------------------------------------------------------------------


def with_first(
    trade: Trade, header: dict[str, Any], ciphertext: bytes, officers: tuple[str, ...] = (FIRST, SECOND)
) -> None:
    """bidder1 hands in this, the others as usual; bidding closes, the officers come, the presider opens."""
    submit(trade, "bidder1", header, ciphertext)
    for login, total in zip(("bidder2", "bidder3"), TOTALS, strict=False):
        trade.step(login, "submit-bid", offer(total))
    closed(trade, 0)
    for login in officers:
        hand_in(trade, login)
    opening(trade)


def test_a_bad_share_to_one_officer_is_named_and_the_other_officers_open_the_bid(published: Trade) -> None:
    bid = sealed(published, "bidder1")
    bid.header["shares"][0]["wrapped"] = bid.header["shares"][1]["wrapped"]
    with_first(published, bid.header, bid.ciphertext, (FIRST, OTHER, SECOND))
    assert bodies(published, "bid.rejected") == []
    with published.app.app_context():
        faults = db.session.scalars(select(OpeningShare.fault).where(OpeningShare.fault.is_not(None))).all()
    assert len(faults) == 1 and "投标人" in (faults[0] or "")


def test_bad_shares_to_a_whole_group_leave_only_that_bid_closed(published: Trade) -> None:
    bid = sealed(published, "bidder1")
    bid.header["shares"][2]["wrapped"] = bid.header["shares"][1]["wrapped"]
    with_first(published, bid.header, bid.ciphertext)
    entry = expect_one_bad(published, "bidder1", "Too few shares")
    assert "key" not in entry and "inner" not in entry


def test_a_share_that_does_not_follow_from_the_key_is_the_bidder_s_own_rejection(published: Trade) -> None:
    """Committed to, wrapped well, but another: whoever opens finds it (trust.md B.3)."""
    bid = sealed(published, "bidder1")
    header, y = copy.deepcopy(bid.header), bytes(31) + b"\x01"
    share = header["shares"][1]
    ctx = ptbid.context_of(header)
    share["commit"] = ptbid.Share(share["g"], share["o"], share["x"], y).commitment(ctx)
    with_first(published, header, bid.ciphertext)
    expect_one_bad(published, "bidder1", "does not follow from the key")


def test_an_envelope_copied_from_a_rival_opens_to_the_rival_s_name_and_is_rejected(published: Trade) -> None:
    rival = sealed(published, "bidder2")
    submit(published, "bidder2", rival.header, rival.ciphertext)
    copied = copy.deepcopy(rival.header)
    recipient = pyrage.x25519.Recipient.from_str(copied["groups"][0]["officers"][1]["recipient"])
    copied["shares"][1]["wrapped"] = b64encode(pyrage.encrypt(b"nothing", [recipient])).decode()
    assert envelope_id(copied) != rival.envelope
    submit(published, "bidder1", copied, rival.ciphertext)
    published.step("bidder3", "submit-bid", offer("4900000"))
    closed(published, 0)
    hand_in(published, FIRST)
    hand_in(published, SECOND)
    opening(published)
    entry = expect_one_bad(published, "bidder1", "bidder inside")
    assert published.people["bidder2"].signer in entry["inner"] and entry["key"] == rival.key.hex()


@pytest.mark.parametrize(
    ("further", "said"),
    [
        ({"total": "007"}, "no amount"), ({"total": "x"}, "no amount"), ({"alg": "ptprice/9"}, "no sheet"),
        ({"bidder": "somebody"}, "no sheet"), ({"duration_days": "soon"}, "lacks"), ({"duration_days": True}, "lacks"),
        ({"quality": "a\nb"}, "lacks"), ({"manager": "长" * 300}, "lacks"), ({"manager_certificate": None}, "lacks"),
    ],
)  # fmt: skip
def test_a_sheet_that_is_none_is_rejected_with_key_and_inner_as_evidence(
    published: Trade, further: dict[str, Any], said: str
) -> None:
    bid = sealed(published, "bidder1", **further)
    with_first(published, bid.header, bid.ciphertext)
    entry = expect_one_bad(published, "bidder1", said)
    assert entry["key"] == bid.key.hex() and published.people["bidder1"].signer in entry["inner"]


def test_a_ciphertext_that_was_never_sealed_with_the_key_leaves_only_that_bid_closed(published: Trade) -> None:
    bid, other = sealed(published, "bidder1"), sealed(published, "bidder1")
    header = bid.header | {name: other.header[name] for name in ("ct_sha256", "ct_len")}
    with_first(published, header, other.ciphertext)
    expect_one_bad(published, "bidder1", "does not open with the bid's key")


def test_an_inner_object_other_than_the_committed_one_leaves_only_that_bid_closed(published: Trade) -> None:
    bid = sealed(published, "bidder1")
    place = Place(published.code, "single", published.people["bidder1"].signer)
    commit = ptbid.plain_commit(inner_of(place, b"another", bytes(32)))
    with_first(published, bid.header | {"plain_commit": commit}, bid.ciphertext)
    expect_one_bad(published, "bidder1", "not the committed one")


# -- the platform -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("harm", ["changed", "lost"])
def test_a_ciphertext_that_the_platform_damaged_is_uploaded_again_and_opens(published: Trade, harm: str) -> None:
    closed(published)
    path = kept(published, "bidder1")
    data, name = path.read_bytes(), bid_of(published, "bidder1").ciphertext_sha256
    assert published.upload("bidder1", name, data).status_code == 409, "nothing is to be mended yet"
    path.unlink()
    if harm == "changed":
        path.write_bytes(data[:-1] + b"?")
    hand_in(published, FIRST)
    hand_in(published, SECOND)
    assert opening(published, 422)["reason"] == "ciphertext_damaged"
    assert published.upload("bidder2", name, data).status_code == 409
    assert published.upload("bidder1", name, data).status_code == 201
    opening(published)
    assert bodies(published, "bid.rejected") == []


def test_a_damaged_ciphertext_that_nobody_brings_again_does_not_stop_the_others(published: Trade) -> None:
    closed(published)
    kept(published, "bidder1").unlink()
    hand_in(published, FIRST)
    hand_in(published, SECOND)
    opening(published, go_on=True)
    expect_one_bad(published, "bidder1", "The platform's copy is damaged")


def test_a_power_cut_in_the_middle_of_the_opening_changes_nothing_and_it_is_done_again(
    published: Trade, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(published)
    hand_in(published, FIRST)
    hand_in(published, SECOND)
    module = "trading.phases.process_supervision.opening.opening.judge_bonds"
    with monkeypatch.context() as cut:
        cut.setattr(module, lambda _taking: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            opening(published)
    assert bodies(published, "bid.opened") == [] and bid_of(published, "bidder1").key is None
    assert opening(published)["status"] == "opened"
    assert len(bodies(published, "bid.opened")) == 3
