#!/usr/bin/env python3
"""Verify an evidence file without trusting anybody 独立核验: one file, Python's standard library only, no network.

    python3 verify.py FILE --log-key KEY --witness-key KEY [--need N] [--receipt NOTE ...] [--pin PERSON=KEY ...]
    python3 verify.py --log log.jsonl --checkpoint NOTE --log-key KEY [--witness-key KEY ...] [--need N]

FILE is a zip or the folder that was in it. The format is ptdossier/1 (docs/trust/). Take the keys from the official
notice, not from the file: keys that come with the file prove nothing, and are used with a warning only. It answers 0
and VERIFIED, 1 and NOT VERIFIED or FAILED after one line for each failed check, 2 for a wrong command line.
"""

import argparse
import base64
import hashlib
import hmac
import json
import re
import struct
import sys
import zipfile
from datetime import datetime
from pathlib import Path

KEY = re.compile(r"[A-Za-z0-9_.:-]{1,128}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
X32, X64, X128 = (re.compile(f"[0-9a-f]{{{n}}}") for n in (32, 64, 128))
SIZE, TOTAL, DRAW = re.compile(r"0|[1-9][0-9]{0,15}"), re.compile(r"0|[1-9][0-9]{0,17}"), re.compile(r"[1-9][0-9]*")
DASH, MOST = "\u2014 ", 2**53 - 1
QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"


class Bad(Exception):
    """Something without which the rest makes no sense; the sentence in Chinese and English."""

    def __init__(self, zh, en):
        super().__init__(f"{zh} | {en}")


class Report:
    """Counts the checks and prints one line for each that fails."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, held, zh, en):
        """Count a check; a failed one is told at once."""
        if held:
            self.passed += 1
        else:
            self.failed += 1
            print(f"WRONG: {zh} | {en}")
        return held

    def must(self, held, zh, en):
        """A check that ends the verification when it fails."""
        if not self.check(held, zh, en):
            raise Bad(zh, en)

    def warn(self, zh, en):
        """Tell what does not decide, but should be known."""
        print(f"WARNING: {zh} | {en}")


# ── canonical JSON (PT-JSON over RFC 8785) ────────────────────────────────────────────────────────────────────────────
def jcs(value):
    """The canonical bytes of a value."""
    return ENCODER.encode(value).encode("utf-8")


def whole(text):
    """An integer inside ±(2^53 - 1)."""
    number = int(text)
    if abs(number) > MOST:
        raise ValueError("integer out of range")
    return number


def members(pairs):
    """An object without doubled or strange keys."""
    found = dict(pairs)
    if len(found) != len(pairs) or not all(map(KEY.fullmatch, found)):
        raise ValueError("doubled or forbidden key")
    return found


def refuse(text):
    """No fractions, exponents, NaN or infinities."""
    raise ValueError(f"number {text} is not allowed")


ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
DECODER = json.JSONDecoder(object_pairs_hook=members, parse_int=whole, parse_float=refuse, parse_constant=refuse)


def strict(data, what):
    """Parse bytes that must be canonical already."""
    try:
        value = DECODER.decode(data.decode("utf-8"))
        same = jcs(value) == data
    except (ValueError, RecursionError) as error:
        raise Bad(f"{what} 不是规范的 JSON（{error}）", f"{what}: not canonical JSON ({error})") from None
    if not same:
        raise Bad(f"{what} 不是规范的 JSON", f"{what}: not canonical JSON")
    return value


def is_i(value):
    """A non-negative integer, and no truth value."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_s(value):
    return isinstance(value, str)


def is_x(pattern):
    return lambda value: isinstance(value, str) and bool(pattern.fullmatch(value))


def is_strings(value):
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def unbase64(text):
    """Canonical base64 only."""
    data = base64.b64decode(text.encode("ascii"), validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("loose base64")
    return data


# ── hashes, tree, Ed25519 ─────────────────────────────────────────────────────────────────────────────────────────────
def sha(data):
    return hashlib.sha256(data).digest()


def h(label, *parts):
    """SHA-256 over a label line and length-prefixed parts."""
    return sha(label.encode() + b"\n" + b"".join(struct.pack(">Q", len(one)) + one for one in parts))


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def leaf_hash(data):
    return sha(b"\x00" + data)


def root_of(leaves):
    """The root of RFC 6962 over leaf hashes, with a stack of perfect subtrees."""
    stack = []
    for number, node in enumerate(leaves):
        while number & 1:
            node, number = sha(b"\x01" + stack.pop() + node), number >> 1
        stack.append(node)
    if not stack:
        return sha(b"")
    node = stack.pop()
    while stack:
        node = sha(b"\x01" + stack.pop() + node)
    return node


def included(leaf, index, size, proof, root):
    """RFC 9162, 2.1.3.2."""
    if index >= size or any(len(one) != 32 for one in proof):
        return False
    fn, sn, node = index, size - 1, leaf
    for one in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            node = sha(b"\x01" + one + node)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = sha(b"\x01" + node + one)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and node == root


P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
I = pow(2, (P - 1) // 4, P)


def unpoint(data):
    """A point from its 32 bytes (RFC 8032, 5.1.3), in extended coordinates; None for what is none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * I % P
    if (x * x - xx) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def add(p, q):
    """The sum of two points."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, k = b - a, d - c, d + c, b + a
    return e * f % P, g * k % P, f * g % P, e * k % P


BASE = unpoint((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(public, message, signature):
    """Ed25519 (RFC 8032): strict S, canonical points, the equation without cofactor."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, s = unpoint(public), int.from_bytes(signature[32:], "little")
    if a is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    minus = (P - a[0], a[1], 1, P - a[3])
    table, point = (None, BASE, minus, add(BASE, minus)), (0, 1, 1, 0)
    for bit in range(max(s.bit_length(), k.bit_length()) - 1, -1, -1):
        point = add(point, point)
        which = (s >> bit & 1) | (k >> bit & 1) << 1
        if which:
            point = add(point, table[which])
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# ── keys and notes (C2SP signed note) ─────────────────────────────────────────────────────────────────────────────────
def vkey(text, kind):
    """(name, key id, public key) of a verifier key of the wanted type."""
    try:
        name, identity, encoded = text.split("+", 2)
        data = unbase64(encoded)
        right = name and not re.search(r"\s", name) and len(data) == 33 and data[0] == kind
        right = right and identity == sha(name.encode() + b"\n" + data)[:4].hex()
    except (ValueError, AttributeError):
        right = False
    if not right:
        raise Bad(f"核验公钥无效：{text!r}", f"not a verifier key of type {kind}: {text!r}")
    return name, bytes.fromhex(identity), data[1:]


def all_differ(report, keys):
    """No name and no key stands in for another."""
    names, publics = [key[0] for key in keys], [key[2] for key in keys]
    held = len(set(names)) == len(names) and len(set(publics)) == len(publics)
    report.must(held, "日志与见证的名称和公钥必须互不相同", "names and keys of log and witnesses must differ")


def read_note(report, data, log, witnesses, need):
    """The text of a note whose log signature holds, and how many witnesses signed; ``need`` of them must."""
    try:
        note = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Bad("签名文本不是 UTF-8", "the note is not UTF-8") from None
    shaped = note.endswith("\n") and not any(ord(one) < 32 and one != "\n" for one in note) and "\n\n" in note
    report.must(shaped, "签名文本格式不对", "the note is malformed")
    cut = note.rindex("\n\n") + 1
    text, lines = note[:cut], note[cut + 1 :].split("\n")[:-1]
    by_log, by_witness, seen = False, [], set()
    for line in lines:
        name, _space, encoded = line[len(DASH) :].partition(" ")
        try:
            blob = unbase64(encoded)
        except ValueError:
            blob = b""
        right = line.startswith(DASH) and name and len(blob) >= 5
        report.must(right, f"签名行格式不对：{line[:40]!r}", f"malformed signature line {line[:40]!r}")
        for key in (log, *witnesses):
            if (name, blob[:4]) != key[:2]:
                continue
            report.must(key not in seen, f"{name} 签名两次", f"two signatures of {name}")
            seen.add(key)
            if key is log:
                by_log = len(blob) == 68 and signed(key[2], text.encode(), blob[4:])
                held = by_log
            else:
                prefix = b"cosignature/v1\ntime %d\n" % int.from_bytes(blob[4:12], "big")
                held = len(blob) == 76 and signed(key[2], prefix + text.encode(), blob[12:])
                by_witness += [name] * held
            report.must(held, f"{name} 的签名无效", f"the signature of {name} is wrong")
    report.must(by_log, "没有日志密钥的签名", "the log key did not sign")
    few = f"见证签名不足：{len(by_witness)}/{need}"
    report.must(len(by_witness) >= need, few, f"witnesses: {len(by_witness)} of {need} needed")
    return text, by_witness


def checkpoint(report, text, origin):
    """(size, root) of a checkpoint's text."""
    lines = text.split("\n")[:-1]
    try:
        root = unbase64(lines[2])
        right = lines[0] == origin and bool(SIZE.fullmatch(lines[1])) and len(root) == 32
    except (IndexError, ValueError):
        right = False
    report.must(right, "检查点与日志名称不符或格式不对", "the checkpoint is malformed or of another log")
    return int(lines[1]), root


# ── entries ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def is_parts(value):
    return value in (["single"], ["price", "tech"], [])


def is_groups(value):
    """Opening officers with their thresholds."""
    return isinstance(value, list) and len(value) <= 255 and all(
        isinstance(group, dict) and set(group) == {"k", "officers"} and isinstance(group["officers"], list)
        and is_i(group["k"]) and 1 <= group["k"] <= len(group["officers"]) <= 255
        and all(isinstance(one, dict) and set(one) == {"id", "recipient"} and all(map(is_s, one.values()))
                for one in group["officers"])
        for group in value
    ) and len({one["id"] for group in value for one in group["officers"]}) == sum(len(g["officers"]) for g in value)


def is_strata(value):
    return isinstance(value, list) and all(
        isinstance(one, dict) and set(one) == {"code", "n"} and is_s(one["code"]) and is_i(one["n"]) for one in value
    ) and len({one["code"] for one in value}) == len(value)


def is_parties(value):
    return is_strings(value) and value == sorted(set(value)) and {"centre", "supervisor"} <= set(value)


def is_beacon(value):
    return value is None or (
        isinstance(value, dict) and set(value) == {"type", "chain", "round"} and is_s(value["type"])
        and is_s(value["chain"]) and is_i(value["round"])
    )


def is_ids(value):
    return isinstance(value, dict) and all(X32.fullmatch(key) and is_s(code) for key, code in value.items())


def is_round(value):
    return is_i(value) and value <= 63


def is_verdicts(value):
    return isinstance(value, list) and all(
        isinstance(one, dict) and is_s(one.get("id")) and is_s(one.get("verdict")) for one in value
    )


HEX64, HEX32 = is_x(X64), is_x(X32)
SHAPES = {
    "tender.published": {"deadline": is_i, "parts": is_parts, "min_bids": is_i, "groups": is_groups},
    "tender.amended": {"?deadline": is_i},
    "tender.suspended": {"reason": is_s},
    "tender.resumed": {"?deadline": is_i},
    "tender.closed": {"bids_root": HEX64, "count": is_i},
    "tender.failed": {"reason": is_s, "condition": is_s},
    "tender.cancelled": {"reason": is_s},
    "tender.terminated": {"reason": is_s},
    "bid.received": {"envelope": HEX64, "part": is_s, "t_recv": is_i, "version": is_i},
    "bid.withdrawn": {"envelope": HEX64, "part": is_s, "version": is_i},
    "bid.refused": {
        "envelope": HEX64, "t_recv": is_i, "reason": lambda one: one in ("late", "suspended", "closed", "malformed")
    },
    "bid.opened": {"envelope": HEX64, "part": is_s, "?key": HEX64, "?inner": is_s, "?price": is_s},
    "bid.rejected": {"envelope": HEX64, "part": is_s, "reason": is_s, "?key": HEX64, "?inner": is_s},
    "draw.rules": {
        "draw": is_s, "alg": lambda one: one == "ptdraw/1", "strata": is_strata, "parties": is_parties,
        "max_per_org": lambda one: one is None or is_i(one), "refusal_codes": is_strings, "?beacon": is_beacon,
    },
    "draw.pool": {"draw": is_s, "pool_root": HEX64, "pool_size": is_i},
    "draw.commit": {"draw": is_s, "party": is_s, "anchor": HEX64},
    "draw.exclusions": {"draw": is_s, "codes": is_strings, "ids": is_ids},
    "draw.dice": {"draw": is_s, "value": is_x(re.compile(r"[0-9]{20}"))},
    "draw.reveal": {"draw": is_s, "party": is_s, "round": is_round, "value": HEX64},
    "draw.beacon": {"draw": is_s, "type": is_s, "chain": is_s, "round": is_i, "value": is_s},
    "draw.result": {"draw": is_s, "round": is_i, "selected": lambda one: isinstance(one, list)},
    "draw.shortage": {"draw": is_s, "round": is_i, "stratum": is_s, "need": is_i, "got": is_i},
    "draw.aborted": {"draw": is_s, "reason": is_s, "blame": is_s},
    "expert.accepted": {"draw": is_s, "id": HEX32, "after_round": is_i},
    "expert.refused": {"draw": is_s, "id": HEX32, "reason": is_s, "after_round": is_i},
    "award.notice": {"winner": is_s},
    "dossier.final": {"end": lambda one: one in ("awarded", "failed", "cancelled", "terminated")},
}
STEPS = {
    "step.taken": {"step": is_s, "from": is_s, "to": is_s, "verdicts": is_verdicts},
    "step.refused": {"step": is_s, "reason": is_s, "conditions": is_strings},
}
KEY_KINDS = {
    "key.registered": {"person": is_s, "role": is_s, "pub": HEX64},
    "key.revoked": {"person": is_s},
    "officer.key": {"id": is_s, "recipient": is_s},
}
LOG_KINDS = {*KEY_KINDS, "pad", "incident", "ledger.incident"}
NAMES = "alarm approval auction body bond complaint contract document evaluation listing notice objection secret"
FREE = re.compile(rf"(?:{'|'.join(NAMES.split())})(?:\.[a-z][a-z0-9_]{{0,31}}){{1,3}}")
ENTRY = {"actor": is_s, "body": HEX64, "kind": is_s, "seq": is_i, "tender": is_s,
         "tprev": lambda one: one == "" or HEX64(one), "ts": is_x(TIME), "tseq": is_i, "v": lambda one: one == 1}  # fmt: skip


def free(kind):
    """Whether a kind may be withheld and stands anywhere."""
    return kind in ("tender.clarified", "approval", *STEPS) or bool(FREE.fullmatch(kind))


EPOCH = datetime(1970, 1, 1)


def micros(ts):
    """Microseconds since 1970 of a time text."""
    if not TIME.fullmatch(ts):
        raise ValueError("not a time")
    delta = datetime.fromisoformat(ts[:-1]) - EPOCH
    return (delta.days * 86400 + delta.seconds) * 10**6 + delta.microseconds


def read_entry(text, what):
    """The nine members of an entry's canonical text."""
    found = strict(text.encode("utf-8", "surrogatepass"), what)
    right = isinstance(found, dict) and set(found) == set(ENTRY) and found["v"] is not True
    right = right and all(test(found[name]) for name, test in ENTRY.items())
    try:
        time = micros(found["ts"]) if right else 0
    except ValueError:
        right = False
    if not right:
        raise Bad(f"{what} 的成员不对", f"{what}: wrong members")
    return found, time


class Line:
    """One entry with its place, proof and body."""

    def __init__(self, report, data, what, size, root):
        found = strict(data, what)
        names = {"entry", "index", "proof"}
        right = isinstance(found, dict) and set(found) in (names, names | {"body", "salt"})
        right = right and is_s(found["entry"]) and is_i(found["index"])
        right = right and isinstance(found["proof"], list) and all(map(HEX64, found["proof"]))
        right = right and ("body" not in found or (isinstance(found["body"], dict) and HEX64(found["salt"])))
        report.must(right, f"{what} 的成员不对", f"{what}: wrong members")
        self.what, self.body, self.index = what, found.get("body"), found["index"]
        entry, self.time = read_entry(found["entry"], what)
        self.kind, self.actor, self.tender, self.ts = entry["kind"], entry["actor"], entry["tender"], entry["ts"]
        self.seq, self.tseq, self.tprev = entry["seq"], entry["tseq"], entry["tprev"]
        self.leaf = leaf_hash(found["entry"].encode("utf-8"))
        report.must(self.index == self.seq, f"{what} 的序号不符", f"{what}: index is not seq")
        proof = [bytes.fromhex(one) for one in found["proof"]]
        held = included(self.leaf, self.index, size, proof, root)
        report.check(held, f"{what} 不在检查点之下的日志中", f"{what}: not under the checkpoint's root")
        if self.body is not None:
            held = h("ptledger/body/v1", bytes.fromhex(found["salt"]), jcs(self.body)).hex() == entry["body"]
            report.check(held, f"{what} 的内容与记录的摘要不符", f"{what}: the body is not what was hashed")

    def shape(self, report, shapes):
        """Demand the members of a body that is read."""
        body, right = self.body, self.body is not None
        for name, test in shapes.items():
            if right and (not name.startswith("?") or name[1:] in body):
                right = name.lstrip("?") in body and test(body[name.lstrip("?")])
        report.must(right, f"{self.what} {self.kind} 的内容缺失或格式不对", f"{self.what} {self.kind}: bad or no body")


def lines_of(data, what):
    """The lines of a file, each ended by LF."""
    if data and not data.endswith(b"\n"):
        raise Bad(f"{what} 的末行不完整", f"{what}: the last line has no end")
    return data.split(b"\n")[:-1]


def read_chain(report, data, tender, size, root):
    """The lot's own chain: complete, in order, final."""
    chain, before = [], None
    for number, raw in enumerate(lines_of(data, "entries.jsonl")):
        line = Line(report, raw, f"entries.jsonl:{number + 1}", size, root)
        follows = line.tender == tender and line.tseq == number and line.tprev == (before.leaf.hex() if before else "")
        report.check(follows, f"{line.what} 不接在前一条之后", f"{line.what}: does not follow the line before")
        later = before is None or (line.seq > before.seq and line.ts >= before.ts)
        report.check(later, f"{line.what} 的序号或时间倒退", f"{line.what}: number or time runs backwards")
        shapes = SHAPES.get(line.kind)
        known = shapes is not None or free(line.kind)
        report.must(known, f"{line.what} 的种类不明：{line.kind}", f"{line.what}: unknown kind {line.kind}")
        if shapes is not None or (line.body is not None and line.kind in STEPS):
            line.shape(report, shapes if shapes is not None else STEPS[line.kind])
        chain.append(line)
        before = line
    ends = [line.kind for line in chain].count("dossier.final") == 1 and chain[-1].kind == "dossier.final"
    report.must(ends, "记录没有以 dossier.final 结束", "the chain does not end with dossier.final")
    return chain


# ── people: keys in force and signatures ──────────────────────────────────────────────────────────────────────────────
class People:
    """Who held which key and which recipient when."""

    def __init__(self, report, data, size, root):
        self.report, self.lines, last = report, [], -1
        for number, raw in enumerate(lines_of(data, "keys.jsonl")):
            line = Line(report, raw, f"keys.jsonl:{number + 1}", size, root)
            right = line.tender == "@log" and line.kind in KEY_KINDS and line.index > last
            report.must(right, f"{line.what} 不是密钥记录或次序不对", f"{line.what}: no key entry, or out of order")
            line.shape(report, KEY_KINDS[line.kind])
            self.lines.append(line)
            last = line.index
        roles = {}
        for line in self.lines:
            if line.kind == "key.registered":
                one = roles.setdefault(line.body["person"], line.body["role"]) == line.body["role"]
                report.check(one, f"{line.what} 同一人有两种身份", f"{line.what}: one person in two roles")

    def in_force(self, person, index):
        """(public key, role, line) of a person for the entry at ``index``."""
        found = None
        for line in self.lines:
            if line.index < index and line.kind != "officer.key" and line.body["person"] == person:
                found = line if line.kind == "key.registered" else None
        return (bytes.fromhex(found.body["pub"]), found.body["role"]) if found else (None, None)

    def recipient(self, officer, index):
        """The age recipient of an officer in force for the entry at ``index``."""
        mine = [one for one in self.lines if one.kind == "officer.key" and one.body["id"] == officer]
        return next((one.body["recipient"] for one in reversed(mine) if one.index < index), None)

    def signers(self, line):
        """{person: role} of the valid signatures of an entry; every one of them is checked."""
        sigs, found = (line.body or {}).get("sigs", []), {}
        shaped = isinstance(sigs, list) and all(
            isinstance(one, dict) and set(one) == {"sig", "signer"} and is_s(one["signer"]) and is_x(X128)(one["sig"])
            for one in sigs
        ) and len({one["signer"] for one in sigs}) == len(sigs)  # fmt: skip
        self.report.must(shaped, f"{line.what} 的签名格式不对", f"{line.what}: malformed signatures")
        body = {name: one for name, one in (line.body or {}).items() if name not in ("sigs", "t_recv")}
        message = b"ptaction/v1\n" + jcs({"actor": line.actor, "body": body, "kind": line.kind, "tender": line.tender})
        for one in sigs:
            who = one["signer"]
            own = line.kind == "key.registered" and who == line.body["person"]
            public, role = (bytes.fromhex(body["pub"]), body["role"]) if own else self.in_force(who, line.index)
            held = public is not None and signed(public, message, bytes.fromhex(one["sig"]))
            self.report.check(held, f"{line.what} {who} 的签名无效", f"{line.what}: the signature of {who} is not valid")
            if held:
                found[who] = role
        return found

    def check(self, chain, pins):
        """Every signature, those that are required, and that no line is there for nobody."""
        needed = set()
        for line in (*self.lines, *chain):
            by = self.signers(line)
            self.report.check(enough(line, by), f"{line.what} {line.kind} 缺少应有的签名",
                              f"{line.what}: {line.kind} lacks a required signature")  # fmt: skip
            if line in chain:
                needed |= set(by)
        for line in chain:
            if line.kind == "tender.published":
                needed |= {one["id"] for group in line.body["groups"] for one in group["officers"]}
        grows = True
        while grows:
            about = [one for one in self.lines if (one.body.get("person") or one.body.get("id")) in needed]
            more = {one["signer"] for line in about for one in line.body.get("sigs", [])}
            grows, needed = not more <= needed, needed | more
        for line in self.lines:
            person = line.body.get("person") or line.body.get("id")
            self.report.check(person in needed, f"{line.what} 与本标段无关", f"{line.what}: of nobody in this lot")
            if person in pins and line.kind == "key.registered":
                held = line.body["pub"] == pins[person]
                self.report.check(held, f"{person} 登记的公钥不是指定的公钥", f"{person}: registered with another key")
        for person in sorted(needed):
            public, role = self.in_force(person, MOST)
            print(f"signer 签名人: {person} {role or '—'} {public.hex()[:16] if public else '—'}")


def enough(line, by):
    """Whether the signatures that a kind requires are there."""
    body, roles = line.body or {}, list(by.values())
    if line.kind in ("bid.received", "bid.withdrawn"):
        return by.get(line.actor) == "bidder"
    if line.kind in ("draw.commit", "draw.reveal"):
        return body["party"] in roles
    if line.kind == "draw.exclusions":
        return "centre" in roles and "supervisor" in roles
    if line.kind == "draw.dice":
        return sum(role != "centre" for role in roles) >= 2
    if line.kind == "draw.aborted":
        return "supervisor" in roles
    if line.kind == "expert.refused":
        return "supervisor" in roles or by.get(body["id"]) == "expert"
    if line.kind == "key.registered":
        return body["person"] in by
    if line.kind == "key.revoked":
        return body["person"] in by or "supervisor" in roles
    return line.kind != "officer.key" or by.get(body["id"]) == "officer"


# ── bids: deadline, closing, opening ──────────────────────────────────────────────────────────────────────────────────
class Bids:
    """One pass over the chain (8.8): what was in force when, which envelopes counted, what was opened."""

    def __init__(self, report, chain, files, people):
        self.report, self.chain, self.files, self.people = report, chain, files, people
        self.pub = self.closed = self.over = self.award = self.deadline = None
        self.suspended, self.current, self.version, self.owner, self.part = False, {}, {}, {}, {}
        self.opened, self.ended, self.late, self.price_seen = {}, {}, [], False
        for line in chain:
            if line.kind in SHAPES and line.kind != "dossier.final":
                self.take(line)
        self.finish()

    def take(self, line):
        """One entry."""
        need = lambda held, zh, en: self.report.must(held, f"{line.what} {zh}", f"{line.what} {line.kind}: {en}")  # noqa: E731
        kind, body = line.kind, line.body
        need(self.over is None, "在标段结束之后", "after the end of the lot")
        if kind.startswith(("draw.", "expert.")):
            return
        if kind == "tender.published":
            need(self.pub is None and body["deadline"] > line.time, "重复发布或截止时间已过", "twice, or deadline past")
            need(bool(body["parts"]) == bool(body["groups"]), "开标人与投标部分不符", "parts and groups do not agree")
            for one in (one for group in body["groups"] for one in group["officers"]):
                held = self.people.recipient(one["id"], line.index) == one["recipient"]
                need(held, f"开标人 {one['id']} 的公钥未登记", f"officer {one['id']}: key not registered before")
            self.pub, self.deadline = body, body["deadline"]
            return
        if kind in ("tender.failed", "tender.cancelled", "tender.terminated"):
            self.over = line
            return
        need(self.pub is not None, "在公告之前", "before publication")
        need(self.pub["parts"] or not kind.startswith("bid."), "本标段没有密封投标", "this lot has no sealed bids")
        getattr(self, kind.replace(".", "_"))(line, body, need)

    def tender_amended(self, line, body, need):
        need(self.closed is None, "在截标之后", "after closing")
        if "deadline" in body:
            held = not self.suspended and line.time < self.deadline <= body["deadline"]
            need(held, "不得这样改变截止时间", "the deadline may not be moved so")
            self.deadline = body["deadline"]

    def tender_suspended(self, line, _body, need):
        held = not self.suspended and (self.closed is not None or line.time < self.deadline)
        need(held, "不能暂停", "cannot be suspended")
        self.suspended = True

    def tender_resumed(self, line, body, need):
        need(self.suspended, "没有暂停", "not suspended")
        if self.closed is None:
            need(body.get("deadline", 0) > line.time, "恢复时没有新的截止时间", "no new deadline")
            self.deadline = body["deadline"]
        self.suspended = False

    def bid_received(self, line, body, need):
        held = self.closed is None and not self.suspended and body["t_recv"] < self.deadline
        need(held and body["t_recv"] <= line.time, "不应接收（迟到、暂停或已截标）", "may not be received")
        need(body["part"] in self.pub["parts"], "没有这一部分", "no such part")
        owner, envelope = (line.actor, body["part"]), body["envelope"]
        need(body["version"] == self.version.get(owner, 0) + 1, "版本号不连续", "wrong version")
        need(self.owner.setdefault(envelope, owner) == owner, "信封属于他人", "the envelope is another's")
        self.version[owner], self.current[owner] = body["version"], envelope
        if line.time >= self.deadline:
            self.late.append(line.what)

    def bid_withdrawn(self, line, body, need):
        owner = (line.actor, body["part"])
        held = self.current.get(owner) == body["envelope"] and self.version.get(owner) == body["version"]
        need(self.closed is None and held, "撤回的不是有效投标", "not the bid in force")
        del self.current[owner]

    def bid_refused(self, _line, body, need):
        need(body["reason"] != "late" or body["t_recv"] >= self.deadline, "并未迟到", "it was not late")

    def tender_closed(self, line, body, need):
        held = self.closed is None and line.time >= self.deadline and not self.suspended
        need(held, "不应截标", "may not close")
        self.closed = line
        ids = sorted(self.current.values())
        need(body["bids_root"] == root_of([leaf_hash(one.encode()) for one in ids]).hex(), "投标根不符", "wrong bids_root")
        need(body["count"] == len(self.complete()), "投标数不符", "wrong count")

    def complete(self):
        """The bidders with a current envelope for every part."""
        return {who for who, _part in self.current if all((who, part) in self.current for part in self.pub["parts"])}

    def bid_opened(self, line, body, need):
        need(self.closed is not None and not self.suspended, "截标前或暂停中开标", "opened before closing or suspended")
        need(self.closed.body["count"] >= self.pub["min_bids"], "投标人不足而开标", "too few bids to open")
        priced = body["part"] != "tech"
        need(not priced or {"key", "inner", "price"} <= set(body), "缺少密钥或报价", "key, inner or price is missing")
        need(priced or not self.price_seen, "技术标在商务标之后开启", "technical after price")
        self.price_seen |= body["part"] == "price"
        self.end_of(line, body, need)
        need(self.owner[body["envelope"]][0] in self.complete(), "投标不完整而开启", "an incomplete bid is opened")

    def bid_rejected(self, line, body, need):
        need(self.closed is not None, "截标前", "before closing")
        self.end_of(line, body, need)

    def end_of(self, line, body, need):
        """An envelope is opened or rejected once, and counted at closing."""
        envelope = body["envelope"]
        need(envelope in self.current.values(), "信封不在截标名单中", "not in force at closing")
        need(envelope not in self.ended, "信封已处理", "opened or rejected twice")
        need(("key" in body) == ("inner" in body), "密钥与内容不成对", "key without inner")
        need(self.owner[envelope][1] == body["part"], "部分不符", "wrong part")
        self.ended[envelope] = line

    def award_notice(self, line, _body, need):
        need(self.closed is not None and not self.suspended, "截标前或暂停中定标", "awarded before closing or suspended")
        self.award = line

    def finish(self):
        """The end of the lot, and every envelope."""
        final = self.chain[-1].body["end"]
        end = self.over.kind.partition(".")[2] if self.over else "awarded" if self.award else None
        self.report.must(end == final, f"结局不符：{final}", f"the end is not as told: {final}")
        print(f"end 结局: {final}")
        if final != "awarded":
            why = self.over.body["reason"]
            self.report.warn(f"没有成交：{final}，{why}", f"no award: {final}, {why}")
        for what in self.late:
            self.report.warn(f"{what} 在截止后才记录", f"{what}: recorded after the deadline")
        if self.closed is None or not self.pub["parts"]:
            self.report.warn("没有密封投标", "no sealed bids")
        if self.closed is not None:
            for (who, part), envelope in sorted(self.current.items(), key=lambda one: one[1]):
                self.envelope(envelope, who, part, final)
        if self.award is not None and self.pub["parts"]:
            winners = {one.body["winner"] for one in self.chain if one.kind == "award.notice"}
            known = {self.owner[one][0] for one, line in self.ended.items()
                     if line.kind == "bid.opened" and line.body["part"] != "tech"}  # fmt: skip
            self.report.check(winners <= known, "中标人没有开启的报价", "the winner has no opened price")

    def file(self, name):
        """The bytes of a file that must be there."""
        self.report.must(name in self.files, f"缺少文件 {name}", f"missing file {name}")
        return self.files[name]

    def envelope(self, envelope, who, part, final):
        """The header, and what was opened with it (8.8)."""
        head = strict(self.file(f"env-{envelope}.json"), f"env-{envelope[:8]}")
        need = lambda held, zh, en: self.report.must(held, f"信封 {envelope[:8]} {zh}", f"envelope {envelope[:8]}: {en}")  # noqa: E731
        names = "alg tender lot part groups key_commit plain_commit ct_sha256 ct_len shares".split()
        right = isinstance(head, dict) and set(head) == set(names) and head["alg"] == "ptbid/1" and is_s(head["lot"])
        right = right and all(HEX64(head[name]) for name in names[5:8]) and is_i(head["ct_len"])
        shares = head.get("shares") if right else None
        right = right and isinstance(shares, list) and all(
            isinstance(one, dict) and set(one) == {"g", "o", "x", "commit", "wrapped"} and HEX64(one["commit"])
            and is_s(one["wrapped"]) for one in shares
        )  # fmt: skip
        need(right, "的头部格式不对", "malformed header")
        need(h("ptbid/envelope/v1", jcs(head)).hex() == envelope, "与其编号不符", "not what its id says")
        held = head["tender"] == self.chain[0].tender and head["part"] == part and jcs(head["groups"]) == jcs(self.pub["groups"])
        need(held, "属于别的标段、部分或开标人", "of another lot, part or quorum")
        places = [[g, one["id"], x] for g, group in enumerate(head["groups"]) for x, one in enumerate(group["officers"], 1)]
        given = [[one["g"], one["o"], one["x"]] for one in shares]
        need(given == places and not any(isinstance(n, bool) for one in given for n in one), "的份额次序不对", "wrong shares")
        line = self.ended.get(envelope)
        if line is None:
            need(final != "awarded", "从未开启", "never opened")
            self.report.warn(f"信封 {envelope[:8]} 从未开启", f"envelope {envelope[:8]} was never opened")
            return
        if line.kind == "bid.rejected":
            why = line.body["reason"]
            self.report.warn(f"信封 {envelope[:8]} 被拒绝：{why}", f"envelope {envelope[:8]} rejected: {why}")
        if "key" in line.body:
            self.disclosed(head, line, envelope, who, need)

    def disclosed(self, head, line, envelope, who, need):
        """Key, shares, inner and price sheet agree with the header."""
        key, inner = bytes.fromhex(line.body["key"]), line.body["inner"].encode("utf-8")
        ctx = jcs([head["tender"], head["lot"], head["part"]])
        need(h("ptbid/key/v1", ctx, key).hex() == head["key_commit"], "的密钥不符", "wrong key")
        need([one["commit"] for one in head["shares"]] == commits(key, ctx, head["groups"]), "的份额不符", "wrong shares")
        need(h("ptbid/plain/v1", inner).hex() == head["plain_commit"], "的内容承诺不符", "wrong plain_commit")
        opened, name = line.kind == "bid.opened", f"content-{envelope}.json"
        if not opened and name not in self.files:
            return
        told = strict(inner, f"inner {envelope[:8]}")
        tests = {"bidder": is_s, "len": is_i, "lot": is_s, "part": is_s, "salt": HEX64, "sha256": HEX64, "tender": is_s}
        right = isinstance(told, dict) and set(told) == set(tests) and all(test(told[one]) for one, test in tests.items())
        need(right, "的内文格式不对", "malformed inner")
        if opened:
            same = told["bidder"] == who and all(told[one] == head[one] for one in ("tender", "lot", "part"))
            need(same, "属于别人", "of another bidder or place")
        if opened and head["part"] == "tech":
            return
        content = self.file(name)
        held = sha(content).hex() == told["sha256"] and len(content) == told["len"]
        need(held, "的报价单与密封的不同", "the price sheet is not what was sealed")
        if opened:
            self.sheet(strict(content, name), line, head, who, need)

    def sheet(self, sheet, line, head, who, need):
        """The price sheet ptprice/1."""
        right = isinstance(sheet, dict) and sheet.get("alg") == "ptprice/1" and is_x(TOTAL)(sheet.get("total"))
        right = right and sheet.get("bidder") == who and isinstance(sheet.get("attachments"), list)
        right = right and all(sheet.get(one) == head[one] for one in ("tender", "lot", "part")) and all(
            isinstance(one, dict) and set(one) == {"name", "sha256", "len"} and is_s(one["name"])
            and HEX64(one["sha256"]) and is_i(one["len"]) for one in sheet["attachments"]
        )  # fmt: skip
        need(right, "的报价单格式不对", "malformed price sheet")
        need(sheet["total"] == line.body["price"], "唱标价与报价单不符", "the price read out is not that of the sheet")


def times(a, b):
    """The product in GF(2^8) modulo 0x11B."""
    product = 0
    while b:
        product ^= a * (b & 1)
        a, b = (a << 1) ^ (0x11B if a & 0x80 else 0), b >> 1
    return product


def commits(key, ctx, groups):
    """The commitments to all shares of a bid key (8.8)."""
    found, rest = [], key
    for g, group in enumerate(groups):
        secret = mac(key, b"ptbid/group/v1\n" + ctx + bytes([g])) if g < len(groups) - 1 else rest
        rest = bytes(a ^ b for a, b in zip(rest, secret))
        terms = [mac(secret, b"ptbid/shamir/v1\n" + ctx + bytes([g, j])) for j in range(1, group["k"])]
        for x, officer in enumerate(group["officers"], 1):
            share, power = bytearray(secret), 1
            for term in terms:
                power = times(power, x)
                share = bytearray(one ^ times(power, byte) for one, byte in zip(share, term))
            parts = (ctx, bytes([g]), officer["id"].encode(), bytes([x]), bytes(share))
            found.append(h("ptbid/share/v1", *parts).hex())
    return found


# ── draws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
class Draw:
    """One draw from its rules to its end, recomputed (8.10)."""

    def __init__(self, report, rules, number, files, closed):
        self.report, self.rules, self.body, self.closed = report, rules, rules.body, closed
        self.parties, self.commits, self.values, self.reveals = self.body["parties"], [], {}, {}
        turn = ["centre", *(one for one in self.parties if one != "centre")]
        self.turn, self.next, self.round, self.ended = turn, "draw.pool", 0, None
        self.barred, self.seated, self.stratum, self.refused = set(), {}, {}, 0
        self.need_n = {one["code"]: one["n"] for one in self.body["strata"]}
        self.pool, self.file, self.results, self.beacon, self.skipped = None, files.get(f"pool-{number}.jsonl"), [], None, 0

    def must(self, held, line, zh, en):
        self.report.must(held, f"{line.what} {zh}", f"{line.what} {line.kind}: {en}")

    def take(self, line):
        """The next entry of this draw."""
        self.must(line.body["draw"] == self.body["draw"], line, "属于别的抽取", "names another draw")
        self.must(self.ended is None, line, "在抽取结束之后", "after the end of the draw")
        if line.kind == "draw.aborted":
            self.must(line.body["blame"] in (*self.parties, "none"), line, "责任方不明", "blames nobody known")
            fixed = len(self.reveals) == len(self.parties)
            after = ("，在结果已定之后", " AFTER its outcome was fixed") if fixed else ("", "")
            self.report.warn(f"抽取中止{after[0]}：{line.body['reason']}", f"aborted draw{after[1]}: {line.body['reason']}")
            self.ended = line
            return
        kind = "draw.result" if line.kind == "draw.shortage" else line.kind
        if kind.startswith("expert."):
            kind = "expert"
        if self.next == "expert" and kind == "draw.reveal" and self.refused:
            self.next, self.round, self.reveals, self.refused = "draw.reveal", self.round + 1, {}, 0
        self.must(kind == self.next, line, f"次序不对，应为 {self.next}", f"out of order, {self.next} is next")
        getattr(self, kind.replace("draw.", "on_"))(line, line.body)

    def on_pool(self, line, body):
        if self.file is not None:
            self.read_pool(line, body)
        self.next = "draw.commit"

    def read_pool(self, line, body):
        """The leaves behind the root."""
        self.pool, before, hashes = {}, "", []
        for raw in lines_of(self.file, "pool"):
            leaf = strict(raw, "pool")
            right = isinstance(leaf, dict) and {"id", "strata", "org", "name_commit"} <= set(leaf)
            right = right and set(leaf) <= {"id", "strata", "org", "name_commit", "w"} and HEX32(leaf["id"])
            right = right and is_strings(leaf["strata"]) and len(set(leaf["strata"])) == len(leaf["strata"])
            right = right and is_x(re.compile("[0-9a-f]{16}"))(leaf["org"]) and HEX64(leaf["name_commit"])
            weight = leaf.get("w", 1) if right else 0
            self.must(right and is_i(weight) and 1 <= weight <= 16 and leaf["id"] > before, line, "专家名册格式不对", "bad pool")
            before, self.pool[leaf["id"]] = leaf["id"], (leaf["strata"], leaf["org"], weight)
            hashes.append(leaf_hash(raw))
        right = root_of(hashes).hex() == body["pool_root"] and len(hashes) == body["pool_size"]
        self.must(right, line, "专家名册与根不符", "the pool is not that of its root")

    def on_commit(self, line, body):
        held = len(self.commits) < len(self.parties) and body["party"] == self.parties[len(self.commits)]
        self.must(held, line, "承诺方次序不对", "wrong party")
        self.commits.append({"party": body["party"], "anchor": body["anchor"]})
        self.values[body["party"]] = bytes.fromhex(body["anchor"])
        if len(self.commits) == len(self.parties):
            self.next = "draw.exclusions"

    def on_exclusions(self, line, body):
        right = set(body["ids"].values()) <= set(body["codes"]) and (self.pool is None or set(body["ids"]) <= set(self.pool))
        self.must(right, line, "回避名单不对", "bad exclusions")
        self.excluded, self.barred, self.next = body, set(body["ids"]), "draw.dice"

    def on_dice(self, _line, body):
        self.dice, self.next = body["value"], "draw.reveal"

    def on_reveal(self, line, body):
        held = body["round"] == self.round and body["party"] == self.turn[len(self.reveals)]
        self.must(held, line, "揭示次序不对", "wrong turn")
        value, party = bytes.fromhex(body["value"]), body["party"]
        step = h("ptdraw/chain/v1", self.body["draw"].encode(), party.encode(), value)
        self.must(step == self.values[party], line, "揭示的值不在承诺链上", "not the value committed to")
        self.values[party], self.reveals[party], self.last_reveal = value, body["value"], line.time
        if len(self.reveals) == len(self.parties):
            self.next = "draw.beacon" if self.round == 0 and self.body.get("beacon") else "draw.result"

    def on_beacon(self, line, body):
        asked = self.body["beacon"]
        self.must(all(body[one] == asked[one] for one in asked), line, "信标与规则不符", "not the beacon of the rules")
        self.beacon = {name: one for name, one in body.items() if name not in ("draw", "sigs")}
        if body["type"] == "drand-quicknet":
            signature = body.get("signature")
            right = body["chain"] == QUICKNET and is_x(re.compile("[0-9a-f]{96}"))(signature)
            right = right and sha(bytes.fromhex(signature)).hex() == body["value"]
            at = (1692803367 + 3 * (body["round"] - 1)) * 10**6
            self.must(right and self.last_reveal < at <= line.time, line, "信标的值或时间不对", "wrong beacon or time")
        self.report.warn("信标的签名未在此核验", "the beacon's own signature is not checked here")
        self.next = "draw.result"

    def key(self):
        """The key of this round's tickets."""
        reveals = [{"party": one, "value": self.reveals[one]} for one in self.parties]
        if self.round:
            return h("ptdraw/round/v1", self.k, jcs({"reveals": reveals, "round": self.round}))
        rules = {name: one for name, one in self.body.items() if name != "sigs"}
        exclusions = {"codes": self.excluded["codes"], "ids": self.excluded["ids"]}
        return h("ptdraw/seed/v1", jcs({
            "alg": "ptdraw/1", "draw": self.body["draw"], "rules_hash": h("ptdraw/rules/v1", jcs(rules)).hex(),
            "pool_root": self.root["pool_root"], "pool_size": self.root["pool_size"],
            "excl_hash": h("ptdraw/excl/v1", jcs(exclusions)).hex(), "bids_root": self.closed.body["bids_root"],
            "commits": self.commits, "dice": self.dice, "reveals": reveals, "beacon": self.beacon,
        }))  # fmt: skip

    def select(self):
        """The seats of this round, or the shortage."""
        found, per_org, most = [], {}, self.body["max_per_org"]
        for one in self.seated.values():
            per_org[one] = per_org.get(one, 0) + 1
        for code in (one["code"] for one in self.body["strata"] if self.need_n[one["code"]]):
            tickets = sorted(
                (min(mac(self.k, f"ptdraw/ticket/v1\n{code}\n{one}\n{j}".encode()) for j in range(1, w + 1)), one)
                for one, (strata, _org, w) in self.pool.items() if code in strata and one not in self.barred
            )  # fmt: skip
            got, skipped = 0, []
            for rank, (ticket, one) in enumerate(tickets, 1):
                if got == self.need_n[code]:
                    break
                org = self.pool[one][1]
                if most is not None and per_org.get(org, 0) >= most:
                    skipped.append(one)
                    continue
                found.append({"id": one, "rank": rank, "skipped": skipped, "stratum": code, "ticket": ticket.hex()})
                self.barred.add(one)
                per_org[org], got, skipped = per_org.get(org, 0) + 1, got + 1, []
            if got < self.need_n[code]:
                return {"stratum": code, "need": self.need_n[code], "got": got}
        return found

    def on_result(self, line, body):
        self.must(self.pool is not None, line, "缺少专家名册", "the pool file is missing")
        self.must(body["round"] == self.round, line, "轮次不对", "wrong round")
        self.k = self.key()
        found = self.select()
        if line.kind == "draw.shortage":
            self.must(found == {name: body[name] for name in ("stratum", "need", "got")}, line, "并不短缺", "no such shortage")
            self.report.warn(f"专家不足：{body['stratum']}", f"short draw: {body['stratum']}")
            self.ended = line
            return
        self.must(jcs(found) == jcs(body["selected"]), line, "重算得到别的专家", "the draw recomputed gives other experts")
        for one in found:
            self.seated[one["id"]], self.stratum[one["id"]] = self.pool[one["id"]][1], one["stratum"]
        self.need_n, self.next = dict.fromkeys(self.need_n, 0), "expert"
        self.results.append(line)

    def expert(self, line, body):
        held = body["after_round"] == self.round and body["id"] in self.seated
        self.must(held, line, "专家没有被抽中", "not a drawn expert")
        if line.kind == "expert.refused":
            self.must(body["reason"] in self.body["refusal_codes"], line, "理由不在名单内", "no reason of the list")
            del self.seated[body["id"]]
            self.need_n[self.stratum[body["id"]]] += 1
            self.refused += 1

    def seats(self):
        """Whether the last word of this draw is a seated committee."""
        return bool(self.results) and self.ended is None and self.next == "expert" and not self.refused


def check_draws(report, chain, files, final):
    """All draws of the lot, in order."""
    draws, closed, last_award = [], None, max((i for i, one in enumerate(chain) if one.kind == "award.notice"), default=-1)
    for place, line in enumerate(chain):
        if line.kind == "tender.closed":
            closed = line
            for one in draws:
                one.closed = line
        elif line.kind == "draw.rules":
            prefix, _, number = line.body["draw"].rpartition("-")
            right = prefix == f"{line.tender}/draw" and bool(DRAW.fullmatch(number))
            right = right and line.body["draw"] not in [one.body["draw"] for one in draws]
            report.must(right, f"{line.what} 抽取编号不对", f"{line.what}: wrong draw number")
            held = not draws or (draws[-1].ended is not None and closed is not None)
            report.must(held, f"{line.what} 不应重新抽取", f"{line.what}: no new draw is allowed")
            draws.append(Draw(report, line, len(draws) + 1, files, closed))
        elif line.kind.startswith(("draw.", "expert.")):
            report.must(bool(draws), f"{line.what} 没有抽取规则", f"{line.what}: no rules of a draw")
            early = line.kind == "draw.commit" and len(draws) == 1
            held = (closed is None) if early else (closed is not None or line.kind != "draw.exclusions")
            report.must(held, f"{line.what} 与截标的先后不对", f"{line.what}: wrong order with the closing")
            if line.kind == "draw.pool":
                draws[-1].root = line.body
            draws[-1].take(line)
            held = final != "awarded" or line.kind == "draw.aborted" or place < last_award
            report.must(held, f"{line.what} 在定标之后", f"{line.what}: after the award")
    if not draws:
        report.warn("没有抽取专家", "no draw")
        return
    if final == "awarded":
        report.must(draws[-1].seats(), "最后一次抽取没有组成评标委员会", "the last draw seats no committee")
    last = draws[-1]
    told = len(last.seated), len(last.results), last.root["pool_size"] if hasattr(last, "root") else 0
    print("experts seated 专家: %d, rounds 轮次: %d, pool 名册: %d, exclusions 回避: %d" % (*told, len(getattr(last, "excluded", {}).get("ids", ()))))  # fmt: skip


# ── the whole dossier, receipts, the whole log ────────────────────────────────────────────────────────────────────────
def load(path):
    """Name → bytes of a zip or a flat folder."""
    found = {}
    if path.is_dir():
        for one in path.iterdir():
            if not one.is_file() or one.is_symlink():
                raise Bad(f"不是普通文件：{one.name}", f"not a plain file: {one.name}")
            found[one.name] = one.read_bytes()
        return found
    with zipfile.ZipFile(path) as archive:
        for one in archive.infolist():
            if one.filename in found or one.is_dir():
                raise Bad(f"文件重复或带目录：{one.filename}", f"doubled file or folder: {one.filename}")
            found[one.filename] = archive.read(one)
    return found


def read_manifest(report, files):
    """The manifest, and that it lists exactly the files that are there."""
    report.must("manifest.json" in files, "缺少 manifest.json", "no manifest.json")
    found = strict(files["manifest.json"], "manifest.json")
    right = isinstance(found, dict) and found.get("alg") == "ptdossier/1" and is_s(found.get("origin"))
    right = right and is_s(found.get("tender")) and found["tender"] != "" and not found["tender"].startswith("@")
    right = right and is_s(found.get("log_key")) and is_strings(found.get("witness_keys"))
    right = right and isinstance(found.get("files"), dict) and all(map(HEX64, found["files"].values()))
    report.must(right, "manifest.json 格式不对", "manifest.json is malformed")
    names = set(files) - {"manifest.json"}
    right = set(found["files"]) == names and not any(one.startswith(".") for one in names)
    report.must(right, "文件与清单不一致", "the files are not those of the manifest")
    for name, digest in sorted(found["files"].items()):
        report.check(sha(files[name]).hex() == digest, f"{name} 已被改动", f"{name} was changed")
    for name in ("entries.jsonl", "keys.jsonl", "checkpoint.note"):
        report.must(name in files, f"缺少 {name}", f"missing {name}")
    return found


def check_receipt(report, data, log, origin, chain):
    """A bidder's receipt against the chain (8.11)."""
    text, _ = read_note(report, data, log, (), 0)
    lines = text.split("\n")
    report.must(len(lines) == 3 and lines[0] == f"{origin} receipt", "不是本日志的回执", "not a receipt of this log")
    told = strict(lines[1].encode(), "receipt")
    report.must(isinstance(told, dict) and set(told) == {"envelope", "leaf", "t_recv", "tender"}, "回执格式不对", "bad receipt")
    held = any(
        one.kind == "bid.received" and one.leaf.hex() == told["leaf"] and one.tender == told["tender"]
        and one.body["envelope"] == told["envelope"] and one.body["t_recv"] == told["t_recv"] for one in chain
    )  # fmt: skip
    report.check(held, "回执上的投标不在记录中", "the bid of the receipt is not in the record")


def check_dossier(report, options):
    """A whole evidence file."""
    files = load(Path(options.file))
    manifest = read_manifest(report, files)
    own_log, own_witnesses = vkey(manifest["log_key"], 1), [vkey(one, 4) for one in manifest["witness_keys"]]
    log = vkey(options.log_key, 1) if options.log_key else own_log
    witnesses = [vkey(one, 4) for one in options.witness_key] or own_witnesses
    if not options.log_key or not options.witness_key:
        report.warn("公钥取自文件自身，请改用公告中的公钥", "keys were taken from the dossier itself: use those of the notice")
    all_differ(report, [log, *witnesses])
    report.must(manifest["origin"] == log[0], "日志名称与公钥不符", "the origin is not the name of the log key")
    need = 1 if options.need is None else options.need
    text, by = read_note(report, files["checkpoint.note"], log, witnesses, need)
    size, root = checkpoint(report, text, manifest["origin"])
    chain = read_chain(report, files["entries.jsonl"], manifest["tender"], size, root)
    people = People(report, files["keys.jsonl"], size, root)
    people.check(chain, dict(options.pin))
    bids = Bids(report, chain, files, people)
    check_draws(report, chain, files, chain[-1].body["end"])
    for path in options.receipt:
        check_receipt(report, Path(path).read_bytes(), log, manifest["origin"], chain)
    print(f"log 日志: {log[0]}, size {size}, entries {len(chain)}, bids {len(bids.current)}, witnesses 见证: {', '.join(by)}")


def check_log(report, options):
    """The whole public log against a checkpoint."""
    log, witnesses = vkey(options.log_key, 1), [vkey(one, 4) for one in options.witness_key]
    all_differ(report, [log, *witnesses])
    need = options.need if options.need is not None else min(1, len(witnesses))
    text, by = read_note(report, Path(options.checkpoint).read_bytes(), log, witnesses, need)
    size, root = checkpoint(report, text, log[0])
    chains, stack, count, before = {}, [], 0, ""
    with open(options.log, "rb") as lines:
        for raw in lines:
            what = f"log.jsonl:{count + 1}"
            report.must(raw.endswith(b"\n"), f"{what} 不完整", f"{what}: incomplete")
            entry, _time = read_entry(raw[:-1].decode("utf-8"), what)
            tender, leaf = entry["tender"], leaf_hash(raw[:-1])
            tseq, tprev = chains.get(tender, (0, ""))
            held = entry["seq"] == count and entry["ts"] >= before and (entry["tseq"], entry["tprev"]) == (tseq, tprev)
            report.must(held, f"{what} 不接在前一条之后", f"{what}: does not follow")
            held = tender == "@log" or (tender != "" and not tender.startswith("@"))
            report.must(held and (tender == "@log") == (entry["kind"] in LOG_KINDS), f"{what} 链或种类不对", f"{what}: wrong chain or kind")
            chains[tender], before = (tseq + 1, leaf.hex()), entry["ts"]
            node, number = leaf, count
            while number & 1:
                node, number = sha(b"\x01" + stack.pop() + node), number >> 1
            stack.append(node)
            count += 1
    node = stack.pop() if stack else sha(b"")
    while stack:
        node = sha(b"\x01" + stack.pop() + node)
    report.check(count == size and node == root, "日志与检查点不符", "the log is not that of the checkpoint")
    print(f"log 日志: {log[0]}, size {size}, chains {len(chains)}, witnesses 见证: {', '.join(by)}")


def pin(text):
    """PERSON=PUBHEX."""
    person, _, public = text.rpartition("=")
    if not person or not X64.fullmatch(public):
        raise argparse.ArgumentTypeError("PERSON=64 hex digits")
    return person, public


def main(arguments=None):
    """Read the command line, verify, answer with the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?")
    parser.add_argument("--log")
    parser.add_argument("--checkpoint")
    parser.add_argument("--log-key")
    parser.add_argument("--witness-key", action="append", default=[])
    parser.add_argument("--need", type=int)
    parser.add_argument("--receipt", action="append", default=[])
    parser.add_argument("--pin", action="append", type=pin, default=[])
    options = parser.parse_args(arguments)
    whole_log = options.log is not None
    if whole_log == (options.file is not None) or (whole_log and not (options.checkpoint and options.log_key)) or (options.need or 0) < 0:
        parser.error("give FILE, or --log with --checkpoint and --log-key")
    report = Report()
    try:
        (check_log if whole_log else check_dossier)(report, options)
    except Exception as error:
        told = error if isinstance(error, Bad) else f"文件无法读取或格式不对 | unreadable or malformed ({error})"
        print(f"FAILED: {type(error).__name__}: {told}")
        return 1
    verdict = "NOT VERIFIED" if report.failed else "VERIFIED"
    print(f"{verdict}: {report.passed} checks passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
