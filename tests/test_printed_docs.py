"""The pages printed from code 打印的文档: rules.md, procedure.md, api.md and audit.md say what the code says today."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from trading.cli import main

ROOT = Path(__file__).resolve().parent.parent


def test_the_printed_docs_are_fresh() -> None:
    result = CliRunner().invoke(main, ["docs", "--check"])
    assert result.exit_code == 0, f"{result.output}\nprint them again: ./dev docs"


def test_no_printed_doc_is_empty() -> None:
    assert all((ROOT / "docs" / f"{name}.md").stat().st_size > 1000 for name in ("rules", "procedure", "api", "audit"))
