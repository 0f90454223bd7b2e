"""Tells on a terminal how far the making of records has come, once that takes long."""

import time
from collections.abc import Callable
from typing import TextIO

PATIENCE = 1.0  # seconds of silence at the beginning
INTERVAL = 0.2  # seconds from one line to the next
CLEAR_LINE = "\r\x1b[K"


class Progress:
    """Counts records on `stream`, in one line that is written again and again; on no terminal it is silent.

    Call it with the name of the API for each record, and `done` in the end.
    """

    def __init__(self, stream: TextIO, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._monotonic = monotonic
        self._is_silent = not stream.isatty()
        self._next = monotonic() + PATIENCE
        self._records = 0
        self._has_written = False

    def __call__(self, api: str) -> None:
        """Counts a record of an API."""
        self._records += 1
        if self._is_silent or (now := self._monotonic()) < self._next:
            return
        self._next = now + INTERVAL
        self._has_written = True
        print(f"{CLEAR_LINE}making records: {self._records} ({api})", end="", file=self._stream, flush=True)

    def done(self) -> None:
        """Takes the line away, and tells of nothing that is made later."""
        self._is_silent = True
        if self._has_written:
            print(CLEAR_LINE, end="", file=self._stream, flush=True)


def unnoticed(api: str) -> None:
    """For who need not know."""
