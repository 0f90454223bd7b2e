"""What holds for every test: traffic stays on this machine, examples are the same in every run, shards."""

import re
import socket
import zlib
from argparse import ArgumentTypeError
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.browser import browser, context, page

__all__ = ["browser", "context", "page"]  # fixtures

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--shard I/N`, which `make deep` uses."""
    parser.addoption("--shard", metavar="I/N", type=_shard, help="run only the I-th of N parts of the tests")


def pytest_configure(config: pytest.Config) -> None:
    """Let generated examples depend neither on chance, nor on earlier runs, nor on the machine's speed."""
    settings.register_profile(
        "project",
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("project")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of the shard asked for; a test's shard depends on its name only."""
    shard = config.getoption("--shard")
    if shard is None:
        return
    index, count = shard
    chosen = [item for item in items if zlib.crc32(item.nodeid.encode()) % count == index - 1]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _connect_on_loopback)
        yield


def _connect_on_loopback(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
        raise AssertionError(f"a test connected to {address[0]}; tests talk to 127.0.0.1 only")
    super(socket.socket, self).connect(address)


def _shard(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", text)
    if match is None or int(match[1]) > int(match[2]):
        raise ArgumentTypeError(f"{text!r} is not I/N with 1 <= I <= N, for example 2/8")
    return int(match[1]), int(match[2])
