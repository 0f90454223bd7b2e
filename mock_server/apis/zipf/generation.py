"""What there is at the start: accounts, organisations, hand-picked sessions, and generated ones."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from mock_server.apis.zipf import crawling, searching
from mock_server.apis.zipf.accounts import price
from mock_server.apis.zipf.context import traits
from mock_server.apis.zipf.model import DEFAULT_CONFIG, Operation, aggregates, timestamp
from mock_server.apis.zipf.retrieval import Hit
from mock_server.apis.zipf.web import Page, Web
from mock_server.draw import Draw
from mock_server.seeding import Seed
from mock_server.store import Document

Records = Iterator[tuple[str, str, Document]]
INTENTS = (
    "competitive_analysis",
    "due_diligence",
    "technical_evaluation",
    "market_research",
    "academic_research",
    "news_monitoring",
    "lead_generation",
)
FOUND = 10  # results of a search
# How often each status occurs, in parts of the whole.
STATUSES = ("active", "active", "active", "completed", "archived")


def generate(seed: Seed) -> Records:
    """Everything in the order in which it came to be."""
    for person, credits_ in seed.fixture["credits"].items():
        user = seed.people[person]["uuid"]
        yield "accounts", user, {"id": user, "credits": credits_}
    yield "web", "web", {"id": "web", "began": seed.epoch.date().isoformat()}
    for organization in seed.organizations.values():
        yield "organizations", organization["key"], {"id": organization["key"], "name": organization["name"]}
    plans = [*seed.fixture["sessions"], *_generated(seed)]
    for plan in sorted(plans, key=lambda each: each["hours"], reverse=True):
        yield from _session(seed, plan)


def _generated(seed: Seed) -> Iterator[dict[str, Any]]:
    """Plans in the form of the fixture's hand-picked sessions."""
    for person, count in seed.fixture["plan"]["count"].items():
        for ordinal in range(count):
            yield _plan(seed, person, ordinal)


def _plan(seed: Seed, person: str, ordinal: int) -> dict[str, Any]:
    draw, plan, path = seed.draw, seed.fixture["plan"], ("zipf.seed", person, ordinal)
    organizations = [each["key"] for each in seed.organizations.values() if person in each["members"]]
    shared = draw.chance(0.3, *path, "shared")
    return {
        "id": draw.uuid(*path, "id"),
        "owner": person,
        "name": draw.text("catch_phrase", *path, "name"),
        "intent_context": draw.text("sentence", *path, "intent_context"),
        "intent": draw.choice(INTENTS, *path, "intent"),
        "tags": sorted(draw.sample(plan["tags"], draw.integer(0, 3, *path, "tag count"), *path, "tags")),
        "hours": draw.integer(2, plan["days"] * 24, *path, "hours"),
        "status": draw.choice(STATUSES, *path, "status"),
        "public": draw.chance(0.15, *path, "public"),
        "organization": draw.choice(organizations, *path, "organization") if shared else None,
        "searches": draw.sample(
            plan["queries"], draw.integer(0, 3, *path, "search count"), *path, "searches"
        ),
        "crawls": [
            [f"https://{draw.text('domain_word', *path, 'crawl', number)}.example/"]
            for number in range(draw.integer(0, 2, *path, "crawl count"))
        ],
    }


def _session(seed: Seed, plan: Mapping[str, Any]) -> Records:
    created = seed.epoch - timedelta(hours=plan["hours"])
    operations = list(_operations(seed, plan, created))
    touched = timestamp(created + timedelta(minutes=5 * len(operations)))
    yield (
        "sessions",
        plan["id"],
        {
            "id": plan["id"],
            "customer_id": seed.people[plan["owner"]]["uuid"],
            "name": plan["name"],
            "description": None,
            "status": plan["status"],
            "intent_context": plan["intent_context"],
            "session_config": DEFAULT_CONFIG,
            "metadata": {"intent": {"type": plan["intent"]}, "tags": plan["tags"]},
            "aggregates": aggregates(operations),
            "public_share": plan.get("public", False),
            **_sharing(plan),
            "created_at": timestamp(created),
            "updated_at": touched,
            "completed_at": None if plan["status"] == "active" else touched,
            "archived_at": touched if plan["status"] == "archived" else None,
            "busy_until": touched,
        },
    )
    for operation in operations:
        yield "operations", operation["id"], operation


def _sharing(plan: Mapping[str, Any]) -> dict[str, Any]:
    organization = plan.get("organization")
    return {"shared_with_org": organization is not None, "organization_id": organization}


def _operations(seed: Seed, plan: Mapping[str, Any], created: datetime) -> Iterator[Operation]:
    web, step = Web(seed.draw), timedelta(minutes=5)
    found = [(query, None, _found(seed.draw, web, query)) for query in plan["searches"]]
    crawled = [(None, urls, [web.page(url) for url in urls]) for urls in plan["crawls"]]
    for number, (query, urls, pages) in enumerate([*found, *crawled], start=1):
        at = timestamp(created + number * step)
        credits_ = 1 if query is not None else len(pages)
        yield {
            "id": seed.draw.uuid("zipf.seed", plan["id"], "operation", number),
            "session_id": plan["id"],
            "customer_id": seed.people[plan["owner"]]["uuid"],
            "type": "crawl" if query is None else "search",
            "status": "completed",
            "created_at": at,
            "completed_at": at,
            "credits_consumed": credits_,
            "query": query,
            "urls": urls,
            "results": [_result(web, page, place, query, seed.epoch) for place, page in enumerate(pages)],
            **_sharing(plan),  # type: ignore[typeddict-item]
            "traits": traits(pages),
            "details": {"credits": price(credits_, seed.fixture["credits"].get(plan["owner"], 0), ())},
            "sequence": number,
        }


def _found(draw: Draw, web: Web, query: str) -> list[Page]:
    """Pages picked by the query; ranking them would make every start wait for the index."""
    return [web.page(url) for url in draw.sample(web.addresses, FOUND, "zipf.seed", query)]


def _result(web: Web, page: Page, place: int, query: str | None, epoch: datetime) -> dict[str, Any]:
    if query is None:
        return crawling.result(page, web.links(page.url), {})
    return searching.result(Hit(page, round(0.6 - 0.02 * place, 2)), epoch.date())
