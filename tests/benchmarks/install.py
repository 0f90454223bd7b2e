"""Brings the other mock servers, and what they serve, below `contenders.CACHE`."""

import filecmp
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openapi
from tests.benchmarks.contenders import CACHE
from tests.benchmarks.load import NotMeasured
from tests.benchmarks.records import every, listed, session, summary
from tests.benchmarks.workloads import LISTS

PACKAGES = Path(__file__).parent / "rivals"


def install() -> None:
    """Installs what `rivals/package-lock.json` names. Raises `NotMeasured`."""
    for program, package in {"npm": "nodejs and npm", "java": "default-jre-headless"}.items():
        if shutil.which(program) is None:
            raise NotMeasured(f"the rivals need {program}: apt-get install {package}")
    if not _is_installed():
        _install_packages()
    (CACHE / "contract.json").write_text(json.dumps(contract()))
    (CACHE / "records.json").write_text(json.dumps({"sessions": every()}))
    _write_stubs(CACHE / "wiremock" / "mappings")


def _is_installed() -> bool:
    names = [file.name for file in PACKAGES.iterdir()]
    same = filecmp.cmpfiles(PACKAGES, CACHE, names, shallow=False)[0]
    return set(same) == set(names) and (CACHE / "node_modules" / ".package-lock.json").exists()


def _install_packages() -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error"]
    for file in PACKAGES.iterdir():
        shutil.copy(file, CACHE)
    if subprocess.run(command, cwd=CACHE, check=False).returncode:
        raise NotMeasured(f"`{' '.join(command)}` failed in {CACHE}")


def contract() -> dict[str, Any]:
    """Viben's contract, with a list of 20 as the only example of one."""
    specification = openapi.load("viben")
    sessions = [summary(each) for each in listed("bench-20")]
    answer = specification["paths"]["/sessions"]["get"]["responses"]["200"]
    answer["content"]["application/json"]["examples"] = {"twenty": {"value": {"sessions": sessions}}}
    return specification


def _write_stubs(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    one = "/api/sessions/.+"
    for method in ("GET", "PATCH", "DELETE"):
        _write_stub(folder, {"method": method, "urlPathPattern": one}, session(0))
    _write_stub(folder, {"method": "POST", "urlPath": "/api/sessions"}, session(0))
    for agent in LISTS:
        query = {"agent_id": {"equalTo": agent}}
        request = {"method": "GET", "urlPath": "/api/sessions", "queryParameters": query}
        _write_stub(folder, request, {"sessions": [summary(each) for each in listed(agent)]})


def _write_stub(folder: Path, request: dict[str, Any], body: dict[str, Any]) -> None:
    response = {"jsonBody": body, "headers": {"Content-Type": "application/json"}}
    path = folder / f"{len(list(folder.iterdir()))}.json"
    path.write_text(json.dumps({"request": request, "response": response}))
