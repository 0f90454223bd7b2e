"""The options of the command `mock-server`, each with an environment variable that means the same."""

import argparse
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from mock_server import apis
from mock_server.clock import instant, within_bounds
from mock_server.logs import Form
from mock_server.protocol import REQUEST_TIMEOUT
from mock_server.settings import Fsync, Settings, Validation, start_of_today
from mock_server.webhooks import Address, AddressRefused

MAX_SEED = 2**63 - 1
LOG_LEVELS = ("critical", "error", "warning", "info", "debug")
PREFIX = "MOCK_SERVER_"
TRUE, FALSE = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


class Options:
    """Adds options to a parser: what is typed counts first, then the environment, then the default."""

    def __init__(self, parser: argparse.ArgumentParser, environment: Mapping[str, str]) -> None:
        self._parser = parser
        self._environment = environment

    def add(self, name: str, *, help: str, **how: Any) -> None:  # noqa: A002  # argparse's word
        """Adds `--name`, for which the variable `MOCK_SERVER_NAME` stands too."""
        variable = PREFIX + name.removeprefix("--").replace("-", "_").upper()
        if variable in self._environment:
            how["default"] = self._value(variable, how)
        self._parser.add_argument(name, help=f"{help} [{variable}]", **how)

    def _value(self, variable: str, how: Mapping[str, Any]) -> Any:
        text = self._environment[variable]
        if how.get("action") == "store_true":
            return self._flag(variable, text)
        if how.get("action") == "append":
            return self._list(variable, text, how)
        if "choices" in how and text not in how["choices"]:
            self._parser.error(f"{variable}: {text!r} is none of {', '.join(how['choices'])}")
        return self._converted(variable, text, how)

    def _list(self, variable: str, text: str, how: Mapping[str, Any]) -> list[Any]:
        parts = (part.strip() for part in text.split(","))
        return [self._converted(variable, part, how) for part in parts if part]

    def _converted(self, variable: str, text: str, how: Mapping[str, Any]) -> Any:
        try:
            return how.get("type", str)(text)
        except argparse.ArgumentTypeError as error:
            return self._parser.error(f"{variable}: {error}")

    def _flag(self, variable: str, text: str) -> bool:
        if text.lower() not in (*TRUE, *FALSE):
            self._parser.error(f"{variable}: {text!r} is neither of 1 and 0")
        return text.lower() in TRUE


def add_serve(parser: argparse.ArgumentParser, environment: Mapping[str, str] = os.environ) -> None:
    """The arguments of `mock-server serve`."""
    parser.add_argument(
        "api", nargs="*", metavar="API", help=f"which to serve (default: all of {', '.join(apis.NAMES)})"
    )
    options = Options(parser, environment)
    _add_network(options)
    _add_data(options)
    _add_limits(options)
    _add_control(options)
    _add_webhooks(options)
    _add_output(options)


def settings(options: argparse.Namespace) -> Settings:
    """The settings that the arguments of `mock-server serve` ask for."""
    return Settings(
        seed=options.seed,
        epoch=options.epoch,
        validation=options.validate,
        body_limit=options.body_limit,
        namespaces=options.namespaces,
        namespace_idle=options.namespace_idle,
        journal_bytes=options.journal_bytes,
        require_namespace=options.require_namespace,
        control_hosts=tuple(options.control_host),
        control_token=options.control_token,
        webhook_allow=tuple(options.webhook_allow),
        state=options.state,
        fsync=options.fsync,
    )


