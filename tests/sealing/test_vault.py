"""The vault 密钥库: closed to others, written once, and opened by the opening step alone."""

from __future__ import annotations

import ast
import stat
from pathlib import Path

import pytest

import trading
from trading.sealing.envelope import open_sealed, seal
from trading.sealing.vault import KeyVault, OpeningPurpose, VaultError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the vault lies."""
    return tmp_path / "keys"


@pytest.fixture
def vault(folder: Path) -> KeyVault:
    """An empty vault."""
    return KeyVault(folder)


def test_a_lot_key_opens_what_was_sealed_to_it_even_after_a_restart(vault: KeyVault, folder: Path) -> None:
    recipient = vault.new_lot_key("BD-2026-0042")
    assert recipient.startswith("age1")
    identity = KeyVault(folder).identity("BD-2026-0042", OpeningPurpose("BD-2026-0042"))
    assert open_sealed(identity, seal(recipient, b"bid")) == b"bid"


def test_folder_and_files_are_closed_to_others(vault: KeyVault, folder: Path) -> None:
    vault.new_lot_key("LOT-1")
    vault.keep("LOT-1/draw-1:centre", bytes(32))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(list(folder.iterdir())) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_folder_open_to_others_is_closed(folder: Path) -> None:
    folder.mkdir(mode=0o755)
    KeyVault(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_nothing_is_written_twice(vault: KeyVault, folder: Path) -> None:
    vault.new_lot_key("LOT-1")
    vault.keep("a", b"first")
    with pytest.raises(VaultError, match="there already"):
        vault.new_lot_key("LOT-1")
    with pytest.raises(VaultError, match="there already"):
        vault.keep("a", b"second")
    assert vault.fetch("a") == b"first"
    assert len(list(folder.iterdir())) == 2


def test_the_opening_key_is_read_only_with_leave_for_that_lot(vault: KeyVault) -> None:
    vault.new_lot_key("LOT-1")
    with pytest.raises(VaultError, match="no leave"):
        vault.identity("LOT-1", OpeningPurpose("LOT-2"))
    with pytest.raises(VaultError, match="no leave"):
        vault.identity("LOT-1", "opening")  # type: ignore[arg-type]


def test_an_opening_key_is_not_fetched_by_a_name(vault: KeyVault) -> None:
    vault.new_lot_key("LOT-1")
    for name in ("LOT-1", "lot-LOT-1", "../lot-LOT-1", "/../lot-LOT-1"):
        with pytest.raises(VaultError, match="not here"):
            vault.fetch(name)


@pytest.mark.parametrize("name", ["标段一", "../../etc/passwd", "a/b", ".", "a b\n"])
def test_any_name_stays_inside_the_folder(vault: KeyVault, folder: Path, name: str) -> None:
    vault.keep(name, b"x")
    assert vault.fetch(name) == b"x"
    assert [path.parent for path in folder.iterdir()] == [folder]


def test_a_name_too_long_for_a_file_is_refused(vault: KeyVault) -> None:
    with pytest.raises(VaultError, match="too long"):
        vault.keep("a" * 300, b"")


def test_a_missing_key_is_told(vault: KeyVault) -> None:
    with pytest.raises(VaultError, match="not here"):
        vault.identity("LOT-9", OpeningPurpose("LOT-9"))


def test_a_key_that_others_may_read_is_refused(vault: KeyVault, folder: Path) -> None:
    vault.keep("a", b"x")
    (folder / "secret-a").chmod(0o640)
    with pytest.raises(VaultError, match="others may read"):
        vault.fetch("a")


def test_at_most_one_module_of_the_house_gives_leave_to_open() -> None:
    house = Path(trading.__file__).parent
    givers = [
        path.relative_to(house)
        for path in sorted(house.rglob("*.py"))
        if path != house / "sealing" / "vault.py" and "OpeningPurpose" in names_in(path)
    ]
    assert len(givers) <= 1, givers


def names_in(path: Path) -> set[str]:
    """Every name a module mentions."""
    names: set[str] = set()
    for part in ast.walk(ast.parse(path.read_text("utf-8"))):
        match part:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name) | ast.Constant(value=str(name)):
                names.add(name)
    return names
