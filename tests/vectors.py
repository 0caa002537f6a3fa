"""The acceptance vectors of the trust layer 验收数据, read from beside the repository; skipped loudly where absent."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "vectors"


@cache
def vector(name: str) -> Any:
    """The vector file ``name`` (without ``.json``); skips the module where the files are absent."""
    path = FOLDER / f"{name}.json"
    if not path.is_file():
        pytest.skip(f"acceptance vectors are not here: {path}", allow_module_level=True)
    return json.loads(path.read_text("utf-8"))