def _add_network(options: Options) -> None:
    options.add("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    options.add("--port", type=port, default=8000, help="port to listen on, 0 for a free one (default: 8000)")
    options.add("--open", action="store_true", help="open the documentation in a browser")
    options.add(
        "--until-eof",
        action="store_true",
        help="stop when standard input ends: a pipe from the program that started it makes both end together",
    )


def _add_data(options: Options) -> None:
    defaults = Settings()
    options.add(
        "--seed", type=seed, default=defaults.seed, metavar="N", help="same seed, same data (default: 42)"
    )
    options.add(
        "--epoch",
        type=moment,
        default=start_of_today(),
        metavar="TIME",
        help="the RFC 3339 time that generated data leads up to (default: the start of today, UTC)",
    )
    options.add(
        "--validate",
        choices=get_args(Validation),
        default=defaults.validation,
        help="refuse to send what breaks the contract, log it, or do not look (default: strict)",
    )
    options.add(
        "--state",
        type=Path,
        metavar="FILE",
        help="keep the default namespace in this file (whose seed goes before --seed)",
    )
    options.add(
        "--fsync",
        choices=get_args(Fsync),
        default=defaults.fsync,
        help="when --state survives a power failure too: at each answer, each second, never",
    )
    options.add(
        "--bundle", type=Path, metavar="FILE", help="begin the default namespace as this bundle has it"
    )


def _add_limits(options: Options) -> None:
    defaults = Settings()
    options.add(
        "--body-limit",
        type=positive,
        default=defaults.body_limit,
        metavar="BYTES",
        help="longest body read (default: 1 MiB)",
    )
    options.add(
        "--request-timeout",
        type=positive,
        default=REQUEST_TIMEOUT,
        metavar="SECONDS",
        help=f"how long a client may take to send a request (default: {REQUEST_TIMEOUT})",
    )
    options.add(
        "--namespaces",
        type=positive,
        default=defaults.namespaces,
        metavar="N",
        help="most namespaces at a time (default: 256)",
    )
    options.add(
        "--namespace-idle",
        type=positive,
        default=defaults.namespace_idle,
        metavar="SECONDS",
        help="when a namespace that nobody uses may make room for a new one (default: 900)",
    )
    options.add("--require-namespace", action="store_true", help="refuse requests that name no namespace")
    options.add(
        "--journal-bytes",
        type=size,
        default=defaults.journal_bytes,
        metavar="BYTES",
        help="memory for the journals of all namespaces, 0 for none (default: 64 MiB)",
    )


def _add_control(options: Options) -> None:
    options.add(
        "--control-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a host name, besides loopback, for /__admin",
    )
    options.add(
        "--control-token",
        metavar="TOKEN",
        help="let whoever sends this bearer token use /__admin, from anywhere, and nobody else",
    )


def _add_webhooks(options: Options) -> None:
    options.add(
        "--webhook-allow",
        action="append",
        type=webhook_prefix,
        default=[],
        metavar="URL",
        help="deliver webhooks below this URL, too, and not to loopback only",
    )


def _add_output(options: Options) -> None:
    options.add(
        "--log-level",
        choices=LOG_LEVELS,
        default="warning",
        help="what to log; info tells of every request (default: warning)",
    )
    options.add(
        "--log-format",
        choices=get_args(Form),
        default="text",
        help="log lines for people, or JSON (default: text)",
    )


def moment(text: str) -> datetime:
    """An RFC 3339 time within the bounds of clocks. Raises `ArgumentTypeError`."""
    try:
        return within_bounds(instant(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def seed(text: str) -> int:
    """A seed. Raises `ArgumentTypeError`."""
    if not text.isdecimal() or int(text) > MAX_SEED:
        raise argparse.ArgumentTypeError(f"{text!r} is no seed: use a whole number from 0 to {MAX_SEED}")
    return int(text)


def port(text: str) -> int:
    """A port. Raises `ArgumentTypeError`."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: use 0 (any free one) to 65535")
    return int(text)


def webhook_prefix(text: str) -> str:
    """A URL below which webhooks may go. Raises `ArgumentTypeError`."""
    try:
        Address.of(text)
    except AddressRefused:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no http or https URL without credentials, such as https://ci.example/hooks/"
        ) from None
    return text


def size(text: str) -> int:
    """A whole number, 0 included. Raises `ArgumentTypeError`."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)


def positive(text: str) -> int:
    """A whole number from 1 on. Raises `ArgumentTypeError`."""
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no positive whole number")
    return int(text)
