"""What a notice is made of, and what notices there are at the start."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from mock_server.clock import rfc3339
from mock_server.seeding import Seed
from mock_server.store import CollectionPlan, Document

COLLECTIONS = (
    CollectionPlan("notices", indexes={"age": lambda notice: (notice["posted_at"], notice["sequence"])}),
)


def view(notice: Document) -> dict[str, Any]:
    """What anybody is shown of a notice."""
    return {name: notice[name] for name in ("id", "organization", "author", "text", "posted_at")}


def generate(seed: Seed) -> Iterator[tuple[str, str, Document]]:
    """The hand-picked notices of the fixture, then generated ones, oldest first."""
    picked = seed.fixture["notices"]
    for notice in picked:
        yield "notices", str(notice["id"]), {**notice, "author": seed.people[notice["author"]]["uuid"]}
    generated = [_generated(seed, ordinal) for ordinal in range(seed.fixture["plan"]["count"])]
    generated.sort(key=lambda notice: str(notice["posted_at"]))
    for id_, notice in enumerate(generated, start=len(picked) + 1):
        yield "notices", str(id_), {"id": id_, **notice}


def _generated(seed: Seed, ordinal: int) -> dict[str, Any]:
    draw, plan, path = seed.draw, seed.fixture["plan"], ("board.seed", ordinal)
    name, organization = draw.choice(list(plan["for"].items()), *path, "organization")
    author = draw.choice(seed.organizations[name]["members"], *path, "author")
    return {
        "organization": organization,
        "author": seed.people[author]["uuid"],
        "text": draw.text("sentence", *path, "text"),
        "posted_at": rfc3339(draw.before(seed.epoch, timedelta(days=plan["days"]), *path, "posted_at")),
    }
