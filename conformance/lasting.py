"""Finds in a contract what is made and can be looked at, but not deleted: it stays with the deployment."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.addressing import as_id, names_a_record, segment
from conformance.projection import resolved

IN_REPLY = "$response.body#/"  # a runtime expression of OpenAPI 3.0.3, section 4.7.20.4
NO_MEANS = "the API has no operation that deletes it"


@dataclass(frozen=True, slots=True)
class Lasting:
    """Records that an operation makes and none deletes: the path it is called at, where its reply names the
    record, and the path template at which the record is.
    """

    operation: str
    called_at: str
    pointer: tuple[str, ...]
    template: str

    def made(self, reply: Any) -> str | None:
        """Return the path of the record that a reply names, or None."""
        for step in self.pointer:
            reply = reply.get(step) if isinstance(reply, dict) else None
        id_ = as_id(reply)
        if id_ is None or not names_a_record(id_):
            return None
        return re.sub(r"\{[^/]+\}", lambda _: segment(id_), self.template)


def lasting(contract: Mapping[str, Any]) -> tuple[Lasting, ...]:
    """Return what the operations of a contract make for good, by the links of their replies."""
    found = {}
    for path, item in contract["paths"].items():
        if "post" in item:
            for template, pointer in linked(contract, item["post"]):
                if template.endswith("}") and "delete" not in contract["paths"][template]:
                    operation = str(item["post"]["operationId"])
                    found[operation, template] = Lasting(operation, path, pointer, template)
    return tuple(found.values())


def linked(
    contract: Mapping[str, Any], operation: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Go through the reads that a reply leads to: the path template, and where in the reply its id is."""
    reads = {item["get"]["operationId"]: path for path, item in contract["paths"].items() if "get" in item}
    spec = dict(contract)
    for code, response in operation["responses"].items():
        links = resolved(spec, response).get("links", {}) if code.startswith("2") else {}
        for link in (resolved(spec, each) for each in links.values()):
            values = [str(each) for each in link.get("parameters", {}).values()]
            if link.get("operationId") in reads and len(values) == 1 and values[0].startswith(IN_REPLY):
                pointer = values[0].removeprefix(IN_REPLY).split("/")
                yield reads[link["operationId"]], tuple(pointer)
