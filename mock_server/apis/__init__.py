"""The APIs that the mock offers. Each is a folder of the same five files."""

from importlib import import_module

from mock_server.contract import MockApi

NAMES = ("deepworkzone", "mobilenext", "viben", "zipf")


def load(name: str) -> MockApi:
    """The record of one API. Raises `LookupError` for a name that is not in `NAMES`."""
    if name not in NAMES:
        raise LookupError(f"there is no API {name!r}: choose from {', '.join(NAMES)}")
    api: MockApi = import_module(f"mock_server.apis.{name}").api()
    return api
