"""No lie of an insider passes 伪造必被发现: each forgery is found by the check that is meant for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tests.evidence import forged_bids, forged_draws, forged_files, forged_openings
from tests.evidence.forger import Forger, laid_out
from tests.evidence.forging import FORGERIES
from tests.evidence.scene import Story
from tests.evidence.story import told
from tools import verify

PAGES = (forged_files, forged_bids, forged_openings, forged_draws)


def test_there_is_a_forgery_for_each_check_and_more_than_twenty_five() -> None:
    assert len(FORGERIES) >= 120
    assert all(function.__module__ in {page.__name__ for page in PAGES} for _said, function in FORGERIES.values())


@pytest.fixture(scope="module", autouse=True)
def remembered() -> Iterator[None]:
    """Most signatures are those of the honest story: each is computed once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify, "signed", lru_cache(maxsize=None)(verify.signed))
        yield


@pytest.fixture(scope="module")
def honest() -> Story:
    """The honest story."""
    return told()


@pytest.mark.parametrize("name", FORGERIES)
def test_it_is_found(honest: Story, tmp_path: Path, capsys: Any, name: str) -> None:
    said, forge = FORGERIES[name]
    forger = Forger(honest.copy())
    files = forge(forger)
    keys = ["--log-key", str(forger.town.log.verifier), "--witness-key", str(forger.town.witness.verifier)]
    folder = laid_out(forger.files() if files is None else files, tmp_path / "forged")
    assert verify.main([str(folder), *keys]) == 1
    lines = capsys.readouterr().out.splitlines()
    first = next(line for line in lines if line.startswith(("WRONG: ", "FAILED: ")))
    assert said in first, lines[-3:]
    assert re.search("[\u4e00-\u9fff]", first), "every sentence is told in Chinese too"
    assert lines[-1].startswith(("NOT VERIFIED: ", "FAILED: Bad: "))
