"""The pages of docs/ that are printed from code 由代码打印的文档, and whether they are stale."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from trading.printed.api import api_page
from trading.printed.audit import audit_page
from trading.printed.procedure import procedure_page
from trading.printed.profiles import profiles_page
from trading.printed.rules import rules_page

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"


def pages(app: Flask) -> dict[str, str]:
    """File name → text, as the code stands."""
    return {
        "rules.md": rules_page(),
        "procedure.md": procedure_page(),
        "api.md": api_page(app),
        "audit.md": audit_page(),
        "profiles.md": profiles_page(),
    }


def stale(app: Flask, folder: Path = DOCS) -> list[str]:
    """The printed pages that differ from the code."""
    found = []
    for name, text in pages(app).items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            found.append(name)
    return found


def write(app: Flask, folder: Path = DOCS) -> list[str]:
    """Print all pages; answers their names."""
    folder.mkdir(exist_ok=True)
    texts = pages(app)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return list(texts)
