"""One operation of a contract, compiled: what its specification says is worked out at start-up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mock_server import json_codec
from mock_server.auth import Check, Persona, missing_credentials
from mock_server.errors import ContractBroken, InvalidRequest, UnsupportedMediaType
from mock_server.parameters import ParameterReader
from mock_server.reply import Reply, is_json
from mock_server.request import Request
from mock_server.validation import BodyValidator, Validator, Violation

MAX_VIOLATIONS = 20


@dataclass(frozen=True, slots=True)
class BodyReader:
    """Reads and validates the body of a request. `where` is its JSON pointer in the contract."""

    validators: Mapping[str, Validator]
    required: bool
    any_media_type: bool
    limit: int
    where: str

    async def read(self, request: Request) -> dict[str, Any]:
        """The handler's `body` argument, empty when none was sent or needed. Raises a `RequestError`."""
        media_type = request.media_type
        validator = self._validator(media_type)
        text = await request.body(self.limit)
        if not text:
            if self.required:
                raise InvalidRequest("a JSON body is required")
            return {}
        value = json_codec.parse(text)
        if not validator.accepts(value):
            raise self._refusal(next(validator.violations(value)), media_type)
        return {"body": value}

    def _refusal(self, violation: Violation, media_type: str) -> InvalidRequest:
        used = media_type if media_type in self.validators else next(iter(self.validators))
        where = f"{self.where}/content/{used.replace('/', '~1')}/schema{violation.local_schema_pointer}"
        return InvalidRequest(violation.detail, pointer=violation.pointer, schema_pointer=where)

    def _validator(self, media_type: str) -> Validator:
        validator = self.validators.get(media_type)
        if validator is not None:
            return validator
        if self.any_media_type or not media_type:
            return next(iter(self.validators.values()))
        expected = ", ".join(self.validators)
        raise UnsupportedMediaType(f"the body's Content-Type is {media_type!r}; use {expected}")


@dataclass(frozen=True, slots=True)
class ResponseContract:
    """What the contract says of one status of one operation. `where` is the JSON pointer of the response.

    `example_headers` are the required ones as the contract has them, for an answer that is an example, too.
    """

    validators: Mapping[str, BodyValidator]
    required_headers: frozenset[str]
    where: str
    example_headers: Mapping[str, str] = field(default_factory=dict)

    def violations(self, reply: Reply) -> list[Violation]:
        """Each way in which `reply` breaks it."""
        sent = {name.lower() for name in reply.headers}
        found = [
            Violation("", f"header {name} is missing", f"{self.where}/headers/{name}")
            for name in self.required_headers - sent
        ]
        if not self.validators:
            return found if reply.body is None else [*found, self._undeclared("has a body")]
        if reply.media_type not in self.validators:
            return [*found, self._undeclared(f"is {reply.media_type}")]
        validator = self.validators[reply.media_type]
        if reply.is_json and not validator.accepts(reply.body):
            found.extend(self._located(violation, reply) for violation in validator.violations(reply.body))
        return found

    def _undeclared(self, what: str) -> Violation:
        return Violation("", f"the answer {what}, which the contract does not declare", self.where)

    def _located(self, violation: Violation, reply: Reply) -> Violation:
        media_type = reply.media_type.replace("/", "~1")
        where = f"{self.where}/content/{media_type}/schema{violation.local_schema_pointer}"
        return Violation(violation.pointer, violation.detail, where)


@dataclass(frozen=True, slots=True)
class Operation:
    """A compiled operation.

    `alternatives` are its security requirements: any one of them suffices, all checks of one must hold; empty
    means that nobody is asked who they are. `examples` holds media type and value by status and name.
    """

    operation_id: str
    where: str
    handler: Callable[..., Reply]
    alternatives: Sequence[Sequence[Check]]
    parameters: ParameterReader
    body: BodyReader | None
    responses: Mapping[int, ResponseContract]
    examples: Mapping[int, Mapping[str, tuple[str, Any]]] = field(default_factory=dict)
    # What accepts a body of a status and a media type, where nothing but a JSON body can be wrong.
    _accepting: Mapping[tuple[int, str], Callable[[Any], bool]] = field(init=False)

    def __post_init__(self) -> None:
        accepting = {
            (status, media_type): validator.accepts
            for status, contract in self.responses.items()
            if not contract.required_headers
            for media_type, validator in contract.validators.items()
            if is_json(media_type)
        }
        object.__setattr__(self, "_accepting", accepting)

    def authenticate(self, request: Request) -> Persona | None:
        """Whoever calls, None where anybody may. Raises `NotAuthenticated`."""
        if not self.alternatives:
            return None
        for checks in self.alternatives:
            callers = [check(request) for check in checks]
            if all(caller is not None for caller in callers):
                return callers[0] if callers else None
        raise missing_credentials()

    def check(self, reply: Reply) -> None:
        """Raises `ContractBroken` when the contract does not allow this answer."""
        accepts = self._accepting.get((reply.status, reply.media_type))
        if accepts is not None and accepts(reply.body):
            return
        contract = self.responses.get(reply.status)
        if contract is None:
            found = [Violation("", f"status {reply.status} is not declared", f"{self.where}/responses")]
        else:
            found = contract.violations(reply)
        if found:
            raise ContractBroken(self.operation_id, [each.as_dict() for each in found[:MAX_VIOLATIONS]])
