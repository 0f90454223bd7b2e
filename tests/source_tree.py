"""The project's own source as data: modules, their syntax trees and what they import."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("openapi", "fixtures", "mock_server", "conformance")


@dataclass(frozen=True, slots=True)
class Module:
    """One source file: its dotted name, where it lies and what it says."""

    name: str
    path: Path
    tree: ast.Module
    lines: int

    def within(self, *packages: str) -> bool:
        """Whether this module is one of the packages or modules named, or lies in one of them."""
        return any(is_within(self.name, package) for package in packages)

    def imports(self, *packages: str) -> list[str]:
        """The dotted names this module imports that lie within the packages or modules named."""
        return [name for name in self.imported() if any(is_within(name, package) for package in packages)]

    def imported(self) -> Iterator[str]:
        """Every dotted name this module imports, in functions too; `from a import b` gives `a.b`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module is not None:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_within(name: str, package: str) -> bool:
    """Whether a dotted name is the package or lies in it."""
    return name == package or name.startswith(f"{package}.")


def modules(*packages: str) -> list[Module]:
    """The modules of the packages named, in the order of their paths."""
    return [_module(path) for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


def _module(path: Path) -> Module:
    parts = path.relative_to(ROOT).with_suffix("").parts
    source = path.read_text(encoding="utf-8")
    name = ".".join(part for part in parts if part != "__init__")
    return Module(name, path, ast.parse(source), len(source.splitlines()))
