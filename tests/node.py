"""The browser's own code run by Node 浏览器端代码: modules of static/trust called and answering with JSON."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

MODULES = Path(__file__).resolve().parents[1] / "trading" / "static" / "trust"
CALL = """
import {{ webcrypto }} from "node:crypto";
globalThis.crypto ??= webcrypto;
let typed = "";
for await (const piece of process.stdin) typed += piece;
const given = JSON.parse(typed);
const load = (name) => import(new URL(name + ".js", {folder}));
const {{ {names} }} = await load("{module}");
const bytes = await load("bytes");
const answer = await (async () => {{ {body} }})();
process.stdout.write(JSON.stringify(answer === undefined ? null : answer));
"""


@cache
def _beside() -> Path:
    """The modules beside a file that tells Node they are modules; the browser knows it from the page."""
    if shutil.which("node") is None:
        pytest.skip("Node.js is not here: the browser's own code is not run")
    if not (MODULES / "age.js").is_file():
        pytest.skip("the browser's encryption was not bundled: ./dev setup")
    folder = Path(mkdtemp(prefix="trading-modules-"))
    for module in MODULES.glob("*.js"):
        shutil.copy(module, folder)
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    return folder


def browser_side(module: str, names: str, body: str, given: Any = None) -> Any:
    """Run ``body`` as JavaScript, and give what it returns; skips where there is no Node.

    Arguments:
        names: what ``body`` takes from the module; ``bytes`` is bytes.js, and ``await load("x")`` gives x.js.
        given: what ``body`` finds under this name.
    """
    folder = _beside()
    program = CALL.format(names=names, module=module, folder=json.dumps(folder.as_uri() + "/"), body=body)
    done = subprocess.run(
        ["node", "--no-warnings", "--input-type=module", "--eval", program],
        input=json.dumps(given), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)
