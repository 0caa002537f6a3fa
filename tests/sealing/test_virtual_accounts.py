"""A virtual account says to the platform alone whose it is 虚拟子账户."""

from __future__ import annotations

import pytest

from trading.sealing.virtual_accounts import PREFIX, account_of, check_digit, holders, is_well_formed

SECRET = b"s" * 32
LOT = "BD-2026-0001-01"


def test_a_number_is_the_same_whenever_it_is_asked_for_and_another_for_every_lot_and_bidder() -> None:
    numbers = {account_of(SECRET, lot, who) for lot in (LOT, "BD-2026-0001-02") for who in ("a", "b", "")}
    assert len(numbers) == 6 and account_of(SECRET, LOT, "a") in numbers
    assert account_of(b"t" * 32, LOT, "a") not in numbers
    assert all(number.startswith(PREFIX) and len(number) == 19 and is_well_formed(number) for number in numbers)


def test_the_check_digit_is_that_of_iso_7812() -> None:
    assert check_digit("7992739871") == "3"


@pytest.mark.parametrize("place", range(4, 19))
def test_one_wrong_digit_makes_no_account(place: int) -> None:
    number = account_of(SECRET, LOT, "a")
    wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    assert not is_well_formed(wrong)


@pytest.mark.parametrize("text", ["", "8816", "８８１６000000000000000", "881600000000000000x", "9" * 19])
def test_what_is_no_number_is_no_account(text: str) -> None:
    assert not is_well_formed(text)


def test_whoever_knows_a_number_finds_its_holder_only_with_the_secret() -> None:
    found = holders(SECRET, LOT, ["a", "b", "c"])
    assert found[account_of(SECRET, LOT, "b")] == "b" and len(found) == 3
    assert account_of(SECRET, LOT, "b") not in holders(b"t" * 32, LOT, ["a", "b", "c"])


def test_a_number_that_two_would_share_belongs_to_nobody() -> None:
    assert holders(SECRET, LOT, ["a", "a"]) == {}
