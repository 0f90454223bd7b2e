"""The command `mock-server`: serve the APIs, list them, list their credentials."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import get_args

from mock_server import apis, serving
from mock_server.addressing import CONTROL_PREFIX
from mock_server.app import create_app
from mock_server.clock import instant, within_bounds
from mock_server.contract import MockApi
from mock_server.errors import StateNotWritten
from mock_server.settings import Fsync, Settings, Validation, start_of_today
from mock_server.store.log import StateUnusable

MAX_SEED = 2**63 - 1
SERVE = "Serve APIs until Ctrl-C. Prints base URLs, documentation and credentials, then 'ready'."
LOG_LEVELS = ("critical", "error", "warning", "info", "debug")
EXAMPLES = """examples:
  mock-server serve                      all APIs on http://127.0.0.1:8000, each under its name
  mock-server serve viben --port 18790   one API where the vendor has it
  mock-server personas                   the credentials that the mock knows
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit status: 0 done, 2 for bad usage or an address that is taken."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (serving.CannotListen, apis.UnknownName, StateUnusable, StateNotWritten) as error:
        print(f"mock-server: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:  # before there was a server to stop
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _serve(options: argparse.Namespace) -> int:
    served = _chosen(options.api)
    settings = Settings(
        seed=options.seed,
        epoch=options.epoch,
        validation=options.validate,
        body_limit=options.body_limit,
        namespaces=options.namespaces,
        control_hosts=tuple(options.control_host),
        state=options.state,
        fsync=options.fsync,
    )
    listener = serving.listen(options.host, options.port)
    app = create_app(served, settings)
    host = f"[{options.host}]" if ":" in options.host else options.host
    base_url = f"http://{host}:{listener.getsockname()[1]}"
    try:
        serving.run(app, listener, options.log_level, lambda: _announce(served, base_url))
    finally:
        app.close()
    return 0


def _announce(served: Sequence[MockApi], base_url: str) -> None:
    for api in served:
        print(f"{api.name}  {base_url if len(served) == 1 else f'{base_url}/{api.name}'}")
        credentials = [("", each.name, each.token, each.note) for each in api.personas]
        _print_columns([("", "documentation", f"{base_url}/{api.name}/docs"), *credentials])
    print(f"control  {base_url}{CONTROL_PREFIX}/docs")
    print("ready", flush=True)


def _list_apis(_: argparse.Namespace) -> int:
    _print_columns([(api.name, api.base_path, api.title) for api in _chosen([])])
    return 0


def _list_personas(options: argparse.Namespace) -> int:
    chosen = _chosen([options.api] if options.api else [])
    personas = [persona.published(api.name) for api in chosen for persona in api.personas]
    if options.json:
        print(json.dumps({"personas": personas}, indent=2))
        return 0
    for api in chosen:
        _print_columns([(api.name, each.name, each.token, each.note) for each in api.personas])
    open_apis = [api.name for api in chosen if not api.personas]
    if open_apis:
        print(f"{', '.join(open_apis)}: no credentials needed")
    return 0


def _print_columns(rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip())


def _chosen(names: Sequence[str]) -> list[MockApi]:
    return [apis.load(name) for name in (dict.fromkeys(names) or apis.NAMES)]


def _instant(text: str) -> datetime:
    try:
        return within_bounds(instant(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _seed(text: str) -> int:
    if not text.isdecimal() or int(text) > MAX_SEED:
        raise argparse.ArgumentTypeError(f"{text!r} is no seed: use a whole number from 0 to {MAX_SEED}")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: use 0 (any free one) to 65535")
    return int(text)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no positive whole number")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mock-server",
        description="A stateful mock of session APIs, driven by their OpenAPI contracts.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serve(commands.add_parser("serve", help="serve APIs until Ctrl-C", description=SERVE))
    commands.add_parser("apis", help="list the APIs").set_defaults(run=_list_apis)
    personas = commands.add_parser("personas", help="list the well-known credentials")
    personas.add_argument("api", nargs="?", metavar="API", help="of this API only")
    personas.add_argument("--json", action="store_true", help="as JSON")
    personas.set_defaults(run=_list_personas)
    return parser


def _add_serve(parser: argparse.ArgumentParser) -> None:
    defaults = Settings()
    parser.add_argument(
        "api", nargs="*", metavar="API", help=f"which to serve (default: all of {', '.join(apis.NAMES)})"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument(
        "--port", type=_port, default=8000, help="port to listen on, 0 for a free one (default: 8000)"
    )
    parser.add_argument(
        "--seed", type=_seed, default=defaults.seed, metavar="N", help="same seed, same data (default: 42)"
    )
    parser.add_argument(
        "--epoch",
        type=_instant,
        default=start_of_today(),
        metavar="TIME",
        help="the RFC 3339 time that generated data leads up to (default: the start of today, UTC)",
    )
    parser.add_argument(
        "--validate",
        choices=get_args(Validation),
        default=defaults.validation,
        help="refuse to send what breaks the contract, log it, or do not look (default: strict)",
    )
    parser.add_argument(
        "--state",
        type=Path,
        metavar="FILE",
        help="keep the default namespace in this file (whose seed goes before --seed)",
    )
    parser.add_argument(
        "--fsync",
        choices=get_args(Fsync),
        default=defaults.fsync,
        help="when --state survives a power failure too: at each answer, each second, never",
    )
    parser.add_argument(
        "--body-limit",
        type=_positive,
        default=defaults.body_limit,
        metavar="BYTES",
        help="longest body read (default: 1 MiB)",
    )
    parser.add_argument(
        "--namespaces",
        type=_positive,
        default=defaults.namespaces,
        metavar="N",
        help="most namespaces at a time (default: 256)",
    )
    parser.add_argument(
        "--control-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a host name, besides loopback, for /__admin",
    )
    parser.add_argument(
        "--log-level", choices=LOG_LEVELS, default="warning", help="what to log (default: warning)"
    )
    parser.set_defaults(run=_serve)
