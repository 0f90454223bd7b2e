"""Projects in JavaScript, as their users have them: the package installed by npm, tools beside it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import program
from tests.frontend.site import node_modules
from tests.mock_server.javascript.tools import HERE, PACKAGE, Run


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has installed the package, without a network; tools are links to those of the tree."""
    tools, folder = node_modules(), tmp_path_factory.mktemp("project")
    (folder / "package.json").write_text('{"private": true, "type": "module"}', "utf-8")
    npm = program("npm", package="npm")
    install: list[str | Path] = ["install", "--offline", "--no-audit", "--no-fund", "--save-dev", PACKAGE]
    subprocess.run([npm, *install], cwd=folder, check=True, capture_output=True)
    for name in ("vitest", "typescript", "@playwright", "@types"):
        (folder / "node_modules" / name).symlink_to(tools / name)
    return folder


@pytest.fixture(scope="session")
def run(project: Path) -> Run:
    """Runs a tool of the project in one of the folders here, with more variables of the environment."""

    def run_tool(
        tool: str, *arguments: str, folder: str, **variables: str
    ) -> "subprocess.CompletedProcess[str]":
        shutil.copytree(HERE / folder, project / folder, dirs_exist_ok=True)
        script: list[str | Path] = [project / "node_modules" / tool] if tool else []
        command = [program("node", package="nodejs"), *script, *arguments]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MOCK_SERVER_")}
        return subprocess.run(
            command,
            cwd=project / folder,
            env={**kept, "PATH": f"{Path(sys.executable).parent}:{kept['PATH']}", **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    return run_tool
