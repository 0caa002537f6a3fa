"""The house rules as questions about source text 看家规则: each takes a path and its text and answers with faults."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

Guard = Callable[[str, str], list[str]]

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
VAGUE_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff", "services2"})
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|#.*\bfor now\b|NotImplementedError")
CLOCK_READS = frozenset({"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"})
CLOCKS = frozenset({"datetime", "date", "dt", "time", "func"})
CLOCK_IN_SQL = re.compile(r"CURRENT_(TIMESTAMP|DATE|TIME)\b|\bnow\(\)")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def too_long(path: str, source: str) -> list[str]:
    """No file over 400 lines, no function over 50."""
    faults = []
    lines = source.count("\n")
    if lines > LONGEST_FILE:
        faults.append(f"{path}: {lines} lines, at most {LONGEST_FILE}")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, FUNCTIONS):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                faults.append(f"{path}:{node.lineno}: {node.name} has {length} lines, at most {LONGEST_FUNCTION}")
    return faults


def silent_module(path: str, source: str) -> list[str]:
    """Every module says in its first line what it is for."""
    return [] if ast.get_docstring(ast.parse(source)) else [f"{path}: no sentence saying what the file is for"]


def vague_name(path: str, source: str) -> list[str]:
    """No file is named for being useful."""
    return [f"{path}: say what it does"] if VAGUE_NAMES & set(Path(path).with_suffix("").parts) else []


def unfinished(path: str, source: str) -> list[str]:
    """Nothing is promised for later."""
    return [f"{path}:{n}: unfinished" for n, line in enumerate(source.splitlines(), 1) if UNFINISHED.search(line)]


def commits(path: str, source: str) -> list[str]:
    """Only database.py commits."""
    if path == "trading/database.py":
        return []
    return [f"{path}:{call.lineno}: commits" for call in _method_calls(source) if _attribute(call) == "commit"]


def sets_status(path: str, source: str) -> list[str]:
    """Only the engine moves a lot to another status; a lot is born a draft."""
    if path == "trading/workflow/engine.py":
        return []
    faults = []
    for node in ast.walk(ast.parse(source)):
        for target in _targets(node):
            if isinstance(target, ast.Attribute) and target.attr == "status" and _name(target.value) not in NOT_A_LOT:
                faults.append(f"{path}:{node.lineno}: sets a status")
        if isinstance(node, ast.Call) and _sets_status_by_call(node):
            faults.append(f"{path}:{node.lineno}: sets a status")
    return faults


NOT_A_LOT = frozenset({"self", "response", "answer"})


def writes_chain(path: str, source: str) -> list[str]:
    """Only the engine and the ledger itself append to a chain; the rest has the ledger's doors for what is no step."""
    if path == "trading/workflow/engine.py" or path.startswith("trading/ledger/"):
        return []
    faults = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("trading.ledger"):
            names = {alias.name for alias in node.names}
            if "append" in names or (node.module == "trading.ledger" and "log" in names):
                faults.append(f"{path}:{node.lineno}: takes the ledger's append")
        if isinstance(node, ast.Import) and any(alias.name.startswith("trading.ledger.log") for alias in node.names):
            faults.append(f"{path}:{node.lineno}: takes the ledger's append")
        if isinstance(node, ast.Call) and _name(node.func) in {"LedgerEntry", "LedgerHead", "LedgerChainHead"}:
            faults.append(f"{path}:{node.lineno}: writes a ledger record by hand")
    return faults


def reads_clock(path: str, source: str) -> list[str]:
    """Only clock.py reads the clock; the database's clock is a clock too."""
    if path == "trading/clock.py":
        return []
    faults = []
    for call in _method_calls(source):
        if _attribute(call) in CLOCK_READS and _name(call.func.value) in CLOCKS:  # type: ignore[attr-defined]
            faults.append(f"{path}:{call.lineno}: reads the clock")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CLOCK_IN_SQL.search(node.value):
            faults.append(f"{path}:{node.lineno}: reads the database's clock")
    return faults


def uses_chance(path: str, source: str) -> list[str]:
    """No ``random``: a draw is seeded and can be replayed, a secret comes from ``secrets``."""
    return [f"{path}:{n}: imports random" for n, name in _imports(source) if name.split(".")[0] == "random"]


def hides_import(path: str, source: str) -> list[str]:
    """No import inside a function, and no way around the linter that forbids it."""
    faults = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, FUNCTIONS):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    faults.append(f"{path}:{inner.lineno}: imports inside {node.name}")
    for number, line in enumerate(source.splitlines(), 1):
        if re.search(r"#\s*noqa(?!: [A-Z]+\d+)", line) or re.search(r"#\s*noqa:.*(PLC0415|TID251)", line):
            faults.append(f"{path}:{number}: silences a house rule")
    return faults


def reaches_outside(path: str, source: str) -> list[str]:
    """The product never reads the builders' reference shelf, and keeps no address of a package registry."""
    shelf, hosts = "../" + "shared", ("pypi" + ".org", "python" + "hosted", "--index" + "-url", "registry." + "npmjs")
    words = [*hosts, shelf] if path.startswith("trading/") else list(hosts)
    return [f"{path}: holds {word}" for word in words if word in source]


def holds_address(path: str, source: str) -> list[str]:
    """A lock file pins by digest and names no address."""
    faults = [f"{path}:{n}: an address" for n, line in enumerate(source.splitlines(), 1) if "://" in line]
    for number, line in enumerate(source.splitlines(), 1):
        if re.match(r"[a-z0-9].*==", line) and not line.rstrip().endswith("\\"):
            faults.append(f"{path}:{number}: a pin without a digest")
    return faults


def keeps_money_as_float(path: str, source: str) -> list[str]:
    """No record has a floating-point or NUMERIC column (SQLite rounds both): amounts are whole fen."""
    if not path.startswith("trading/models/"):
        return []
    floats = {"Float", "Double", "Numeric", "REAL", "DECIMAL"}
    return [f"{path}:{n}: {name}" for n, name in _imports(source) if name.split(".")[-1] in floats]


def unpaired(rules: set[str], contents: set[str], tests: set[str]) -> list[str]:
    """Rule files, the table of contents and the test files name the same rules."""
    faults = [f"{name}: no file in trading/rules" for name in sorted((contents | tests) - rules)]
    faults += [f"{name}: not in the contents of trading/rules" for name in sorted(rules - contents)]
    return faults + [f"{name}: no test of the same name" for name in sorted(rules - tests)]


def _sets_status_by_call(node: ast.Call) -> bool:
    name = _name(node.func)
    if name == "setattr" and len(node.args) == 3:
        return isinstance(node.args[1], ast.Constant) and node.args[1].value == "status"
    if name == "Lot":
        return any(keyword.arg == "status" and _name(keyword.value) != "DRAFT" for keyword in node.keywords)
    if name == "values" and isinstance(node.func, ast.Attribute):
        bulk = ast.unparse(node.func.value)
        return "update(Lot)" in bulk and any(keyword.arg == "status" for keyword in node.keywords)
    return False


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return [part for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Attribute)]
    if isinstance(node, ast.AugAssign | ast.AnnAssign) and getattr(node, "value", None) is not None:
        return [node.target]
    return []


def _method_calls(source: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node


def _attribute(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _name(node: ast.expr) -> str:
    """The last name of an expression: ``datetime`` of ``datetime`` and of ``datetime.datetime``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _imports(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
