"""What a single request asks of the mock in its `Prefer` header (RFC 7240), with Prism's names."""

import re
from dataclasses import dataclass

from mock_server.errors import PreferenceRefused

PREFERENCE = re.compile(r'([A-Za-z-]+)\s*=\s*("[^"]*"|[^\s,;"]*)')
CODE = re.compile(r"[1-5][0-9]{2}\Z")
SECONDS = re.compile(r"[0-9]{1,4}(\.[0-9]{1,6})?\Z")
SEED = re.compile(r"[0-9]{1,18}\Z")
LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Preferences:
    """What one request prefers.

    * `code` and `example`: an answer from the contract in place of the API's own.
    * `wait`: seconds before the answer; `seed`: the data of this seed, for this request only.
    """

    code: int | None = None
    example: str | None = None
    wait: float | None = None
    seed: int | None = None


def parse(header: str) -> Preferences:
    """The preferences in a header; unknown ones are passed over (RFC 7240, 2).

    Raises `PreferenceRefused` for a known one with a value that cannot be. The first of a name counts.
    """
    values: dict[str, str] = {}
    for name, value in PREFERENCE.findall(header):
        values.setdefault(name.lower(), value.strip('"'))
    return Preferences(
        code=_code(values.get("code")),
        example=values.get("example"),
        wait=_wait(values.get("wait")),
        seed=_seed(values.get("seed")),
    )


def _code(text: str | None) -> int | None:
    if text is not None and not CODE.match(text):
        raise PreferenceRefused(f"code={text[:40]}: has to be a status code, such as 404")
    return None if text is None else int(text)


def _wait(text: str | None) -> float | None:
    if text is not None and (not SECONDS.match(text) or float(text) > LONGEST_WAIT):
        raise PreferenceRefused(
            f"wait={text[:40]}: has to be a number of seconds, {LONGEST_WAIT:g} at the most"
        )
    return None if text is None else float(text)


def _seed(text: str | None) -> int | None:
    if text is not None and not SEED.match(text):
        raise PreferenceRefused(f"seed={text[:40]}: has to be a whole number, such as 7")
    return None if text is None else int(text)
