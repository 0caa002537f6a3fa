"""Signed notes 签名文本: what is signed is read back, and no other spelling of it is."""

from __future__ import annotations

import pytest

from tests.vectors import vector
from trading.ledger.notes import (
    LOG,
    WITNESS,
    Checkpoint,
    NoteError,
    SigningKey,
    read,
    read_checkpoint,
    read_key,
    verified,
    write,
)

LEDGER = vector("ptledger1")
KEY = SigningKey("badong.example/ledger", LOG, bytes.fromhex(LEDGER["seeds"]["log"]))
OTHER = SigningKey("supervisor.example/witness", WITNESS, bytes.fromhex(LEDGER["seeds"]["witness"]))


def test_the_vectors_note_is_made_again_byte_by_byte() -> None:
    assert str(KEY.verifier) == LEDGER["log_vkey"] and str(OTHER.verifier) == LEDGER["witness_vkey"]
    text = Checkpoint(KEY.name, 3, bytes.fromhex(LEDGER["entries"][-1]["root_after"])).text
    note = write(text, [KEY.line(text), OTHER.line(text, LEDGER["cosign_time"])])
    assert note.decode() == LEDGER["checkpoint_note"]
    read_back = verified(note, KEY.verifier, [OTHER.verifier], 1)
    assert read_checkpoint(read_back.text, KEY.name).size == 3


@pytest.mark.parametrize("case", vector("c2sp_signed_note")["cases"])
def test_notes_of_others_are_judged_as_their_vectors_say(case: dict[str, object]) -> None:
    try:
        key = read_key(str(case["vkey"]), LOG)
        if "note" in case:
            verified(str(case["note"]).encode(), key)
        held = True
    except NoteError:
        held = False
    assert held is case.get("valid", case.get("valid_vkey"))


@pytest.mark.parametrize(
    "altered",
    [
        lambda note: note.replace(b"\n3\n", b"\n4\n"),
        lambda note: note[:-1],
        lambda note: note.replace(b"\n\n", b"\n\x0b\n", 1),
        lambda note: note.replace("\n\u2014".encode(), "\u2028\u2014".encode(), 1),
        lambda note: note + note[note.index("\u2014".encode()) :],
        lambda note: note.replace(b"=\n", b"\n", 1),
        lambda note: note.replace("\u2014 ".encode(), b"- "),
    ],
    ids=["size", "end", "vertical tab", "line separator", "twice", "loose base64", "hyphen"],
)
def test_an_altered_note_is_refused(altered: object) -> None:
    note = LEDGER["checkpoint_note"].encode()
    assert altered(note) != note  # type: ignore[operator]
    with pytest.raises(NoteError):
        found = verified(altered(note), KEY.verifier, [OTHER.verifier], 1)  # type: ignore[operator]
        read_checkpoint(found.text, KEY.name)


def test_lines_of_unknown_keys_are_skipped_and_too_few_witnesses_are_refused() -> None:
    text = Checkpoint(KEY.name, 0, bytes(32)).text
    note = write(text, [KEY.line(text), SigningKey("stranger", LOG, bytes(32)).line(text)])
    assert len(read(note).lines) == 2
    assert verified(note, KEY.verifier).text == text
    with pytest.raises(NoteError):
        verified(note, KEY.verifier, [OTHER.verifier], 1)
    with pytest.raises(NoteError):
        verified(note, OTHER.verifier)


def test_a_witness_signs_with_its_time_and_a_log_without() -> None:
    with pytest.raises(NoteError):
        KEY.line("x\n", 1)
    with pytest.raises(NoteError):
        OTHER.line("x\n")


def test_a_key_shows_no_secret() -> None:
    assert KEY.seed.hex() not in repr(KEY) and str(KEY.seed) not in repr(KEY)


NO_KEYS = ("", "a", "a+b", "a b+00000000+AAAA", LEDGER["witness_vkey"], LEDGER["log_vkey"] + "\n")


@pytest.mark.parametrize("text", NO_KEYS)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        read_key(text, LOG)
