"""The suites, one folder for each API; no suite knows another."""

from importlib import import_module

from conformance.suite import Suite

NAMES = ("deepworkzone", "mobilenext", "viben", "zipf")


def suite(name: str) -> Suite:
    """Return the suite of an API.

    Raises:
        KeyError: there is no such API.
    """
    if name not in NAMES:
        raise KeyError(name)
    found = import_module(f"conformance.apis.{name}").SUITE
    if not isinstance(found, Suite):
        raise TypeError(f"conformance.apis.{name}.SUITE must be a Suite")
    return found
