"""The age files 密文格式: the public test kit of the format, with the three known exceptions of the library."""

from __future__ import annotations

import hashlib
from base64 import b64decode

import pyrage
from pyrage import x25519

from tests.vectors import vector

KIT = vector("age_testkit")["tests"]
EXCEPTIONS = {"armor_whitespace_outside", "stanza_missing_body", "stanza_missing_final_line"}


def outcome(case: dict[str, object]) -> bool:
    """Whether the library opens the file to the payload that the kit names."""
    identities = [x25519.Identity.from_str(one) for one in case["identity"]]  # type: ignore[attr-defined]
    try:
        payload = bytes(pyrage.decrypt(b64decode(str(case["file_b64"])), identities))
    except pyrage.DecryptError:
        return False
    return case["payload_sha256"] is None or hashlib.sha256(payload).hexdigest() == case["payload_sha256"]


def test_the_files_of_the_kit_are_taken_as_it_says_but_for_three_known_ones() -> None:
    """76 of the 96 files are in the vectors; of the 20 large ones only the outcome is recorded."""
    here = [case for case in KIT if case["file_b64"]]
    other = {case["name"] for case in here if outcome(case) != (case["expect"] == "success")}
    recorded = {case["name"] for case in KIT if (case["pyrage_1.4.0"] == "success") != (case["expect"] == "success")}
    assert (len(KIT), len(here)) == (96, 76)
    assert other == recorded == EXCEPTIONS
