"""The contracts: one hand-written OpenAPI 3.0 file per API, and the functions that read them.

Nothing here knows the mock or the suite; both get the same dictionary from here.
"""

from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as SafeLoader  # ten times as fast, where PyYAML was built with libyaml
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]  # the same in Python

from openapi.marks import Spec
from openapi.provenance import documented

__all__ = ["FOLDER", "Spec", "UnknownContract", "documented", "load", "names"]

FOLDER = Path(__file__).parent
_NOT_AN_API = frozenset({"control"})  # the mock's own control interface: a contract, but not one of a vendor


class UnknownContract(LookupError):
    """There is no contract of this name; the message lists the names that exist."""

    def __init__(self, name: str, folder: Path) -> None:
        choices = ", ".join(names(folder)) or "none"
        super().__init__(f"no contract named {name!r} in {folder}: there are {choices}")


class _Loader(SafeLoader):
    """Safe YAML that leaves dates as the text they are: JSON has no dates."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in SafeLoader.yaml_implicit_resolvers.items()
}


def load(name: str, folder: Path = FOLDER) -> Spec:
    """Return the contract `name` as a fresh plain dictionary whose keys are all strings.

    Raises `UnknownContract` when `folder` holds no file `<name>.yaml`.
    """
    path = folder / f"{name}.yaml"
    if not path.is_file():
        raise UnknownContract(name, folder)
    content = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - it is a SafeLoader
    spec: Spec = _with_string_keys(content)
    return spec


def names(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the names of the APIs that have a contract in `folder`, sorted."""
    return tuple(sorted({path.stem for path in folder.glob("*.yaml")} - _NOT_AN_API))


def _with_string_keys(node: Any) -> Any:
    """Turn keys such as an unquoted 200 into text, as JSON would."""
    if isinstance(node, dict):
        return {str(key): _with_string_keys(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_with_string_keys(item) for item in node]
    return node
