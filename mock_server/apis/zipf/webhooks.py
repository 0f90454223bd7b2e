"""Results of searches and crawls that are sent to the client. How is in `mock_server.webhooks`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mock_server.apis.zipf.errors import WebhookRefused
from mock_server.apis.zipf.model import Operation
from mock_server.webhooks import AddressRefused, Delivery
from mock_server.world import World

Body = Mapping[str, Any]
MODE = "webhook"


def check_webhook(world: World, body: Body) -> None:
    """Raises `WebhookRefused` where results are to be sent to no address, or to one they do not go to."""
    if body.get("processing_mode") != MODE:
        return
    if "webhook_url" not in body:
        raise WebhookRefused("is missing; with processing_mode webhook, say where the results are to be sent")
    try:
        world.courier.check(body["webhook_url"])
    except AddressRefused as reason:
        raise WebhookRefused(str(reason)) from None


def send_results(world: World, body: Body, operation: Operation, reply: Mapping[str, Any]) -> None:
    """Has the reply sent, if that was asked for, when the job is done: what polling shows then."""
    if body.get("processing_mode") == MODE:
        done = datetime.fromisoformat(operation["completed_at"] or operation["created_at"])
        world.deliveries.append(Delivery(body["webhook_url"], reply, done))
