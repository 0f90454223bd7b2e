"""The server process: start, announcement, end."""

import signal
import socket
from urllib.parse import urlsplit

import httpx
import pytest

from mock_server.serving import CannotListen, listen
from tests.servers import PATIENCE, running


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_server_in_peace(number: signal.Signals) -> None:
    """Stopped by SIGINT or SIGTERM it exits with 0 and says nothing more."""
    with running("viben") as server:
        assert httpx.get(f"{server.url}/__admin/health").status_code == 200
        server.process.send_signal(number)
        said, _ = server.process.communicate(timeout=PATIENCE)

    assert (server.process.returncode, said) == (0, "")


def test_it_ends_with_the_program_that_holds_its_standard_input() -> None:
    """With --until-eof nobody has to stop it: the end of the pipe does, however that came about."""
    with running("viben", "--until-eof") as server:
        said, _ = server.process.communicate(timeout=PATIENCE)  # which closes the pipe

    assert (server.process.returncode, said) == (0, "")


def test_an_unfinished_request_does_not_keep_the_server() -> None:
    """A client that never ends its request cannot hold up the end of the server."""
    with (
        running("viben") as server,
        socket.create_connection(("127.0.0.1", httpx.URL(server.url).port or 0)) as client,
    ):
        client.sendall(b"POST /api/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
        httpx.get(f"{server.url}/__admin/health")
        server.process.terminate()
        server.process.wait(PATIENCE)

    assert server.process.returncode == 0


def test_port_0_is_a_free_port() -> None:
    """Two servers that ask for any port get two."""
    with listen("127.0.0.1", 0) as one, listen("127.0.0.1", 0) as other:
        assert one.getsockname()[1] != other.getsockname()[1]


def test_a_taken_port_is_told() -> None:
    """The message names address and reason, and what to do."""
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotListen, match=rf"127\.0\.0\.1 port {port}: .*try --port 0"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_an_address_that_is_not_ours_is_told(host: str) -> None:
    """An address of another machine, or none at all, is the same kind of mistake."""
    with pytest.raises(CannotListen, match=host):
        listen(host, 0)


def connection(url: str) -> socket.socket:
    """A connection to a server."""
    address = urlsplit(url)
    return socket.create_connection((address.hostname or "", address.port or 80))
