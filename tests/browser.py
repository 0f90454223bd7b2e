"""A real browser for tests: finds Chromium and Node, and says what to install where they are missing."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Only this machine can be reached, and the browser does not try: no updates, no sync, no first-run pages.
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost",
)


def program(*names: str, package: str) -> Path:
    """Return where the first of these programs is.

    Without one the test is skipped, or fails, with a sentence that says what to install; see `missing`.
    """
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        missing(
            f"{names[0]} is not installed; 'make test' installs it as root, else: apt-get install {package}"
        )
    return Path(found)


def missing(reason: str) -> NoReturn:
    """Skips the test; on CI fails it, so that a hole in what was tested is never green."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the tests of a module; each opens contexts or pages of its own.

    While it is open an event loop counts as running, so tests that start one are in other modules.
    """
    chromium = program(*CHROMIUM, package="chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium, args=list(ARGUMENTS), chromium_sandbox=os.geteuid() != 0
        )
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A profile of its own: no cookies, no storage, nothing of other tests."""
    with browser.new_context() as opened:
        yield opened


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page in a profile of its own."""
    return context.new_page()
