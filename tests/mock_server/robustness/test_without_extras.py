"""The server without what the extra `speed` installs: slower, and just as sturdy."""

import socket
from pathlib import Path

import pytest

from tests.mock_server.robustness.connections import GET, connect, creation, read_answer, read_to_end
from tests.servers import running


@pytest.fixture(autouse=True)
def _without_extras(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs that are started cannot import httptools and uvloop."""
    for name in ("httptools", "uvloop"):
        (tmp_path / f"{name}.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def test_bounds_hold_without_extras() -> None:
    """Requests have a time to arrive, silence is not answered, and whoever ends its side is."""
    with running("viben", "--request-timeout", "1") as server:
        with connect(server.url) as half_closed:
            half_closed.sendall(GET * 3)
            half_closed.shutdown(socket.SHUT_WR)
            assert read_to_end(half_closed).count(b"HTTP/1.1 200 OK") == 3
        with connect(server.url) as silent, connect(server.url) as slow, connect(server.url) as slower:
            slow.sendall(GET[:-2])
            slower.sendall(creation()[:-2])
            assert (read_answer(slow).status, read_answer(slower).status) == (408, 408)
            assert read_to_end(silent) == b""
