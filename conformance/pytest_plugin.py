"""The pytest plugin: `pytest --conformance API --conformance-target FILE` shows each requirement as an item.

Every pytest run imports this module, so everything else is imported only when it is asked for.
"""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Describe the flags."""
    add = parser.getgroup("conformance", "conformance of a deployment to its API's contract").addoption
    add("--conformance", metavar="API", help="examine a deployment of this API, a requirement for each item")
    add("--conformance-target", metavar="FILE", help="target file; without it a mock is started and examined")
    add("--conformance-url", metavar="URL", help="base URL instead of a target file; no credentials are sent")
    add(
        "--conformance-tier",
        choices=["documented", "full"],
        help="default: full for the mock, else documented",
    )
    add("--conformance-level", choices=["must", "should", "may"], default="must", help="failures that count")
    add("--conformance-seed", type=int, default=42, help="same seed, same requests (default 42)")
    add("--conformance-quick", action="store_true", help="few random requests")


def pytest_configure(config: pytest.Config) -> None:
    """Offer the requirements where an API is named; without paths on the command line nothing else is run."""
    if not config.getoption("--conformance"):
        return
    from conformance import pytest_items  # noqa: PLC0415  # see above

    config.pluginmanager.register(pytest_items.Requirements(config), "conformance-requirements")
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args = []
