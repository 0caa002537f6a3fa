"""Lies about files, checkpoint and chain 伪造文件、检查点和存证链 (trust.md §8.3 to §8.6)."""

from __future__ import annotations

from datetime import timedelta

from tests.evidence.forger import Files, Forger, rehashed
from tests.evidence.forging import (
    after,
    drop,
    found_as,
    lines_of,
    manifest,
    with_line,
)
from tests.evidence.scene import CENTRE, seed


@found_as("entries.jsonl was changed")
def a_file_changed_under_its_old_digest(f: Forger) -> Files:
    files = f.files()
    return files | {"entries.jsonl": files["entries.jsonl"].replace(b"bidder-1", b"bidder-2", 1)}


@found_as("the files are not those of the manifest")
def a_file_that_the_manifest_does_not_list(f: Forger) -> Files:
    return f.files() | {"more.txt": b"x"}


@found_as("the files are not those of the manifest")
def a_hidden_file(f: Forger) -> Files:
    return rehashed(f.files() | {".more": b"x"})


@found_as("manifest.json is malformed")
def another_format(f: Forger) -> Files:
    return manifest(f.files(), alg="ptdossier/0")


@found_as("does not follow")
def the_story_told_of_another_lot(f: Forger) -> Files:
    return manifest(f.files(), tender="BD-2026-0008")


@found_as("manifest.json is malformed")
def the_log_s_own_chain_told_as_a_lot(f: Forger) -> Files:
    return manifest(f.files(), tender="@log")


@found_as("not canonical JSON")
def white_space_in_the_manifest(f: Forger) -> Files:
    files = f.files()
    return files | {"manifest.json": files["manifest.json"] + b"\n"}


@found_as("witnesses: 0 of 1 needed")
def a_checkpoint_that_no_witness_signed(f: Forger) -> Files:
    files = f.files()
    lines = lines_of(files, "checkpoint.note")
    return rehashed(files | {"checkpoint.note": b"".join(lines[:-1])})


@found_as("the log key did not sign")
def a_checkpoint_that_the_log_did_not_sign(f: Forger) -> Files:
    files = f.files()
    lines = lines_of(files, "checkpoint.note")
    return rehashed(files | {"checkpoint.note": b"".join([*lines[:-2], lines[-1]])})


@found_as("two signatures of supervisor.example/witness")
def one_witness_counted_twice(f: Forger) -> Files:
    files = f.files()
    return rehashed(files | {"checkpoint.note": files["checkpoint.note"] + lines_of(files, "checkpoint.note")[-1]})


@found_as("the signature of badong.example/ledger is wrong")
def another_size_under_the_old_signature(f: Forger) -> Files:
    files = f.files()
    lines = lines_of(files, "checkpoint.note")
    return rehashed(files | {"checkpoint.note": b"".join([lines[0], b"999\n", *lines[2:]])})


@found_as("the note is malformed")
def a_line_separator_that_is_none(f: Forger) -> Files:
    files = f.files()
    return rehashed(files | {"checkpoint.note": files["checkpoint.note"].replace(b"\n\n", b"\n\x0b\n", 1)})


@found_as("malformed signature line")
def a_signature_in_loose_base64(f: Forger) -> Files:
    files = f.files()
    return rehashed(files | {"checkpoint.note": files["checkpoint.note"].rstrip(b"\n") + b"=\n"})


@found_as("not under the checkpoint's root")
def an_entry_rewritten_after_the_checkpoint(f: Forger) -> Files:
    old = f.files()
    f.story.one("award.notice").body["winner"] = "bidder-2"
    return rehashed(f.files() | {"checkpoint.note": old["checkpoint.note"]})


@found_as("does not follow the line before")
def an_entry_left_out_of_the_file(f: Forger) -> Files:
    files = f.files()
    lines = lines_of(files)
    refused = next(number for number, line in enumerate(lines) if b"bid.refused" in line)
    return rehashed(files | {"entries.jsonl": b"".join(lines[:refused] + lines[refused + 1 :])})


@found_as("the body is not what was hashed")
def a_body_exchanged(f: Forger) -> Files:
    return with_line(f.files(), 5, lambda line: line["body"].update(more="x"))


@found_as("number or time runs backwards")
def the_clock_turned_back(f: Forger) -> None:
    f.story.one("evaluation.report").at -= timedelta(hours=1)


@found_as("index is not seq")
def an_entry_at_another_place(f: Forger) -> Files:
    return with_line(f.files(), 0, lambda line: line.update(index=line["index"] + 1))


@found_as("unknown kind")
def an_entry_of_no_known_kind(f: Forger) -> None:
    f.story.one("evaluation.report").kind = "award.secret"


@found_as("unknown kind")
def a_key_event_in_the_lot_s_chain(f: Forger) -> None:
    f.story.one("evaluation.report").kind = "pad"


@found_as("bad or no body")
def the_reason_of_a_rejection_withheld(f: Forger) -> None:
    f.story.one("bid.rejected").shown = False


@found_as("bad or no body")
def digits_in_upper_case(f: Forger) -> None:
    event = f.story.one("bid.refused")
    event.body["envelope"] = event.body["envelope"].upper()


@found_as("wrong members")
def a_tenth_member(f: Forger) -> None:
    f.story.one("evaluation.report").raw["note"] = "x"


@found_as("wrong members")
def a_time_that_is_none(f: Forger) -> None:
    f.story.one("evaluation.report").raw["ts"] = "2026-13-02T01:00:00.000000Z"


@found_as("does not follow the line before")
def an_entry_that_names_another_before_it(f: Forger) -> None:
    f.story.one("evaluation.report").raw["tprev"] = seed("other").hex()


@found_as("the chain does not end with dossier.final")
def a_story_without_its_end(f: Forger) -> None:
    drop(f, f.story.one("dossier.final"))


@found_as("the chain does not end with dossier.final")
def something_after_the_end(f: Forger) -> None:
    after(f, f.story.one("dossier.final"), "notice.result", CENTRE, {"title": "x"})


@found_as("wrong members")
def a_body_without_its_salt(f: Forger) -> Files:
    return with_line(f.files(), 0, lambda line: line.pop("salt"))
