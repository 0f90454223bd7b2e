"""What plain `schemathesis run` says of the same servers: the yardstick of the suite.

It gets the full contract and the owner's credentials. What it also says of the honest mock is no discovery.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openapi
from conformance.apis import suite
from conformance.target import Target
from mock_server import apis
from tests.saboteurs.kept import Kept
from tests.saboteurs.matrix import HONEST, saboteurs
from tests.saboteurs.stage import Stage

SEED = 42
HONEST_SEEDS = (42, 43, 44)  # what it says of the honest mock differs from seed to seed
LONGEST = 900  # seconds

Accusations = frozenset[str]  # `code operation` of a failed check, or `phase name` of a failed phase


def discoveries(api: str, stage: Stage, kept: Kept, examples: int) -> Iterator[tuple[str, Accusations]]:
    """Yield each saboteur's name with what Schemathesis says of it and not of the honest mock.

    `examples` is how many it may generate for each operation (its own default is 100).
    """
    known = kept.read()
    if HONEST not in known:
        known[HONEST] = sorted(_of_the_honest(api, stage, examples))
        kept.add(HONEST, known[HONEST])
    for each in saboteurs(api):
        if each.name not in known:
            target = stage.play(apis.load(api), each)
            known[each.name] = sorted(accusations(api, target, examples, SEED))
            kept.add(each.name, known[each.name])
        yield each.name, Accusations(known[each.name]) - Accusations(known[HONEST])


def accusations(api: str, target: Target, examples: int, seed: int) -> Accusations:
    """Run Schemathesis against the target and return what it found wrong."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            *(str(Path(sys.executable).parent / "schemathesis"), "run", str(openapi.FOLDER / f"{api}.yaml")),
            *("--url", target.base_url + suite(api).base_path, "--seed", str(seed)),
            *("--max-examples", str(examples), "--continue-on-failure", "--report-json-path", str(report)),
            *_credentials(api, target),
        ]
        subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=LONGEST)
        return Accusations(_said(json.loads(report.read_text())))


def _of_the_honest(api: str, stage: Stage, examples: int) -> Accusations:
    runs = (accusations(api, stage.play(apis.load(api)), examples, seed) for seed in HONEST_SEEDS)
    return Accusations().union(*runs)


def _said(report: Mapping[str, Any]) -> Iterator[str]:
    for failure in report["failures"]:
        yield from (f"{failure['code']} {operation}" for operation in failure["operations"])
    for name, phase in report["phases"].items():
        if phase["status"] == "failure":
            yield f"phase {name}"


def _credentials(api: str, target: Target) -> list[str]:
    owner = target.actors.get("owner")
    headers: Mapping[str, str] = suite(api).authorize(owner.token) if owner and owner.token else {}
    return [part for name, value in headers.items() for part in ("--header", f"{name}: {value}")]
