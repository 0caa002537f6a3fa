"""Codes of organisations and lots: well-formed ones pass, and one wrong character is noticed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from trading import identifiers as ids

CENTRE = ids.make_uscc("422823", 17, "12")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
REAL = ["914403001922038216", "91110000802100433B", "11100000000013338W"]  # V15


@pytest.mark.parametrize("code", REAL)
def test_real_credit_codes_pass_and_their_last_character_matters(code):
    assert ids.valid_uscc(code)
    assert [last for last in ALPHABET if ids.valid_uscc(code[:-1] + last)] == [code[-1]]


@pytest.mark.parametrize(
    "wrong",
    ["", "9", REAL[1].lower(), REAL[0] + " ", "9144 0300 1922 0382 16", REAL[0] + "\n", "９" + REAL[0][1:],
     "91440300192203821I", "9144030019220382166", "9O4403001922038216"],
)  # fmt: skip
def test_only_the_written_form_of_a_credit_code_passes(wrong):
    assert not ids.valid_uscc(wrong)


@given(st.integers(0, 99_999_999), st.sampled_from(["11", "12", "91", "92"]))
def test_made_credit_codes_are_valid_for_an_independent_reader_too(serial, kind):
    code = ids.make_uscc("422823", serial, kind)
    assert ids.valid_uscc(code)
    assert uscc.is_valid(code)
    assert code[2:8] == "422823"


def test_village_collectives_have_codes_that_begin_with_a_letter():
    assert ids.valid_uscc(ids.make_uscc("422823", 491, "N2"))


def test_different_serials_make_different_credit_codes():
    assert len({ids.make_uscc("422823", serial) for serial in range(500)}) == 500


@given(st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_in_a_credit_code_is_noticed(place, other):
    code = REAL[1]
    changed = code[:place] + other + code[place + 1 :]
    assert ids.valid_uscc(changed) is (changed == code)


@pytest.mark.parametrize(
    ("division", "serial", "kind"),
    [("42282", 1, "91"), ("42282A", 1, "91"), ("422823", -1, "91"), ("422823", 10**8, "91"), ("422823", 1, "9"),
     ("422823", 1, "I1"), ("422823", 1, "991")],
)  # fmt: skip
def test_parts_of_another_form_make_no_credit_code(division, serial, kind):
    with pytest.raises(ids.BadCode):
        ids.make_uscc(division, serial, kind)


def test_a_trading_code_reads_back_into_its_parts():
    code = ids.make_trading_code(CENTRE, date(2026, 3, 2), 17)
    assert code.startswith(f"A02-{CENTRE}-20260302-000017-")
    assert ids.read_trading_code(code) == ids.TradingCode("A02", CENTRE, date(2026, 3, 2), 17)


@pytest.mark.parametrize(("serial", "good"), [(0, False), (1, True), (999_999, True), (1_000_000, False)])
def test_the_serial_of_a_trading_code_has_six_places_and_begins_with_one(serial, good):
    if good:
        assert ids.valid_trading_code(ids.make_trading_code(CENTRE, date(2026, 3, 2), serial))
    else:
        with pytest.raises(ids.BadCode):
            ids.make_trading_code(CENTRE, date(2026, 3, 2), serial)


@given(st.data())
def test_one_wrong_character_in_a_trading_code_is_noticed(data):
    code = ids.make_trading_code(CENTRE, date(2026, 3, 2), data.draw(st.integers(1, 999_999)))
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from(ALPHABET + "-"))
    changed = code[:place] + other + code[place + 1 :]
    assert ids.valid_trading_code(changed) is (changed == code)


def with_check(body):
    return body + ids.mod_37_36.calc_check_digit(body.replace("-", ""))


@pytest.mark.parametrize(
    "body",
    [f"A02-{CENTRE}-20260230-000017-", f"A02-{CENTRE}-20260302-000000-", f"A02-{REAL[0][:-1]}9-20260302-000017-",
     f"a02-{CENTRE}-20260302-000017-", f"A2-{CENTRE}-20260302-000017-", f"A02-{CENTRE}-2026032-000017-"],
)  # fmt: skip
def test_a_right_check_character_does_not_save_a_wrong_part(body):
    assert not ids.valid_trading_code(with_check(body.upper()) if body[0] == "A" else body + "0")


def test_an_ocid_is_the_prefix_and_the_trading_code():
    code = ids.make_trading_code(CENTRE, date(2026, 3, 2), 17)
    assert ids.ocid("ocds-wutong", code) == f"ocds-wutong-{code}"
    for prefix, wrong in (("ocds-WUTONG", code), ("wutong", code), ("ocds-wutong", code[:-1])):
        with pytest.raises(ids.BadCode):
            ids.ocid(prefix, wrong)
