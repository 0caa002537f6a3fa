"""Dossiers in tests 档案测试夹具: the printing process of an application ends with its test."""

from collections.abc import Iterator

import pytest
from flask import Flask


@pytest.fixture(autouse=True)
def printing_ends(app: Flask) -> Iterator[None]:
    """End the printing process after the test."""
    yield
    app.extensions["printer"].close()
