"""The APIs that the mock offers. Each is a folder of the same five files."""

from importlib import import_module

from mock_server.contract import MockApi

NAMES = ("deepworkzone", "mobilenext", "viben", "zipf")


class UnknownName(LookupError):
    """No API has this name. The message lists those that there are."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no API {name!r}: choose from {', '.join(NAMES)}")


def load(name: str) -> MockApi:
    """The record of one API. Raises `UnknownName` for a name that is not in `NAMES`."""
    if name not in NAMES:
        raise UnknownName(name)
    api: MockApi = import_module(f"mock_server.apis.{name}").api()
    return api
