"""What a server was started with."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

Validation = Literal["strict", "warn", "off"]
Fsync = Literal["always", "interval", "never"]


def start_of_today() -> datetime:
    """Midnight UTC of the current day."""
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of one server.

    * `seed`: what all generated data is a function of; `epoch`: the instant that generated times lead up to.
    * `validation`: `strict` refuses to send what breaks the contract, `warn` logs it, `off` does not look.
    * `body_limit`: the longest request body that is read, in bytes.
    * `namespaces`: how many exist at a time; `namespace_idle`: after how many seconds without use one may go.
    * `journal_bytes`: how much memory the journals of all namespaces may take together, 0 for no journals.
    * `state`: the file that keeps the default world, None to forget it in the end; `fsync`: when what is
      written is safe from a power failure too: with every answer, within a second, or when the system likes.
    * `require_namespace`: a request that names no namespace is refused.
    * `control_hosts`: host names under which control answers besides loopback; `control_token`: what calls of
      control have to carry, from wherever they come (None: nothing, and only loopback may call).
    * `webhook_allow`: URLs below which webhooks go, besides loopback; `webhooks`: whether they are delivered.
    """

    seed: int = 42
    epoch: datetime = field(default_factory=start_of_today)
    validation: Validation = "strict"
    body_limit: int = 1024 * 1024
    namespaces: int = 256
    namespace_idle: float = 900.0
    journal_bytes: int = 64 * 1024 * 1024
    state: Path | None = None
    fsync: Fsync = "interval"
    require_namespace: bool = False
    control_hosts: tuple[str, ...] = ()
    control_token: str | None = None
    webhook_allow: tuple[str, ...] = ()
    webhooks: bool = True
