"""The sample front end as its users get it: built by its own tools, served from an origin of its own."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.browser import missing, program
from tests.source_tree import ROOT

FRONTEND = Path(__file__).parent
OLDEST_NODE = (20, 19)  # what Vite and the generator of types need
IGNORED = shutil.ignore_patterns("node_modules", "dist", "contracts", "*.py", "__pycache__")


def node_modules() -> Path:
    """Where the packages of `package-lock.json` are.

    Without them, or with a Node that is too old, the test is skipped, or fails; see `missing`.
    """
    node = program("node", package="nodejs")
    version = subprocess.check_output([node, "--version"], text=True).strip()
    if tuple(map(int, version.removeprefix("v").split(".")[:2])) < OLDEST_NODE:
        missing(f"node is {version}; tests/frontend needs 20.19 or newer")
    if not (FRONTEND / "node_modules/.package-lock.json").is_file():
        missing(
            "tests/frontend has no packages; 'make test' installs them, else: npm ci --prefix tests/frontend"
        )
    return FRONTEND / "node_modules"


def run(*command: str | Path, folder: Path) -> None:
    """Runs a program in a folder; what it says belongs to the failure if it fails."""
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def build(folder: Path) -> Path:
    """Builds the front end in `folder`, as in a fresh checkout; returns where the pages are."""
    packages = node_modules()
    frontend = folder / "tests/frontend"
    shutil.rmtree(folder, ignore_errors=True)  # what somebody else has begun
    shutil.copytree(FRONTEND, frontend, ignore=IGNORED)
    (folder / "openapi").symlink_to(ROOT / "openapi")
    (frontend / "node_modules").symlink_to(packages)
    run(program("npm", package="npm"), "run", "build", folder=frontend)
    return frontend / "dist"


def config(mock_url: str) -> dict[str, Any]:
    """The configuration of the sample, for a mock elsewhere."""
    text = (FRONTEND / "public/config.json").read_text(encoding="utf-8")
    made: dict[str, Any] = json.loads(text.replace("http://127.0.0.1:8000", mock_url))
    return made


class _Pages(SimpleHTTPRequestHandler):
    """Files of a folder, but for the configuration."""

    def __init__(self, *arguments: Any, configuration: bytes, **options: Any) -> None:
        self._configuration = configuration
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        """Answers one request."""
        if self.path != "/config.json":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(self._configuration)
        return None

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
        """Says nothing."""


@contextmanager
def served(folder: Path, configuration: Mapping[str, Any]) -> Iterator[str]:
    """Serves the pages in a folder on a free port; gives their origin."""
    encoded = json.dumps(configuration).encode()
    handler = partial(_Pages, directory=str(folder), configuration=encoded)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
