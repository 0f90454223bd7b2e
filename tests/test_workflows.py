"""The GitHub Actions workflows: their shell steps do, run one by one, what the workflow promises."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.foreign.viben import Viben, serving
from tests.source_tree import ROOT

FOLDER = ROOT / ".github/workflows"
# The flags keep the examination short; `conformance` stands where `make setup` puts it.
FLAGS = "--quick --only VIBEN-CREATE-* --only VIBEN-MEDIA-01"
CONFORMANCE = f'#!/bin/sh\nexec "{sys.executable}" -m conformance "$@"\n'


class Active(Viben):
    """Calls a new session active."""

    initial_status = "active"


def workflow(name: str) -> Any:
    """Return a workflow as plain data."""
    return yaml.safe_load((FOLDER / name).read_text("utf-8"))


def script(job: str, step: str) -> str:
    """Return the shell text of a named step."""
    steps = workflow("conformance.yml")["jobs"][job]["steps"]
    return str(next(each["run"] for each in steps if each.get("name") == step))


def run(folder: Path, text: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run a step as GitHub does: by bash, ending at the first failure."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "GITHUB_STEP_SUMMARY": str(folder / "page"),
        **variables,
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder in which `conformance` is installed as in a checkout."""
    program = tmp_path / ".venv/bin/conformance"
    program.parent.mkdir(parents=True)
    program.write_text(CONFORMANCE)
    program.chmod(0o755)
    return tmp_path


def examine(checkout: Path, url: str) -> None:
    """Run the step of every shard."""
    (checkout / "target.toml").write_text(f'base_url = "{url}"\n', "utf-8")
    job = workflow("conformance.yml")["jobs"]["examine"]
    shards = job["strategy"]["matrix"]["shard"]
    for shard in shards:
        variables = {"API": "viben", "TARGET": "target.toml", "FLAGS": FLAGS, "SHARD": str(shard)}
        done = run(checkout, script("examine", "examine"), SHARDS=str(len(shards)), **variables)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("server", "status"), [(Viben(), 0), (Active(), 1)], ids=["honest", "broken"])
def test_the_recipe_ends_with_the_verdict(checkout: Path, server: Viben, status: int) -> None:
    """All shards are examined, the merged reports are there, and the last job ends with the run's status."""
    with serving(server) as url:
        examine(checkout, url)

    done = run(checkout, script("verdict", "merge"))
    assert done.returncode == status, done.stdout + done.stderr
    assert len(list((checkout / "reports").iterdir())) == 6
    assert "conform" in (checkout / "page").read_text("utf-8")


def test_a_lost_shard_is_no_success(checkout: Path) -> None:
    """Where a machine died, the last job fails and says which."""
    with serving(Viben()) as url:
        examine(checkout, url)
    (checkout / "shard-2.json").unlink()

    done = run(checkout, script("verdict", "merge"))
    assert done.returncode == 2
    assert "the report of shard 2/3 is missing" in done.stderr


def test_the_matrix_is_the_number_of_shards() -> None:
    """Nobody changes one without the other."""
    found = workflow("conformance.yml")

    shards = found["jobs"]["examine"]["strategy"]["matrix"]["shard"]
    assert shards == list(range(1, found["env"]["SHARDS"] + 1))


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_no_input_is_put_into_a_script(path: Path) -> None:
    """Expressions stand in `env` and conditions only: one in a script would be run as shell text."""
    jobs = workflow(path.name)["jobs"].values()
    scripts = [step["run"] for job in jobs for step in job["steps"] if "run" in step]

    assert not [each for each in scripts if "${{" in each]
