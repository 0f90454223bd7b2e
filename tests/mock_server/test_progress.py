"""Tests of `mock_server.progress`."""

import io
from itertools import count

from mock_server import apis
from mock_server.app import create_app
from mock_server.progress import CLEAR_LINE, Progress


class Terminal(io.StringIO):
    """Keeps what is written, and says that it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def told(stream: io.StringIO, seconds: float) -> str:
    """What is written when the records of Viben are made and each takes so long."""
    ticks = count()
    progress = Progress(stream, lambda: next(ticks) * seconds)
    create_app([apis.load("viben")], progress=progress)
    progress.done()
    return stream.getvalue()


def test_nothing_is_told_when_it_goes_fast() -> None:
    """A world that is made within a second needs no word."""
    assert told(Terminal(), 0.001) == ""


def test_a_terminal_is_told_how_far_it_is() -> None:
    """One line is written again and again, and is gone in the end."""
    lines = told(Terminal(), 0.1).split(CLEAR_LINE)

    assert (lines[1], lines[2]) == ("making records: 10 (viben)", "making records: 12 (viben)")
    assert lines[-1] == ""


def test_nothing_but_a_terminal_is_told() -> None:
    """A log or a pipe gets no lines to be written over."""
    assert told(io.StringIO(), 10) == ""


def test_what_is_made_later_is_not_told_of() -> None:
    """The server's own messages have the terminal then."""
    stream = Terminal()
    progress = Progress(stream)
    progress.done()
    progress("viben")

    assert stream.getvalue() == ""
