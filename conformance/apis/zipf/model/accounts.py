"""Credits and memberships of whoever calls: spending leaves no more, and organisations are remembered."""

from collections.abc import Iterator
from typing import Any

from conformance.apis.zipf import reading
from conformance.apis.zipf.model.knowledge import Knowledge
from conformance.exchange import Exchange
from conformance.model import Suspicion
from conformance.shadow import is_ok, suspicion

PAYMENT_REQUIRED = 402


def charged(knowledge: Knowledge, exchange: Exchange, record: str, cost: Any) -> Iterator[Suspicion]:
    """Compare the balance after an operation with the one before; others may spend as well."""
    account = knowledge.account(exchange)
    found = reading.found(exchange.reply_json(), "balance_after")
    balance = number(found[0]) if found else None
    before, account.balance = account.balance, balance if found else account.balance
    if balance is not None and before is not None and balance > before - (number(cost) or 0):
        expected = f"at most {before} less what it costs ({cost}) as the balance"
        yield suspicion("ZIPF-ALONE-06", record, expected, balance)


def shown(knowledge: Knowledge, exchange: Exchange) -> Iterator[Suspicion]:
    """Compare the account of the caller with the balance that was last known."""
    account, body = knowledge.account(exchange), exchange.reply_json()
    remember(knowledge, exchange, body.get("user") if isinstance(body, dict) else None, "organizations")
    found = reading.found(body, "credits_balance")
    balance = number(found[0]) if found else None
    if not is_ok(exchange) or balance is None:
        return
    if account.balance is not None and balance > account.balance:
        yield suspicion("ZIPF-ALONE-06", exchange.target, f"at most {account.balance} credits", balance)
    else:
        account.balance = balance


def remember(knowledge: Knowledge, exchange: Exchange, holder: Any, name: str) -> None:
    """Take over the organisations that a reply says the caller belongs to."""
    listed = holder.get(name) if is_ok(exchange) and isinstance(holder, dict) else None
    if isinstance(listed, list) and all(isinstance(each, dict) and "id" in each for each in listed):
        knowledge.account(exchange).organizations = {str(each["id"]): each.get("name") for each in listed}


def number(value: Any) -> int | float | None:
    """Return a value if it is a number."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
