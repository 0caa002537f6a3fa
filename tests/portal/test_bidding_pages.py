"""What everybody sees of live bidding 竞价现场: paddles alone, the same by JSON and by events, within the bound."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.builders import client_as
from tests.phases.auctions import CODE, auction, in_time
from trading.database import db
from trading.web.streaming import Channel, Channels, TooManyStreams

STATE = f"/api/v1/lots/{CODE}/bidding"
EVENTS = f"/lots/{CODE}/bidding/events"


def read(stream: Iterator[bytes]) -> dict[str, Any]:
    """The next state that a stream tells."""
    for chunk in stream:
        lines = dict(line.split(": ", 1) for line in chunk.decode().splitlines() if line[:1] not in ("", ":"))
        if lines.get("event") == "state":
            told: dict[str, Any] = json.loads(lines["data"])
            assert lines["id"] == str(told["last"])
            return told
    raise AssertionError("the stream ended")


def test_the_state_is_told_by_json_and_the_own_standing_to_nobody_else(app: Flask) -> None:
    trade = auction(app)
    anybody = client_as(app, None)
    assert anybody.get(STATE).get_json()["stage"] == "waiting"
    trade.begin()
    trade.offer("bidder1", "120000")
    trade.offer("bidder2", "122000")
    told = anybody.get(STATE).get_json()
    assert (told["stage"], told["last"], told["least"], told["own"]) == ("live", 2, "124000.00", None)
    assert [(one["number"], one["paddle"], one["amount"]) for one in told["items"]] == [
        (1, 311, "120000.00"), (2, 527, "122000.00")
    ]  # fmt: skip
    assert [one["number"] for one in anybody.get(f"{STATE}?after=1").get_json()["items"]] == [2]
    own = client_as(app, trade.people["bidder2"]).get(STATE).get_json()["own"]
    assert own == {"paddle": 527, "leading": True, "priority": False, "goes_on": False}
    for given in ("x", "-1", "1e9", "9" * 12):
        assert anybody.get(f"{STATE}?after={given}").status_code == 400


def test_whoever_looks_first_after_the_end_lets_the_hammer_fall(app: Flask) -> None:
    trade = auction(app)
    trade.begin()
    trade.offer("bidder1", "120000")
    trade.at(trade.ends_at)
    told = client_as(app, None).get(STATE).get_json()
    assert told["stage"] == "deal" and told["deal"] == {"paddle": 311, "price": "120000.00"}


def test_a_lot_without_live_bidding_has_no_such_page(app: Flask) -> None:
    for path in (STATE, EVENTS, f"/lots/{CODE}/bidding", f"/lots/{CODE}/screen"):
        assert client_as(app, None).get(path).status_code == 404


def test_a_stream_tells_what_it_missed_and_then_each_offer_as_it_comes(app: Flask) -> None:
    trade = auction(app)
    trade.begin()
    trade.offer("bidder1", "120000")
    trade.offer("bidder2", "122000")
    answer = client_as(app, None).get(EVENTS, headers={"Last-Event-ID": "1"}, buffered=False)
    assert answer.status_code == 200 and answer.content_type.startswith("text/event-stream")
    stream = answer.iter_encoded()
    assert [one["number"] for one in read(stream)["items"]] == [2]
    for number, (who, amount) in enumerate([("bidder3", "124000"), ("bidder1", "126000")], 3):
        trade.offer(who, amount)
        told = read(stream)
        assert [one["number"] for one in told["items"]] == [number] and told["last"] == number
    channels: Channels = app.extensions["channels"]
    assert channels.open == 1
    answer.close()
    assert channels.open == 0


def test_a_stream_holds_no_connection_of_the_database(app: Flask) -> None:
    trade = auction(app)
    trade.begin()
    with app.app_context():
        pool = db.engine.pool
    answers = [client_as(app, None).get(EVENTS, buffered=False) for _number in range(12)]
    for answer in answers:
        read(answer.iter_encoded())
    assert pool.checkedout() <= 1, "at most the poller's"  # type: ignore[attr-defined]
    for answer in answers:
        answer.close()


def test_beyond_the_bound_a_reader_is_sent_to_polling(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    auction(app).begin()
    monkeypatch.setattr(app.extensions["channels"], "most", 1)
    first = client_as(app, None).get(EVENTS, buffered=False)
    second = client_as(app, None).get(EVENTS)
    assert second.status_code == 503 and second.headers["Retry-After"] == "2"
    first.close()
    third = client_as(app, None).get(EVENTS, buffered=False)
    assert third.status_code == 200
    third.close()


def test_a_reader_that_was_left_behind_gets_everything_at_once() -> None:
    offers = [{"number": number} for number in range(1, 2001)]

    def look(after: int) -> dict[str, Any]:
        fresh = offers[after : after + 1]
        return {"last": after + len(fresh), "items": fresh, "now": ""}

    channels = Channels(2, pause=0)
    stream = channels.stream("x", look, 0)
    seen: list[int] = []
    while len(seen) < 2000:
        told = read(stream)
        seen += [one["number"] for one in told["items"]]
    assert seen == list(range(1, 2001))
    with pytest.raises(TooManyStreams):
        _both = [channels.join("y", look), channels.join("z", look)]
    stream.close()  # type: ignore[attr-defined]


def test_who_comes_from_another_process_is_told_nothing_twice() -> None:
    """The other process told him of the second offer before this one looked: it goes on with the third."""
    known = [{"number": number} for number in range(1, 5)]
    seen_here = 1

    def look(after: int) -> dict[str, Any]:
        return {"last": seen_here, "items": known[after:seen_here], "now": ""}

    channel = Channel(look)
    channel.renew()
    stream, beginner = channel.listen(2, heartbeat=0), channel.listen(0, heartbeat=0)
    assert [next(stream), next(stream)] == [b"retry: 1000\n\n", b": \n\n"], "it waits until this process has caught up"
    assert [one["number"] for one in read(beginner)["items"]] == [1]
    seen_here = 3
    channel.renew()
    seen_here = 4
    channel.renew()
    assert [one["number"] for one in read(stream)["items"]] == [3, 4]
    assert [one["number"] for _time in range(2) for one in read(beginner)["items"]] == [2, 3, 4]


def told_in(text: str, secret: str) -> bool:
    """Whether a word stands there by itself: three digits inside a digest tell nothing."""
    return re.search(rf"(?<![0-9A-Za-z]){re.escape(secret)}(?![0-9A-Za-z])", text) is not None


def test_nobody_learns_before_the_end_who_bids(app: Flask) -> None:
    trade = auction(app, reserve="133333")
    trade.begin()
    trade.offer("bidder1", "120000")
    trade.offer("bidder2", "122000")
    people = [trade.people[login] for login in ("bidder1", "bidder2", "bidder3")]
    with app.app_context():
        organizations = [(one.organization.name, one.organization.uscc) for one in people]  # type: ignore[union-attr]
    secrets = [secret for one in organizations for secret in one]
    secrets += [one.organization_id for one in people] + [one.signer for one in people] + ["842", "133333"]
    readers = [None, trade.people["bidder4"], trade.people["bidder1"], trade.people["centre"], trade.people["owner"]]
    paths = ("bidding", "screen", "record", "")
    for reader in readers:
        client = client_as(app, reader)
        own = {} if reader is None else {reader.signer, reader.organization_id}
        if reader is people[0]:
            own |= set(organizations[0])
        for path in [f"/lots/{CODE}/{path}".rstrip("/") for path in paths] + [STATE, f"/api/v1/lots/{CODE}"]:
            answer = client.get(path)
            for secret in secrets:
                assert secret in own or not told_in(answer.text, secret), (path, secret, reader)
    answer = client_as(app, None).get(EVENTS, buffered=False)
    told = json.dumps(read(answer.iter_encoded()), ensure_ascii=False)
    answer.close()
    assert told_in(told, "311") and not any(told_in(told, secret) for secret in secrets)


def test_page_and_screen_stand_without_a_script(app: Flask) -> None:
    trade = auction(app)
    trade.begin()
    trade.offer("bidder1", "120000")
    trade.at(trade.clock.now() + in_time(1))
    page = client_as(app, trade.people["bidder1"]).get(f"/lots/{CODE}/bidding?lang=en").text
    assert "311" in page and "Your paddle" in page
    assert "竞价现场" in client_as(app, None).get(f"/lots/{CODE}/bidding").text
    assert client_as(app, None).get(f"/lots/{CODE}/screen").status_code == 200
