"""TypeScript types made from the contracts are of use to a front end that is as strict as can be."""

from pathlib import Path
from shutil import copy

import pytest

import openapi
from tests.frontend.site import FRONTEND, node_modules, run
from tests.source_tree import ROOT

STRICTEST = ("--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--noEmit")


@pytest.mark.parametrize("api", openapi.names())
def test_types_of_a_contract_compile_and_say_something(api: str, tmp_path: Path) -> None:
    """No schema comes out as any, unknown or never, nor with a member that cannot have a value."""
    programs = node_modules() / ".bin"
    copy(FRONTEND / "usable.ts", tmp_path)

    contract = ROOT / f"openapi/{api}.yaml"
    run(programs / "openapi-typescript", contract, "--output", "contract.d.ts", folder=tmp_path)
    run(programs / "tsc", *STRICTEST, "--lib", "es2022", "usable.ts", folder=tmp_path)
