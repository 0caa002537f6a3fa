"""The vault 密钥库: closed to others, written once, and no place for what opens bids."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from trading.sealing.vault import KeyVault, VaultError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the vault lies."""
    return tmp_path / "keys"


@pytest.fixture
def vault(folder: Path) -> KeyVault:
    """An empty vault."""
    return KeyVault(folder)


def test_folder_and_files_are_closed_to_others(vault: KeyVault, folder: Path) -> None:
    vault.seed("log key")
    vault.keep("LOT-1/draw-1:centre", bytes(32))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(list(folder.iterdir())) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_folder_open_to_others_is_closed(folder: Path) -> None:
    folder.mkdir(mode=0o755)
    KeyVault(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_nothing_is_written_twice(vault: KeyVault, folder: Path) -> None:
    vault.keep("a", b"first")
    with pytest.raises(VaultError, match="there already"):
        vault.keep("a", b"second")
    assert vault.fetch("a") == b"first"
    assert len(list(folder.iterdir())) == 1


def test_a_seed_is_made_once_and_the_same_after_a_restart(vault: KeyVault, folder: Path) -> None:
    seed = vault.seed("log key")
    assert len(seed) == 32
    assert KeyVault(folder).seed("log key") == seed
    assert vault.seed("another") != seed


def test_a_missing_secret_is_told(vault: KeyVault) -> None:
    with pytest.raises(VaultError, match="not here"):
        vault.fetch("a")


@pytest.mark.parametrize("name", ["标段一", "../../etc/passwd", "a/b", ".", "a b\n"])
def test_any_name_stays_inside_the_folder(vault: KeyVault, folder: Path, name: str) -> None:
    vault.keep(name, b"x")
    assert vault.fetch(name) == b"x"
    assert [path.parent for path in folder.iterdir()] == [folder]


def test_a_name_too_long_for_a_file_is_refused(vault: KeyVault) -> None:
    with pytest.raises(VaultError, match="too long"):
        vault.keep("a" * 300, b"")


def test_a_key_that_others_may_read_is_refused(vault: KeyVault, folder: Path) -> None:
    vault.keep("a", b"x")
    (folder / "secret-a").chmod(0o640)
    with pytest.raises(VaultError, match="others may read"):
        vault.fetch("a")
