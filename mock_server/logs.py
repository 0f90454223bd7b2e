"""What the server says of itself on standard error: lines for people, or JSON for programs."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal

Form = Literal["text", "json"]
ACCESS = "mock_server.access"
# Programs that run inside the server and would tell of themselves at the level of requests.
QUIET = ("uvicorn", "httpx", "httpcore", "asyncio", "connexion", "faker")


class TextLine(logging.Formatter):
    """`12:00:01 default POST /api/sessions 201 viben.create_session 0.4 ms`; the level where it matters."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with a traceback below it where there is one."""
        level = "" if record.levelno <= logging.INFO else f"{record.levelname.lower()}: "
        line = f"{_time(record):%H:%M:%S} {level}{record.getMessage()}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonLine(logging.Formatter):
    """One JSON object on a line; of a request also its parts (`extra={"request": {...}}`)."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": _time(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "request", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line)


def configure(level: str, form: Form) -> None:
    """Sends everything from `level` on to standard error. Requests are told of at `info`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine() if form == "json" else TextLine())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _time(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)
