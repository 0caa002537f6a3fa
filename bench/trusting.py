"""The trust layer 信任机制测速: sealing and opening, a draw from a large pool, verifying a dossier and a whole log."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pyrage import x25519

from bench.measuring import side_by_side
from bench.table import Line, at_most
from tests.evidence.forger import Forger
from tests.evidence.story import told
from trading.experts import draw as ptdraw
from trading.experts.draw import Candidate
from trading.ledger import entries, merkle, notes
from trading.ledger.notes import LOG, WITNESS, Checkpoint, SigningKey
from trading.sealing import ptbid

POOL, SEATS = 100_000, 7
LOG_SIZE, CHAINS = 1_000_000, 1_000
BEGUN = datetime(2026, 3, 2, tzinfo=UTC)
KEYS = SigningKey("bench.example/ledger", LOG, bytes(32)), SigningKey("witness.example/w", WITNESS, b"w" * 32)
VERIFY = Path(__file__).parent.parent / "tools" / "verify.py"


def sealing() -> Iterator[Line]:
    """One bid of a hundred kilobytes to three officers: sealed, unwrapped, its key rebuilt, opened."""
    held = {name: x25519.Identity.generate() for name in ("a", "b", "c")}
    told_of = [{"id": name, "recipient": str(held[name].to_public())} for name in held]
    groups = [{"k": 1, "officers": told_of[:2]}, {"k": 1, "officers": told_of[2:]}]
    place, files = ptbid.Place("BD-2026-0001", "single", "bidder-1"), [ptbid.Attachment("bid.pdf", bytes(100_000))]
    sealed = ptbid.seal_price(place, groups, 470_000_000, {}, files)
    shares = {name: ptbid.unwrap(sealed.header, name, held[name]) for name in ("a", "c")}
    cases: dict[str, Callable[[], object]] = {
        "seal": lambda: ptbid.seal_price(place, groups, 470_000_000, {}, files, filled=False),
        "fill": lambda: ptbid.seal_price(place, groups, 470_000_000, {}, files),
        "unwrap": lambda: ptbid.unwrap(sealed.header, "a", held["a"]),
        "open": lambda: ptbid.open_envelope(
            sealed.header, sealed.ciphertext, ptbid.combine(sealed.header, shares), "bidder-1"
        ),
    }
    found = side_by_side(cases, 20)
    yield Line("a bid sealed", f"{1000 / found['seal']:,.0f} a second")
    yield Line("… and filled up to a multiple of 64 KiB", f"{1000 / found['fill']:,.0f} a second")
    yield Line("… a share unwrapped by its officer", f"{1000 / found['unwrap']:,.0f} a second")
    yield Line("… opened from its shares, with all checks", f"{1000 / found['open']:,.0f} a second")


def drawing() -> Iterator[Line]:
    """Seven seats from a pool of a hundred thousand, its Merkle root included."""
    begun = time.process_time()
    pool = [
        Candidate(hashlib.sha256(b"%d" % one).hexdigest()[:32], ("JZ",), f"{one % 5000:016x}", "0" * 64)
        for one in range(POOL)
    ]
    made = time.process_time()
    ptdraw.pool_root(pool)
    ptdraw.select(bytes(32), {"JZ": SEATS}, pool, ["JZ"], frozenset(), {}, 1)
    yield at_most(f"root and draw of a pool of {POOL:,}", time.process_time() - made, "s", 5)
    yield Line("… leaves made beforehand", f"{made - begun:.1f} s")


def verified(*arguments: str) -> float:
    """Seconds of processor time that the stand-alone verifier takes.

    Raises:
        RuntimeError: it does not verify.
    """
    code = "import resource,runpy,sys\ntry:\n    runpy.run_path(sys.argv[0],run_name='__main__')\nfinally:\n    " \
        "used=resource.getrusage(resource.RUSAGE_SELF)\n    print('SECONDS',used.ru_utime+used.ru_stime)"  # fmt: skip
    command = [sys.executable, "-c", f"import sys\nsys.argv=sys.argv[1:]\n{code}", str(VERIFY), *arguments]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if "VERIFIED:" not in answer.stdout or "NOT VERIFIED" in answer.stdout:
        raise RuntimeError(answer.stdout[-500:] + answer.stderr[-500:])
    return float(answer.stdout.rsplit("SECONDS", 1)[1])


def dossier(folder: Path) -> Iterator[Line]:
    """The evidence file of a whole lot, verified."""
    place = folder / "dossier"
    place.mkdir()
    story = told()
    for name, data in Forger(story).files().items():
        (place / name).write_bytes(data)
    yield at_most("a dossier verified", verified(str(place), *keys_of(story.town.log, story.town.witness)), "s", 2)


def keys_of(log: SigningKey, witness: SigningKey) -> list[str]:
    """The keys as the verifier is given them."""
    return ["--log-key", str(log.verifier), "--witness-key", str(witness.verifier)]


def whole_log(folder: Path) -> Iterator[Line]:
    """A log of a million entries in a thousand chains, written, and verified against its checkpoint."""
    file, begun = folder / "log.jsonl", time.process_time()
    frontier, heads = merkle.EMPTY_FRONTIER, dict.fromkeys(range(CHAINS), (0, b""))
    with file.open("wb") as text:
        for seq in range(LOG_SIZE):
            tseq, tprev = heads[seq % CHAINS]
            moment = entries.timestamp(BEGUN + timedelta(milliseconds=seq))
            place = entries.Place(seq, tseq, tprev)
            chain = f"BD-{seq % CHAINS}"
            built = entries.build(place, moment, chain, "step.taken", "centre-1", {"step": "x"}, bytes(32))
            text.write(built.entry.encode() + b"\n")
            frontier, heads[seq % CHAINS] = merkle.push(frontier, built.leaf), (tseq + 1, built.leaf)
    written = time.process_time() - begun
    log, witness = KEYS
    note_text = Checkpoint(log.name, LOG_SIZE, merkle.frontier_root(frontier)).text
    note = folder / "checkpoint.note"
    note.write_bytes(notes.write(note_text, [log.line(note_text), witness.line(note_text, 1_790_000_000)]))
    yield Line(f"a log of {LOG_SIZE:,} entries built", f"{LOG_SIZE / written:,.0f} entries/s")
    taken = verified("--log", str(file), "--checkpoint", str(note), *keys_of(log, witness))
    yield at_most("… and verified by the stand-alone program", taken, "s", 60)


def trusting(folder: Path) -> Iterator[Line]:
    """All lines, as they come."""
    yield from sealing()
    yield from drawing()
    yield from dossier(folder)
    yield from whole_log(folder)
