"""Named profiles: what is known of a vendor's other generations, so that a run says what it leaves out.

A profile is a file beside an API's requirements, `profiles/NAME.toml`. It edits no requirement: what it names
is a skip with the reason, and every report says which profile was used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from conformance import setting
from conformance.suite import Suite
from conformance.target_values import TargetError, known_keys, string, table, toml

KEYS = ("summary", "source", "does_not_apply", "settings")


@dataclass(frozen=True, slots=True)
class Profile:
    """What does not apply to a deployment of this kind, by requirement, with the reason; and what is read
    otherwise, as a target file's `[settings]` say it.
    """

    name: str
    summary: str
    source: str
    does_not_apply: Mapping[str, str]
    settings: Mapping[str, Any]


def names(api: str) -> list[str]:
    """Return the names of an API's profiles."""
    folder = files(f"conformance.apis.{api}").joinpath("profiles")
    found = folder.iterdir() if folder.is_dir() else iter(())
    return sorted(each.name.removesuffix(".toml") for each in found if each.name.endswith(".toml"))


def load(suite: Suite, name: str) -> Profile:
    """Return a profile of the suite's API.

    Raises:
        TargetError: there is none of this name, or its file cannot be used: naming the key and the reason.
    """
    if name not in names(suite.name):
        known = ", ".join(names(suite.name)) or "none"
        raise TargetError("--profile", f"{suite.name} has no profile {name!r}; there is {known}")
    with as_file(files(f"conformance.apis.{suite.name}").joinpath("profiles", f"{name}.toml")) as path:
        return parse(suite, name, toml(Path(path)))


def parse(suite: Suite, name: str, document: Mapping[str, Any]) -> Profile:
    """Turn the parsed file into a profile; its settings are held to the same as a target file's.

    Raises:
        TargetError: naming the key and the reason.
    """
    known_keys("", document, KEYS)
    for key in ("summary", "source"):
        if not string(key, document.get(key, "")):
            raise TargetError(key, "is missing; say what this profile is of, and where that is written")
    reasons, requirements = table(document, "does_not_apply"), {each.id for each in suite.requirements}
    for id_, reason in reasons.items():
        if id_ not in requirements:
            raise TargetError(f"does_not_apply.{id_}", "is no requirement of this API")
        if not string(f"does_not_apply.{id_}", reason):
            raise TargetError(f"does_not_apply.{id_}", "needs the reason why it does not apply")
    settings = setting.checked(table(document, "settings"), suite.settings)
    return Profile(name, document["summary"], document["source"], reasons, settings)
