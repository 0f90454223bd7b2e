"""The package's types under the compiler's strict rules."""

import json
from pathlib import Path
from typing import Any

from tests.mock_server.javascript.tools import PACKAGE, Run

COMPILER = "typescript/bin/tsc"
STRICT: dict[str, Any] = {
    "strict": True,
    "exactOptionalPropertyTypes": True,
    "noUncheckedIndexedAccess": True,
    "noEmit": True,
    "target": "es2023",
    "module": "nodenext",
    "types": ["node"],
}


def compiled(project: Path, run: Run, files: list[str], **options: Any) -> str:
    """What the compiler has to say of `files`."""
    (project / "types").mkdir(exist_ok=True)
    settings = {"compilerOptions": {**STRICT, **options}, "files": files}
    (project / "types/tsconfig.json").write_text(json.dumps(settings), "utf-8")
    return run(COMPILER, "-p", ".", folder="types").stdout


def test_users_are_helped_and_mistakes_are_refused(project: Path, run: Run) -> None:
    """What the README shows compiles, with Playwright and Vitest, and each marked mistake is one."""
    assert compiled(project, run, ["usage.ts"], skipLibCheck=True) == ""  # Vitest's own types need browsers'


def test_the_code_is_what_its_types_say(project: Path, run: Run) -> None:
    """Every class implements its interface, and the types need nothing but those of Node."""
    files = [str(path) for path in sorted(PACKAGE.glob("*.js"))]
    roots = [str(project / "node_modules/@types")]

    assert compiled(project, run, files, allowJs=True, checkJs=True, typeRoots=roots) == ""
