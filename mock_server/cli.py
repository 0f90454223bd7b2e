"""The command `mock-server`: serve the APIs, list them and their credentials, bundle and replay failures."""

import argparse
import asyncio
import json
import sys
import webbrowser
from collections.abc import Callable, Sequence
from itertools import zip_longest
from pathlib import Path

import httpx

from fixtures import FixtureUnusable
from mock_server import apis, bundles, logs, options, replay, serving
from mock_server.addressing import CONTROL_PREFIX
from mock_server.app import MockServer, create_app
from mock_server.bundles import BundleUnusable
from mock_server.contract import MockApi
from mock_server.errors import StateNotWritten
from mock_server.progress import Progress
from mock_server.settings import Settings
from mock_server.store.log import StateUnusable

SERVE = "Serve APIs until Ctrl-C. Prints base URLs, documentation and credentials, then 'ready'."
BUNDLE = "Write one namespace of a running server into a file: its state, its faults, and all its requests."
REPLAY = "Send the requests of a bundle again, from where they began, and report every answer that differs."
EXAMPLES = """examples:
  mock-server serve                      all APIs on http://127.0.0.1:8000, each under its name
  mock-server serve viben --port 18790   one API where the vendor has it
  mock-server personas                   the credentials that the mock knows
  mock-server bundle --output f.json     a failure in one file, from the server on port 8000
  mock-server serve --bundle f.json      the same world again
  mock-server replay f.json              the same requests again, and what differs
  npm install --save-dev "$(mock-server javascript)"

Every option of serve has an environment variable, such as MOCK_SERVER_PORT for --port.
"""
EXPECTED = (
    serving.CannotListen,
    apis.UnknownName,
    StateUnusable,
    StateNotWritten,
    BundleUnusable,
    FixtureUnusable,
    OSError,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit status.

    0 done, 1 for a replay that differs, 2 for bad usage, an address that is taken, or a file of no use.
    """
    given = _parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except KeyboardInterrupt:  # before there was a server to stop
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except EXPECTED as error:
        print(f"mock-server: {error}", file=sys.stderr)
        return 2


def _serve(given: argparse.Namespace) -> int:
    logs.configure(given.log_level, given.log_format)
    bundle = bundles.read(given.bundle) if given.bundle else None
    served = _chosen(given.api or (replay.apis_of(bundle) if bundle else []))
    settings = options.settings(given)
    if given.until_eof:
        serving.stop_at_eof(sys.stdin.fileno())
    listener = serving.listen(given.host, given.port)
    progress = Progress(sys.stderr)
    try:
        app = create_app(served, settings, progress)
    finally:
        progress.done()
    host = f"[{given.host}]" if ":" in given.host else given.host
    base_url = f"http://{host}:{listener.getsockname()[1]}"
    try:
        if bundle is not None:
            _restore(app, bundle, settings)
        serving.run(
            app,
            listener,
            lambda: _announce(served, base_url, in_browser=given.open),
            app.hang_up,
            given.request_timeout,
        )
    finally:
        app.close()
    return 0


def _restore(app: MockServer, bundle: bundles.Bundle, settings: Settings) -> None:
    token = settings.control_token
    headers = {"X-Mock-Namespace": "default", **_authorization(token)}
    asyncio.run(replay.restore(app, bundle, headers))


def _authorization(token: str | None) -> dict[str, str]:
    return {} if token is None else {"Authorization": f"Bearer {token}"}


def _bundle(given: argparse.Namespace) -> int:
    headers = {"X-Mock-Namespace": given.namespace, **_authorization(given.token)}
    url = f"{given.url.rstrip('/')}{CONTROL_PREFIX}/bundle"
    try:
        answer = httpx.get(url, headers=headers, timeout=60)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise BundleUnusable(f"{url}: {error}; --url says where the server is") from None
    if answer.is_error:
        raise BundleUnusable(f"{answer.url}: {answer.status_code}: {answer.text[:500]}")
    if given.output is None:
        print(answer.text)
        return 0
    given.output.write_bytes(answer.content)
    print(f"{given.output}: {len(answer.json()['requests'])} requests of the namespace {given.namespace}")
    return 0


def _replay(given: argparse.Namespace) -> int:
    bundle = bundles.read(given.file)
    served = _chosen(replay.apis_of(bundle))
    tokens = {(api.name, persona.name): persona.token for api in served for persona in api.personas}
    # The journal of the replay has to hold all of it, or there would be nothing to compare.
    # What was delivered once is not delivered again.
    settings = Settings(seed=bundle["origin"]["seed"], journal_bytes=4 * bundles.LARGEST, webhooks=False)
    app = create_app(served, settings)
    result = asyncio.run(replay.replay(app, bundle, tokens))
    for each in result.differences:
        print(f"{each.request}\n  {each.pointer}: {each.before} -> {each.now}")
    if result.forgotten:
        print(f"the journal had lost its oldest {result.forgotten} requests: differences may come from that")
    print(f"{result.requests} requests, {len(result.differences)} differences")
    return 1 if result.differences else 0


def _announce(served: Sequence[MockApi], base_url: str, *, in_browser: bool) -> None:
    for api in served:
        print(f"{api.name}  {base_url if len(served) == 1 else f'{base_url}/{api.name}'}")
        credentials = [("", each.name, each.token, each.note) for each in api.personas]
        _print_columns([("", "documentation", f"{base_url}/{api.name}/docs"), *credentials])
    print(f"control  {base_url}{CONTROL_PREFIX}/docs")
    print(f"inspector  {base_url}{CONTROL_PREFIX}/")
    print("ready", flush=True)
    if in_browser:
        webbrowser.open(f"{base_url}/{served[0].name}/docs")


def _list_apis(_: argparse.Namespace) -> int:
    _print_columns([(api.name, api.base_path, api.title) for api in _chosen([])])
    return 0


def _list_personas(given: argparse.Namespace) -> int:
    chosen = _chosen([given.api] if given.api else [])
    personas = [persona.published(api.name) for api in chosen for persona in api.personas]
    if given.json:
        print(json.dumps({"personas": personas}, indent=2))
        return 0
    for api in chosen:
        _print_columns([(api.name, each.name, each.token, each.note) for each in api.personas])
    open_apis = [api.name for api in chosen if not api.personas]
    if open_apis:
        print(f"{', '.join(open_apis)}: no credentials needed")
    return 0


def _print_javascript(_: argparse.Namespace) -> int:
    print(Path(__file__).parent / "javascript")
    return 0


def _print_columns(rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip())


def _chosen(names: Sequence[str]) -> list[MockApi]:
    return [apis.load(name) for name in (dict.fromkeys(names) or apis.NAMES)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mock-server",
        description="A stateful mock of session APIs, driven by their OpenAPI contracts.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, summary: str, run: Callable[[argparse.Namespace], int], text: str = ""
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=summary, description=text or None)
        added.set_defaults(run=run)
        return added

    options.add_serve(command("serve", "serve APIs until Ctrl-C", _serve, SERVE))
    command("apis", "list the APIs", _list_apis)
    personas = command("personas", "list the well-known credentials", _list_personas)
    personas.add_argument("api", nargs="?", metavar="API", help="of this API only")
    personas.add_argument("--json", action="store_true", help="as JSON")
    command("javascript", "print the folder of the npm package for tests in JavaScript", _print_javascript)
    _add_bundle(command("bundle", "write a failure into one file", _bundle, BUNDLE))
    replaying = command("replay", "repeat the requests of a bundle", _replay, REPLAY)
    replaying.add_argument("file", type=Path, metavar="FILE", help="what mock-server bundle wrote")
    return parser


def _add_bundle(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--url", default="http://127.0.0.1:8000", help="the server (default: http://127.0.0.1:8000)"
    )
    parser.add_argument("--namespace", default="default", metavar="NAME", help="which (default: default)")
    parser.add_argument("--token", metavar="TOKEN", help="what it was started with as --control-token")
    parser.add_argument("--output", type=Path, metavar="FILE", help="where to (default: standard output)")
