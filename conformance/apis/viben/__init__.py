"""Viben's suite: the record the runner reads, and the list of topics."""

from functools import partial

import openapi
from conformance.apis.viben import (
    creation,
    deletion,
    details,
    errors,
    lifecycle,
    listing,
    messages,
    properties,
    update,
)
from conformance.apis.viben.client import Viben
from conformance.apis.viben.model import VibenModel
from conformance.requirement import collect
from conformance.setting import Setting, all_filled, filled
from conformance.suite import Suite

TOPICS = (creation, listing, details, update, lifecycle, messages, deletion, errors, properties)

SUITE = Suite(
    name="viben",
    base_path="/api",
    contract=partial(openapi.load, "viben"),
    client=Viben,
    model=VibenModel,
    given=lambda api: str(api.given_session()["id"]),
    candidates=Viben.candidates,
    settings=(
        Setting("agent_id", filled, '"CLAUDE_CODE"', "an agent that sessions can be created with"),
        Setting("task_ids", all_filled, '["task-1", "..."]', "tasks that exist, where not every text is one"),
    ),
    requirements=collect(TOPICS),
)
