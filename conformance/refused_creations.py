"""Looks whether creations that were refused stored their records all the same."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from conformance import expect
from conformance.client import Http
from conformance.outcome import Inconclusive
from conformance.reply import Reply
from conformance.shadow import is_refused

Record = Mapping[str, Any]


def store_nothing(
    bodies: Mapping[str, Any],
    create: Callable[[Any], Reply],
    listed: Callable[[str], Sequence[Record]],
    http: Http,
    delete: Callable[[str], object],
) -> None:
    """Send creations and expect the lists to hold no record of one that was refused.

    `bodies` are by a name that nothing else has, and that their records show; `listed` returns the records
    with a name. Records that should not be are deleted with what else the examination made.

    Raises:
        Breach: there is such a record.
        Inconclusive: none was refused.
    """
    refused = [name for name, body in bodies.items() if is_refused(create(body).exchange)]
    if not refused:
        raise Inconclusive("none of the creations that were tried was refused")
    stored = [each for name in refused for each in listed(name)]
    http.cleanup.extend(partial(delete, str(each["id"])) for each in stored if "id" in each)
    expect.that(not stored, expected="no session of a creation that was refused", got=stored)
