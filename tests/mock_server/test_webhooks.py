"""Tests of `mock_server.webhooks`: where webhooks go, how often they are tried, what came of each try."""

import asyncio
import socket
from datetime import UTC, datetime, timedelta

import pytest

from mock_server.clock import Clock
from mock_server.webhooks import LONGEST_ANSWER, AddressRefused, Courier, Delivery
from tests.receivers import receiving

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ALLOWED = ("https://ci.example/hooks/", "http://hooks.test")


def delivered(url: str, courier: Courier, steps: int = 1) -> list[tuple[int | None, str]]:
    """Status and text of each try, when the clock is moved a minute after each of `steps` tries."""
    clock = Clock(frozen_at=NOW)
    delivery = Delivery(url, {"status": "completed"}, NOW)

    async def run() -> None:
        courier.start([delivery], clock, lambda: True)
        for number in range(1, steps + 1):
            while len(delivery.attempts) < number:
                await asyncio.sleep(0.01)
            clock.advance(timedelta(minutes=1))

    asyncio.run(asyncio.wait_for(run(), 30))
    return [(attempt.status, attempt.text) for attempt in delivery.attempts]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1024/",
        "http://127.9.9.9:9000",
        "http://[::1]:9000/x?y=z",
        "http://localhost:9000/",
        "https://localhost:9443/",
        "https://ci.example/hooks/",
        "https://ci.example:443/hooks/a",
        "http://hooks.test/anything",
    ],
)
def test_webhooks_go_to_loopback_and_where_they_are_allowed(url: str) -> None:
    """Loopback from port 1024 up, and whatever is below an allowed URL."""
    Courier(ALLOWED).check(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:1023/",
        "http://10.0.0.1:9000/",
        "http://169.254.169.254:9000/",
        "http://0.0.0.0:9000/",
        "http://0x7f000001:9000/",
        "http://127.0.0.1.example:9000/",
        "http://localhost.example:9000/",
        "https://ci.example/hooksmith",
        "https://ci.example/",
        "https://ci.example/hooks/../admin",
        "https://ci.example/hooks/%2e%2e/admin",
        "http://ci.example/hooks/",
        "https://ci.example:444/hooks/",
        "https://ci.example@127.0.0.1:9000/",
        "http://user:secret@127.0.0.1:9000/",
        "ftp://127.0.0.1:9000/",
        "http://127.0.0.1:99999/",
        "/hook",
        "",
    ],
)
def test_webhooks_go_nowhere_else(url: str) -> None:
    """Other addresses are refused in a sentence that says where webhooks go."""
    with pytest.raises(AddressRefused, match=r"loopback ports from 1024 up.*--webhook-allow"):
        Courier(ALLOWED).check(url)


def test_what_is_due_is_sent_once() -> None:
    """The receiver gets the payload as JSON, and its name as host; a 2xx ends it."""
    with receiving(204) as receiver:
        tries = delivered(receiver.url, Courier())

        assert tries == [(204, "")]
        [(path, headers, body)] = receiver.received
        assert (path, body) == ("/hook", {"status": "completed"})
        assert (headers["host"], headers["content-type"]) == (
            f"127.0.0.1:{receiver.port}",
            "application/json",
        )


def test_nothing_is_sent_before_its_time() -> None:
    """While the clock stands still before it is due, nobody is connected to."""
    with receiving() as receiver:
        early = Delivery(receiver.url, {}, NOW + timedelta(seconds=1))

        async def run() -> None:
            Courier().start([early], Clock(frozen_at=NOW), lambda: True)
            await asyncio.sleep(0.3)

        asyncio.run(run())
        assert (early.attempts, receiver.received) == ([], [])


def test_what_nobody_wants_any_more_is_not_sent() -> None:
    """A delivery ends with its world."""
    with receiving() as receiver:
        delivery = Delivery(receiver.url, {}, NOW)

        async def run() -> None:
            Courier().start([delivery], Clock(frozen_at=NOW), lambda: False)
            await asyncio.sleep(0.05)

        asyncio.run(run())
        assert (delivery.attempts, receiver.received) == ([], [])


def test_a_receiver_in_trouble_is_tried_again() -> None:
    """After 5xx and 429 comes another try, until one is answered otherwise."""
    with receiving(503, 429, 200) as receiver:
        tries = delivered(receiver.url, Courier(), steps=3)

        assert tries == [(503, ""), (429, ""), (200, "")]


def test_five_tries_are_all() -> None:
    """Whoever is in trouble for good is left alone."""
    with receiving(500) as receiver:
        assert len(delivered(receiver.url, Courier(), steps=5)) == 5

        assert len(receiver.received) == 5


@pytest.mark.parametrize("status", [301, 307, 400, 404])
def test_redirects_and_refusals_are_final(status: int) -> None:
    """A redirect is not followed, and whoever refuses is not asked again."""
    with receiving(status) as receiver:
        assert delivered(receiver.url, Courier()) == [(status, "")]

        assert len(receiver.received) == 1


def test_a_long_answer_is_not_read_to_its_end() -> None:
    """Beyond 64 KiB nothing of an answer is read; its status counts."""
    with receiving(200, body=b"x" * (100 * LONGEST_ANSWER)) as receiver:
        assert delivered(receiver.url, Courier()) == [(200, "")]


def test_where_nobody_listens_there_is_a_reason() -> None:
    """A try without an answer says why."""
    with receiving() as receiver:
        url = receiver.url
    [(status, text)] = delivered(url, Courier())

    assert status is None
    assert text.startswith("ConnectError")


def test_a_silent_receiver_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A try ends when its time is over."""
    monkeypatch.setattr("mock_server.webhooks.PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        [(status, text)] = delivered(f"http://127.0.0.1:{silent.getsockname()[1]}/", Courier())

    assert status is None
    assert "Timeout" in text


def test_a_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every try connects to the address that the name had at first, and sends the name as host."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, *args: object, **options: int) -> object:
        if host != "hooks.test":
            return real(host, *args, **options)  # type: ignore[arg-type]  # passed through
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with receiving(503, 200) as receiver:
        origin = f"http://hooks.test:{receiver.port}"
        tries = delivered(f"{origin}/a", Courier([origin]), steps=2)

        assert tries == [(503, ""), (200, "")]
        assert asked == ["hooks.test"]
        assert receiver.received[0][1]["host"] == f"hooks.test:{receiver.port}"


def test_a_name_that_nobody_has_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A failing look-up is the reason of a try."""

    def nobody(*_: object, **__: object) -> object:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    [(status, text)] = delivered("http://hooks.test/", Courier(ALLOWED))

    assert (status, "Name or service not known" in text) == (None, True)


def test_deliveries_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond what may be under way, a delivery ends at once and says so."""
    monkeypatch.setattr("mock_server.webhooks.MOST", 1)
    later = [Delivery("http://127.0.0.1:9000/", {}, NOW + timedelta(days=1)) for _ in range(2)]

    async def run() -> None:
        Courier().start(later, Clock(frozen_at=NOW), lambda: True)

    asyncio.run(run())
    assert [len(each.attempts) for each in later] == [0, 1]


def test_a_courier_for_repeated_requests_sends_nothing() -> None:
    """It takes every address, and leaves everybody in peace."""
    courier = Courier(delivers=False)
    delivery = Delivery("http://10.0.0.1/", {}, NOW)
    courier.check(delivery.url)
    courier.start([delivery], Clock(frozen_at=NOW), lambda: True)

    assert delivery.attempts == []
