"""The floors of the house 楼层: kept in the real tree; each import contract is seen to bite in a small copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PHASES = ("filing", "method_approval", "process_supervision", "result_confirmation", "follow_up")
EMPTY = (
    "app",
    "cli",
    "web/__init__",
    "workflow/__init__",
    "rules/__init__",
    "rules/r01_x",
    "methods/__init__",
    "experts/__init__",
    "experts/draw",
    "sealing/__init__",
    "documents/__init__",
    "evidence/__init__",
    "checkpoints/__init__",
    "witness/__init__",
    "ledger/__init__",
    "models/__init__",
    "database",
    "clock",
    "money",
    "phases/__init__",
    *(f"phases/{phase}/{part}" for phase in PHASES for part in ("__init__", "service")),
)


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the real contracts over the package ``trading`` in ``folder``."""
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache", "--no-logo", "--config", ROOT / "pyproject.toml"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """A package with a module on every floor, none of which imports anything."""
    for name in EMPTY:
        file = tmp_path / "trading" / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    (tmp_path / "trading/__init__.py").touch()
    return tmp_path


def test_the_tree_keeps_its_floors(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "trading", tmp_path / "trading", ignore=shutil.ignore_patterns("static", "__pycache__"))
    found = lint_imports(tmp_path)
    assert found.returncode == 0, found.stdout + found.stderr


def test_a_house_without_faults_passes(small_house: Path) -> None:
    (small_house / "trading/phases/filing/service.py").write_text("import trading.workflow\nimport trading.money\n")
    (small_house / "trading/cli.py").write_text("import trading.app\n")
    found = lint_imports(small_house)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize(
    ("module", "source", "named"),
    [
        ("phases/filing/service", "import trading.phases.follow_up.service", "strangers to one another"),
        ("workflow/__init__", "import trading.web", "go down the floors"),
        ("models/__init__", "import trading.workflow", "go down the floors"),
        ("money", "import trading.models", "go down the floors"),
        ("ledger/__init__", "import trading.sealing", "go down the floors"),
        ("money", "import trading.clock", "No circle"),
        ("attic", "", "every module has its floor"),
        ("rules/r01_x", "import sqlalchemy", "The law asks no database"),
        ("rules/r01_x", "import trading.clock", "The law asks no database"),
        ("methods/__init__", "import trading.database", "The law asks no database"),
        ("experts/draw", "from sqlalchemy.orm import Session", "The law asks no database"),
        ("workflow/__init__", "from flask import request", "nobody knows HTTP"),
        ("experts/__init__", "import marshmallow", "nobody knows HTTP"),
    ],
)
def test_each_contract_bites(small_house: Path, module: str, source: str, named: str) -> None:
    (small_house / "trading/clock.py").write_text("import trading.money\n")
    (small_house / "trading" / f"{module}.py").write_text(source + "\n")
    found = lint_imports(small_house)
    assert found.returncode == 1, found.stdout + found.stderr
    broken = [line for line in found.stdout.splitlines() if line.endswith("BROKEN")]
    assert len(broken) == 1
    assert named in broken[0]
