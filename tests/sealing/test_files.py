"""The store of files 文件库: by their hash, once, and checked when read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from trading.sealing.files import FileStore, FileStoreError


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    """An empty store in a folder."""
    return FileStore(tmp_path / "files")


def kept(tmp_path: Path) -> list[Path]:
    """The files of the store."""
    return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize("data", [b"", b"x", bytes(3_000_000)])
def test_a_file_comes_back_under_its_hash(store: FileStore, tmp_path: Path, data: bytes) -> None:
    name = store.put(data)
    assert name == hashlib.sha256(data).hexdigest()
    assert FileStore(str(tmp_path / "files")).get(name) == data


def test_the_same_file_is_kept_once_and_not_written_again(store: FileStore, tmp_path: Path) -> None:
    name = store.put(b"x")
    before = kept(tmp_path)[0].stat()
    assert store.put(b"x") == name
    after = kept(tmp_path)
    assert len(after) == 1
    assert (after[0].stat().st_ino, after[0].stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_changed_on_the_disk_is_noticed_and_not_mended_in_silence(store: FileStore, tmp_path: Path) -> None:
    name = store.put(b"x")
    kept(tmp_path)[0].write_bytes(b"y")
    with pytest.raises(FileStoreError, match="changed"):
        store.get(name)


@pytest.mark.parametrize("name", ["0" * 64, "", "../secret", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_a_name_that_is_not_here_is_told(store: FileStore, name: str) -> None:
    with pytest.raises(FileStoreError):
        store.get(name)


def test_a_store_can_be_named_by_its_address(tmp_path: Path) -> None:
    store = FileStore("memory:///")
    assert store.get(store.put(b"x")) == b"x"
    assert list(tmp_path.iterdir()) == []
