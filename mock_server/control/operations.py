"""Control's operations: parameters in, status and view out."""

from collections.abc import Mapping
from typing import Any

from mock_server.clock import Clock, rfc3339
from mock_server.control.events import MEDIA_TYPE as EVENT_STREAM
from mock_server.control.service import Control
from mock_server.metrics import MEDIA_TYPE
from mock_server.reply import Reply
from mock_server.world import World

Body = Mapping[str, Any]


class Operations:
    """One method per operationId of `openapi/control.yaml`."""

    def get_health(self, control: Control) -> Reply:
        """GET /health."""
        return Reply(200, control.health())

    def list_personas(self, control: Control) -> Reply:
        """GET /personas."""
        return Reply(200, {"personas": control.personas()})

    def get_metrics(self, control: Control) -> Reply:
        """GET /metrics."""
        return Reply(200, control.metrics().encode(), media_type=MEDIA_TYPE)

    def stream_events(self, control: Control, **_: Any) -> Reply:
        """HEAD /events: the stream itself (`events.EventStreams`) is in front of all operations."""
        return Reply(200, b"", media_type=EVENT_STREAM)

    def reset_world(self, control: Control) -> Reply:
        """POST /reset."""
        return Reply(200, _namespace(control.reset()))

    def create_namespace(self, control: Control, *, body: Body) -> Reply:
        """POST /namespaces."""
        world = control.create(**body)
        return Reply(201, _namespace(world))

    def list_namespaces(self, control: Control) -> Reply:
        """GET /namespaces."""
        return Reply(200, {"namespaces": [_namespace(world) for world in control.namespaces()]})

    def delete_namespace(self, control: Control, *, name: str) -> Reply:
        """DELETE /namespaces/{name}."""
        control.delete(name)
        return Reply(204)

    def get_clock(self, control: Control) -> Reply:
        """GET /clock."""
        return Reply(200, _clock(control.clock))

    def set_clock(self, control: Control, *, body: Body) -> Reply:
        """PUT /clock."""
        return Reply(200, _clock(control.set_clock(body["mode"], body.get("now"))))

    def advance_clock(self, control: Control, *, body: Body) -> Reply:
        """POST /clock/advance."""
        return Reply(200, _clock(control.advance_clock(body["seconds"])))

    def list_collections(self, control: Control) -> Reply:
        """GET /collections."""
        return Reply(200, {"collections": control.browser.collections()})

    def list_records(self, control: Control, *, api: str, collection: str, **page: Any) -> Reply:
        """GET /state/{api}/{collection}."""
        return Reply(200, control.browser.page(api, collection, **page))

    def put_record(self, control: Control, *, api: str, collection: str, key: str, body: Body) -> Reply:
        """PUT /state/{api}/{collection}/{key}."""
        record, is_new = control.records(api, collection).put(key, body)
        return Reply(201 if is_new else 200, record)

    def get_record(self, control: Control, *, api: str, collection: str, key: str) -> Reply:
        """GET /state/{api}/{collection}/{key}."""
        return Reply(200, control.records(api, collection).get(key))

    def delete_record(self, control: Control, *, api: str, collection: str, key: str) -> Reply:
        """DELETE /state/{api}/{collection}/{key}."""
        control.records(api, collection).delete(key)
        return Reply(204)

    def get_state(self, control: Control) -> Reply:
        """GET /state."""
        return Reply(200, control.state.export())

    def set_state(self, control: Control, *, body: Body) -> Reply:
        """PUT /state."""
        return Reply(200, _namespace(control.state.load(body)))

    def create_snapshot(self, control: Control, *, body: Body) -> Reply:
        """POST /snapshots."""
        return Reply(201, control.state.take_snapshot(body["name"]))

    def list_snapshots(self, control: Control) -> Reply:
        """GET /snapshots."""
        return Reply(200, {"snapshots": control.state.snapshots()})

    def get_snapshot(self, control: Control, *, name: str) -> Reply:
        """GET /snapshots/{name}."""
        return Reply(200, control.state.export_snapshot(name))

    def delete_snapshot(self, control: Control, *, name: str) -> Reply:
        """DELETE /snapshots/{name}."""
        control.state.delete_snapshot(name)
        return Reply(204)

    def restore_snapshot(self, control: Control, *, name: str) -> Reply:
        """POST /snapshots/{name}/restore."""
        return Reply(200, _namespace(control.state.restore(name)))

    def get_bundle(self, control: Control) -> Reply:
        """GET /bundle."""
        return Reply(200, control.bundle())

    def list_requests(self, control: Control, *, limit: int) -> Reply:
        """GET /requests."""
        return Reply(200, control.requests.listed(limit))

    def clear_requests(self, control: Control) -> Reply:
        """DELETE /requests."""
        control.requests.clear()
        return Reply(204)

    def get_request(self, control: Control, *, id_: str) -> Reply:
        """GET /requests/{id}."""
        return Reply(200, control.requests.explain(id_))

    def list_unmatched_requests(self, control: Control, *, limit: int) -> Reply:
        """GET /requests/unmatched."""
        return Reply(200, control.requests.unmatched(limit))

    def find_requests(self, control: Control, *, limit: int, body: Body) -> Reply:
        """POST /requests/find."""
        return Reply(200, control.requests.find(body, limit))

    def count_requests(self, control: Control, *, body: Body) -> Reply:
        """POST /requests/count."""
        return Reply(200, {"count": control.requests.count(body)})

    def verify_requests(self, control: Control, *, body: Body) -> Reply:
        """POST /requests/verify."""
        verdict = control.requests.verify(body["calls"], in_order=body.get("in_order", False))
        return Reply(200, verdict)

    def create_fault(self, control: Control, *, body: Body) -> Reply:
        """POST /faults."""
        return Reply(201, control.disturbances.plant(body))

    def list_faults(self, control: Control) -> Reply:
        """GET /faults."""
        return Reply(200, {"faults": control.disturbances.faults()})

    def clear_faults(self, control: Control) -> Reply:
        """DELETE /faults."""
        control.disturbances.clear_faults()
        return Reply(204)

    def delete_fault(self, control: Control, *, id_: int) -> Reply:
        """DELETE /faults/{id}."""
        control.disturbances.remove_fault(id_)
        return Reply(204)

    def create_quota(self, control: Control, *, body: Body) -> Reply:
        """POST /quotas."""
        return Reply(201, control.disturbances.add_quota(body))

    def list_quotas(self, control: Control) -> Reply:
        """GET /quotas."""
        return Reply(200, {"quotas": control.disturbances.quotas()})

    def clear_quotas(self, control: Control) -> Reply:
        """DELETE /quotas."""
        control.disturbances.clear_quotas()
        return Reply(204)

    def delete_quota(self, control: Control, *, id_: int) -> Reply:
        """DELETE /quotas/{id}."""
        control.disturbances.remove_quota(id_)
        return Reply(204)

    def get_settings(self, control: Control) -> Reply:
        """GET /settings."""
        return Reply(200, {"validation": control.validation})

    def set_settings(self, control: Control, *, body: Body) -> Reply:
        """PUT /settings."""
        control.set_validation(body["validation"])
        return Reply(200, {"validation": control.validation})


def _namespace(world: World) -> dict[str, Any]:
    return {"name": world.name, "seed": world.seed}


def _clock(clock: Clock) -> dict[str, Any]:
    return {"mode": clock.mode, "now": rfc3339(clock.now(), "milliseconds")}
