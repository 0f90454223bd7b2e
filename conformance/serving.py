"""Starts the mock as a process of its own for a run without a URL, and always ends it.

This is the only place that knows the mock exists; it meets it by its command line.
"""

import json
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from conformance.target import Actor, Hook, Limits, Target

OWN_MOCK = "a mock of its own"  # in the place of the address, before there is one
START_TIME = 60.0
END_TIME = 10.0


class CannotServe(Exception):
    """The mock did not start; the message holds what it said."""


@contextmanager
def served(api: str, seed: int, limits: Limits = Limits()) -> Iterator[Target]:  # noqa: B008  # frozen
    """Serve one API on a free port and yield it as a target; its process has ended when this returns.

    Raises:
        CannotServe: it did not become ready in time.
    """
    command = serve_command(api, seed)
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            whole = described(api)  # while the mock starts
            url = base_url(api, process)
            yield replace(whole, base_url=url, hooks=hooks(url), limits=limits)
        finally:
            end(process)


def described(api: str) -> Target:
    """Return the mock of an API as a target, without starting it.

    Raises:
        CannotServe: it does not tell its credentials.
    """
    actors, organizations = personas(api)
    return Target(
        OWN_MOCK, actors=actors, organizations=organizations, hooks=hooks(OWN_MOCK), disposable=True
    )


def hooks(url: str) -> dict[str, Hook]:
    """Return the test-only means that every mock has: to age a record, time passes for all of them."""
    return {"age": Hook("POST", f"{url}/__admin/clock/advance", '{"seconds": {seconds}}')}


def serve_command(api: str, seed: int) -> list[str]:
    """Return the command that serves one API on a free port."""
    return [sys.executable, "-m", "mock_server", "serve", api, "--port", "0", "--seed", str(seed)]


def base_url(api: str, process: "subprocess.Popen[str]") -> str:
    """Read the mock's lines until it is ready and return the base URL it printed."""
    lines = follow(process)
    said: list[str] = []
    deadline = time.monotonic() + START_TIME
    while True:
        try:
            line = lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise CannotServe(
                f"the mock was not ready within {START_TIME:g} s; it said: {' '.join(said)}"
            ) from None
        if line is None:
            raise CannotServe(f"the mock ended before it was ready; it said: {' '.join(said)}")
        said.append(line.strip())
        if said[-1] == "ready":
            return printed_url(api, said)


def printed_url(api: str, said: Sequence[str]) -> str:
    """Find the line `<api>  <base URL>` among what the mock said."""
    for line in said:
        match = re.fullmatch(rf"{re.escape(api)}\s+(https?://\S+)", line)
        if match:
            return match[1]
    raise CannotServe(f"the mock printed no base URL for {api}; it said: {' '.join(said)}")


def follow(process: "subprocess.Popen[str]") -> "queue.Queue[str | None]":
    """Read the process's output in a thread, to its end, so that it never blocks on a full pipe; None marks
    the end.
    """
    lines: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        for line in process.stdout or ():
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    return lines


def end(process: "subprocess.Popen[str]") -> None:
    """End the process: politely, then by force."""
    process.terminate()
    try:
        process.wait(END_TIME)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def personas(api: str) -> tuple[dict[str, Actor], dict[str, str | int]]:
    """Ask the mock for its well-known credentials: the actors, and the organisations by their role."""
    command = [sys.executable, "-m", "mock_server", "personas", api, "--json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=START_TIME, check=True)
        listed: list[dict[str, Any]] = json.loads(done.stdout)["personas"]
    except (subprocess.SubprocessError, ValueError, KeyError) as reason:
        said = getattr(reason, "stderr", None) or str(reason)
        raise CannotServe(f"the mock did not list its personas: {said.strip()}") from reason
    actors = {each["name"]: Actor(each["name"], each["token"]) for each in listed if each.get("token")}
    return actors, organizations({each["name"]: each.get("organizations") or [] for each in listed})


def organizations(memberships: dict[str, list[str | int]]) -> dict[str, str | int]:
    """Name organisations by role: the owner's first one, another one of the owner's or of `dual`'s, and one
    of the outsider's that is not the owner's.
    """
    own = memberships.get("owner", [])
    others = [each for each in (*own, *memberships.get("dual", [])) if each not in own[:1]]
    foreign = [each for each in memberships.get("outsider", []) if each not in own]
    roles = [("shared", own[:1]), ("second", others[:1]), ("foreign", foreign[:1])]
    return {role: found[0] for role, found in roles if found}
