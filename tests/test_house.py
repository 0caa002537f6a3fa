"""The house rules, kept by machine 看家规则: nobody breaks them in the tree, and each guard has been seen to bite."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import house_guards as guards
from tests.house_guards import Guard

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
PRODUCT = (
    guards.too_long,
    guards.silent_module,
    guards.vague_name,
    guards.unfinished,
    guards.commits,
    guards.sets_status,
    guards.writes_chain,
    guards.reads_clock,
    guards.uses_chance,
    guards.hides_import,
    guards.reaches_outside,
    guards.keeps_money_as_float,
)
TESTS = (guards.too_long, guards.silent_module, guards.unfinished, guards.uses_chance, guards.hides_import)

# One line that breaks each rule, where it stands, and what the guard must answer with.
BITES = [
    (guards.too_long, "trading/x.py", "x = 1\n" * 401, "401 lines"),
    (guards.too_long, "trading/x.py", "def f():\n" + "    x = 1\n" * 50, "f has 51 lines"),
    (guards.silent_module, "trading/x.py", "x = 1\n", "no sentence"),
    (guards.vague_name, "trading/web/utils.py", "", "say what it does"),
    (guards.vague_name, "trading/helpers/dates.py", "", "say what it does"),
    (guards.unfinished, "trading/x.py", "x = 1  # TO" + "DO later\n", "unfinished"),
    (guards.unfinished, "trading/x.py", "x = 1  # good enough for" + " now\n", "unfinished"),
    (guards.commits, "trading/phases/filing/service.py", "session.commit()\n", "commits"),
    (guards.sets_status, "trading/phases/filing/service.py", "lot.status = Status.FILED\n", "sets a status"),
    (guards.sets_status, "trading/demo/x.py", "project.lots[0].status = 'filed'\n", "sets a status"),
    (guards.sets_status, "trading/demo/x.py", "lot.version, lot.status = 2, 'filed'\n", "sets a status"),
    (guards.sets_status, "trading/demo/x.py", "setattr(lot, 'status', 'filed')\n", "sets a status"),
    (guards.sets_status, "trading/demo/x.py", "Lot(code='A', status='filed')\n", "sets a status"),
    (guards.sets_status, "trading/demo/x.py", "session.execute(update(Lot).values(status='x'))\n", "sets a status"),
    (guards.writes_chain, "trading/portal/x.py", "from trading.ledger.log import append\n", "append"),
    (guards.writes_chain, "trading/portal/x.py", "from trading.ledger import log\n", "append"),
    (guards.writes_chain, "trading/portal/x.py", "import trading.ledger.log\n", "append"),
    (guards.writes_chain, "trading/portal/x.py", "session.add(LedgerEntry(seq=1))\n", "by hand"),
    (guards.reads_clock, "trading/x.py", "datetime.now(UTC)\n", "reads the clock"),
    (guards.reads_clock, "trading/x.py", "datetime.datetime.utcnow()\n", "reads the clock"),
    (guards.reads_clock, "trading/x.py", "date.today()\n", "reads the clock"),
    (guards.reads_clock, "trading/x.py", "time.time()\n", "reads the clock"),
    (guards.reads_clock, "trading/x.py", "func.now()\n", "reads the clock"),
    (guards.reads_clock, "trading/x.py", "text('SELECT CURRENT_TIME" + "STAMP')\n", "database's clock"),
    (guards.uses_chance, "trading/experts/draw.py", "import random\n", "imports random"),
    (guards.uses_chance, "trading/experts/draw.py", "from random import shuffle\n", "imports random"),
    (guards.hides_import, "trading/x.py", "def f():\n    import json\n", "imports inside f"),
    (guards.hides_import, "trading/x.py", "import json  # no" + "qa\n", "silences"),
    (guards.hides_import, "trading/x.py", "import json  # no" + "qa: PLC0415\n", "silences"),
    (guards.reaches_outside, "trading/replay/x.py", "open('../" + "shared/data/x.csv')\n", "holds"),
    (guards.reaches_outside, "dev", "pip install --ind" + "ex-url x\n", "holds"),
    (guards.holds_address, "requirements.lock", "x @ https://a/b.whl \\\n", "an address"),
    (guards.holds_address, "requirements.lock", "flask==3.1.3\n", "without a digest"),
    (guards.keeps_money_as_float, "trading/models/bid.py", "from sqlalchemy import Float\n", "Float"),
]


def sources(folder: str) -> dict[str, str]:
    """Every Python file under ``folder`` by its path from the root."""
    return {str(file.relative_to(ROOT)): file.read_text("utf-8") for file in sorted((ROOT / folder).rglob("*.py"))}


@pytest.mark.parametrize("guard", PRODUCT, ids=lambda guard: guard.__name__)
def test_the_product_keeps_the_house_rules(guard: Guard) -> None:
    assert [fault for path, source in sources("trading").items() for fault in guard(path, source)] == []


@pytest.mark.parametrize("guard", TESTS, ids=lambda guard: guard.__name__)
def test_the_tests_keep_the_house_rules(guard: Guard) -> None:
    found = [fault for path, source in sources("tests").items() for fault in guard(path, source)]
    assert [fault for fault in found if not fault.startswith(("tests/test_house.py", "tests/house_guards.py"))] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_by_digest_and_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert guards.holds_address(name, text) == []
    assert text.count("\n    --hash=sha256:") > 50


def test_no_committed_file_names_a_package_registry() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    files = [ROOT / name for name in listed.split("\0") if name]
    readable = [file for file in files if file.is_file() and file.suffix not in {".png", ".pdf", ".otf", ".mo"}]
    faults = [
        fault
        for file in readable
        for fault in guards.reaches_outside(str(file.relative_to(ROOT)), file.read_text("utf-8", errors="replace"))
    ]
    assert faults == []


@pytest.mark.parametrize(("guard", "path", "source", "answer"), BITES, ids=lambda value: getattr(value, "__name__", ""))
def test_each_guard_bites(guard: Guard, path: str, source: str, answer: str) -> None:
    faults = guard(path, source)
    assert faults
    assert answer in faults[0]


def test_every_guard_is_among_those_seen_to_bite() -> None:
    assert {*PRODUCT, *TESTS, guards.holds_address} == {guard for guard, *_ in BITES}


@pytest.mark.parametrize(
    ("guard", "path", "source"),
    [
        (guards.commits, "trading/database.py", "session.commit()\n"),
        (guards.sets_status, "trading/workflow/engine.py", "lot.status = target\n"),
        (guards.sets_status, "trading/web/errors.py", "response.status = '404'\nif lot.status == 'filed': pass\n"),
        (guards.sets_status, "trading/phases/filing/projects.py", "Lot(code='A', status=Status.DRAFT)\n"),
        (guards.unfinished, "trading/x.py", "tasks = {'status': 'to" + "do'}\n"),
        (guards.writes_chain, "trading/workflow/engine.py", "from trading.ledger.log import append\n"),
        (guards.writes_chain, "trading/admin/x.py", "from trading.ledger.log import record_outside_steps\n"),
        (guards.reads_clock, "trading/clock.py", "datetime.now(UTC)\n"),
        (guards.reads_clock, "trading/x.py", "clock.now()\ntime.monotonic()\n"),
        (guards.too_long, "trading/x.py", "x = 1\n" * 400),
    ],
)
def test_no_guard_bites_the_innocent(guard: Guard, path: str, source: str) -> None:
    assert guard(path, source) == []


def test_rule_files_contents_and_test_files_are_the_same_nineteen() -> None:
    files = {file.stem for file in (ROOT / "trading/rules").glob("r[0-9][0-9]_*.py")}
    tests = {file.stem.removeprefix("test_") for file in (ROOT / "tests/rules").glob("test_r[0-9][0-9]_*.py")}
    contents = set(re.findall(r"\br\d\d_\w+\b", (ROOT / "trading/rules/__init__.py").read_text("utf-8")))
    assert guards.unpaired(files, contents, tests) == []
    assert sorted(name[:3] for name in files) == [f"r{number:02}" for number in range(1, 20)]


def test_a_rule_without_file_line_or_test_is_noticed() -> None:
    assert guards.unpaired({"r01_a"}, {"r01_a"}, {"r01_a"}) == []
    assert "no file" in guards.unpaired(set(), {"r01_a"}, set())[0]
    assert "contents" in guards.unpaired({"r01_a"}, set(), {"r01_a"})[0]
    assert "no test" in guards.unpaired({"r01_a"}, {"r01_a"}, set())[0]


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("TID251", "from datetime import UTC, datetime\n\nnow = datetime.now(UTC)\n"),
        ("TID251", "import time\n\nnow = time.time()\n"),
        ("TID251", "import random\n\nrandom.seed(1)\n"),
        ("DTZ001", "from datetime import datetime\n\nday = datetime(2026, 1, 1)\n"),
        ("PLC0415", "def f() -> None:\n    import json\n\n    json.dumps(1)\n"),
        ("E501", "# " + "汉" * 60 + "\n"),
    ],
)
def test_ruff_bites(code: str, source: str) -> None:
    options = ["--no-cache", "--output-format=concise", "--stdin-filename=trading/x.py", "-"]
    found = subprocess.run(
        [sys.executable, "-m", "ruff", "check", *options],
        input=source,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 1
    assert f" {code} " in found.stdout
