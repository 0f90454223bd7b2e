"""The command `mock-server`: serve the APIs, list them, list their credentials."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import get_args

from mock_server import apis, serving
from mock_server.app import create_app
from mock_server.contract import MockApi
from mock_server.settings import Settings, Validation, start_of_today

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
    except (serving.CannotListen, LookupError) as error:
        print(f"mock-server: {error.args[0]}", file=sys.stderr)
        return 2
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
    )
    app = create_app(served, settings)
    listener = serving.listen(options.host, options.port)
    host = f"[{options.host}]" if ":" in options.host else options.host
    base_url = f"http://{host}:{listener.getsockname()[1]}"
    serving.run(app, listener, options.log_level, lambda: _announce(served, base_url))
    return 0


def _announce(served: Sequence[MockApi], base_url: str) -> None:
    for api in served:
        print(f"{api.name}  {base_url if len(served) == 1 else f'{base_url}/{api.name}'}")
        for persona in api.personas:
            print(f"  {persona.name}: {persona.token}  {persona.note}")
    print(f"documentation  {base_url}/{served[0].name}/docs")
    print("ready", flush=True)


def _list_apis(_: argparse.Namespace) -> int:
    for api in _chosen([]):
        print(f"{api.name}  {api.base_path}  {api.title}")
    return 0


def _list_personas(options: argparse.Namespace) -> int:
    chosen = _chosen([options.api] if options.api else [])
    personas = [persona.published(api.name) for api in chosen for persona in api.personas]
    if options.json:
        print(json.dumps({"personas": personas}, indent=2))
        return 0
    for persona in personas:
        print(f"{persona['api']}  {persona['name']}  {persona['token']}  {persona['note']}")
    if not personas:
        print(f"{', '.join(api.name for api in chosen)}: no credentials needed")
    return 0


def _chosen(names: Sequence[str]) -> list[MockApi]:
    return [apis.load(name) for name in (dict.fromkeys(names) or apis.NAMES)]


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text.upper())
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no RFC 3339 time, such as 2026-01-31T12:00:00Z")
    return instant


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
    _add_serve(commands.add_parser("serve", help="serve APIs until Ctrl-C"))
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
    parser.add_argument("--seed", type=int, default=defaults.seed, help="same seed, same data (default: 42)")
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
