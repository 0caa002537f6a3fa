"""An insider who holds the keys of log and witness 伪造者: writes evidence files with any lie in them, all else right.

Written from the text of the format, without the exporter: nothing under ``trading.evidence`` is used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.evidence.scene import CODE, Event, Story, Town
from tests.evidence.story import current
from tests.evidence.story_draws import pool_bytes
from trading.ledger import entries, merkle, notes
from trading.ledger.canonical import canonical

KEY_KINDS = ("key.registered", "key.revoked", "officer.key")
Files = dict[str, bytes]


@dataclass
class Written:
    """What the log holds of an event."""

    event: Event
    entry: str
    leaf: bytes
    salt: bytes
    body: dict[str, Any]


@dataclass
class Forger:
    """A story to lie in, and the files that are made of it.

    ``strangers`` people whose key events are put in though they sign nothing; ``left_out`` those whose are not.
    ``entry_members`` is laid over an entry's members before it is hashed, as ``Event.raw`` of a single one.
    """

    story: Story
    headers: dict[str, Any] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    pools: dict[str, bytes] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    need_size: int | None = None

    @property
    def town(self) -> Town:
        """All keys."""
        return self.story.town

    def log(self) -> list[Written]:
        """Every entry of every chain."""
        written: list[Written] = []
        heads: dict[str, tuple[int, bytes]] = {}
        for seq, event in enumerate(self.story.events):
            tseq, tprev = heads.get(event.chain, (0, b""))
            sigs = self.town.signatures(event) if event.sigs is None else event.sigs
            body = event.body | ({"sigs": sigs} if sigs else {})
            members = {
                "v": 1, "seq": seq, "ts": entries.timestamp(event.at), "tender": event.chain, "tseq": tseq,
                "tprev": tprev.hex(), "kind": event.kind, "actor": event.actor,
                "body": entries.body_hash(event.salt, canonical(body)), **event.raw,
            }  # fmt: skip
            text = canonical(members)
            leaf = merkle.leaf(text)
            heads[event.chain] = tseq + 1, leaf
            written.append(Written(event, text.decode(), leaf, event.salt, body))
        return written

    def files(self) -> Files:
        """The evidence file's files, signed by log and witness."""
        log = self.log()
        leaves = [one.leaf for one in log]
        lines = [self.line(one, seq, leaves) for seq, one in enumerate(log)]
        chain = [seq for seq, one in enumerate(log) if one.event.chain == CODE]
        files = {
            "entries.jsonl": b"".join(lines[seq] for seq in chain),
            "keys.jsonl": b"".join(lines[seq] for seq, _one in self.key_events(log)),
            "checkpoint.note": self.note(len(leaves), merkle.root(leaves)),
            **self.beside(),
        }
        return files | {"manifest.json": self.manifest(files)}

    def line(self, one: Written, seq: int, leaves: Sequence[bytes]) -> bytes:
        """One line, its body shown or not."""
        proof = [node.hex() for node in merkle.inclusion_proof(leaves, seq)]
        line: dict[str, Any] = {"entry": one.entry, "index": seq, "proof": proof}
        return canonical(line | ({"body": one.body, "salt": one.salt.hex()} if one.event.shown else {})) + b"\n"

    def key_events(self, log: Sequence[Written]) -> list[tuple[int, Written]]:
        """The key events of everybody who signed in the lot, whoever signed those, and the officers."""
        people = {sig["signer"] for one in log if one.event.chain == CODE for sig in self.signatures_of(one)}
        people |= {officer["id"] for group in self.story.groups for officer in group["officers"]} | self.strangers
        events = [(seq, one) for seq, one in enumerate(log) if one.event.kind in KEY_KINDS]
        for _again in range(3):
            about = [(seq, one) for seq, one in events if self.person(one) in people - self.left_out]
            people |= {sig["signer"] for _seq, one in about for sig in self.signatures_of(one)}
        return about

    @staticmethod
    def signatures_of(one: Written) -> list[dict[str, str]]:
        """The signatures that are shown."""
        sigs = one.body.get("sigs", []) if one.event.shown else []
        return [sig for sig in sigs if isinstance(sig, dict)] if isinstance(sigs, list) else []

    @staticmethod
    def person(one: Written) -> Any:
        """Whose key."""
        return one.body.get("person") or one.body.get("id")

    def beside(self) -> Files:
        """Headers in force at closing, opened price sheets, pools."""
        story, files = self.story, {}
        for envelope in current(story).values():
            header = self.headers.get(envelope) or story.sealed[envelope].header
            files[f"env-{envelope}.json"] = canonical(header)
        for event in story.lot():
            envelope = event.body.get("envelope")
            if event.kind == "bid.opened" and event.body.get("part") == "price" and envelope in story.sheets:
                files[f"content-{envelope}.json"] = story.sheets[envelope]["content"]
        rules = [event.body["draw"] for event in story.lot() if event.kind == "draw.rules"]
        for number, name in enumerate(rules, 1):
            files[f"pool-{number}.jsonl"] = pool_bytes(story.pools[name])
        return files | self.contents | self.pools

    def note(self, size: int, root: bytes) -> bytes:
        """A checkpoint by log and witness."""
        text = notes.Checkpoint(self.town.log.name, size, root).text
        return notes.write(text, [self.town.log.line(text), self.town.witness.line(text, 1_790_000_000)])

    def manifest(self, files: Mapping[str, bytes], **changes: Any) -> bytes:
        """The manifest over ``files``."""
        listed = {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "manifest.json"}
        return canonical({
            "alg": "ptdossier/1", "tender": CODE, "origin": self.town.log.name,
            "log_key": str(self.town.log.verifier), "witness_keys": [str(self.town.witness.verifier)], "files": listed,
        } | changes)  # fmt: skip


def rehashed(files: Files) -> Files:
    """The files with a manifest that lists them as they are now."""
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "manifest.json"
    }
    return files | {"manifest.json": canonical(manifest)}


def laid_out(files: Files, folder: Path) -> Path:
    """The files in a folder of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder
