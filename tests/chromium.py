"""The browser of the tests and pictures 浏览器: a real Chromium that can show Chinese anywhere."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking")
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def executable() -> str:
    """Path of the browser: ``CHROMIUM``, or the first that is installed.

    Raises:
        LookupError: there is none.
    """
    for name in (os.environ.get("CHROMIUM"), *NAMES):
        found = shutil.which(name) if name else None
        if found:
            return found
    raise LookupError("no Chromium here: CHROMIUM=/path/to/chromium names one")


@contextmanager
def launched() -> Iterator[Browser]:
    """A running Chromium without a window, closed at the end; its Chinese font is the one that prints the PDFs."""
    with tempfile.TemporaryDirectory(prefix="trading-browser-") as folder, sync_playwright() as playwright:
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(FONTS.format(folder=files("pylopdf_fonts_zh_cn"), cache=folder), "utf-8")
        browser = playwright.chromium.launch(
            executable_path=executable(), args=list(QUIET), env={**os.environ, "FONTCONFIG_FILE": str(fonts)}
        )
        yield browser
        browser.close()
