"""Zipf's suite: the record the runner reads, and the list of topics."""

from functools import partial

import openapi
from conformance.apis.zipf import (
    access,
    alone,
    context,
    creation,
    deletion,
    details,
    errors,
    graph_scores,
    lifecycle,
    link_graph,
    listing,
    properties,
    public,
    records,
    research,
    sharing,
    strangers,
    update,
    workflows,
)
from conformance.apis.zipf.client import Zipf
from conformance.apis.zipf.model import ZipfModel
from conformance.apis.zipf.settings import SETTINGS
from conformance.requirement import collect
from conformance.suite import Effect, Suite

TOPICS = (
    creation,
    details,
    update,
    research,
    alone,
    context,
    link_graph,
    graph_scores,
    records,
    access,
    strangers,
    sharing,
    workflows,
    public,
    deletion,
    errors,
    listing,
    lifecycle,
    properties,
)

SUITE = Suite(
    name="zipf",
    base_path="/api/v1",
    contract=partial(openapi.load, "zipf"),
    client=Zipf,
    model=ZipfModel,
    requirements=collect(TOPICS, credentials=True),
    given=lambda api: str(api.given_session()),
    candidates=Zipf.candidates,
    effects={
        "search_in_session": Effect(credits=1, outside="searches the web"),
        "search_web": Effect(credits=1, outside="searches the web"),
        "crawl_in_session": Effect(credits=1, outside="has web pages crawled"),
        "crawl_pages": Effect(credits=1, outside="has web pages crawled"),
        "create_workflow": Effect(outside="creates a workflow that searches again and again"),
        "share_session": Effect(outside="shows a session to an organisation, or to everybody where allowed"),
        "share_workflow": Effect(outside="shows a workflow to an organisation"),
    },
    # Where results may be sent, and that an address is needed, are rules between fields.
    refusals=dict.fromkeys(("search_in_session", "search_web", "crawl_in_session", "crawl_pages"), (400,)),
    organizations=("shared", "second", "foreign"),
    hooks=("age",),
    settings=SETTINGS,
)
