"""The parameters of a crawl: which links it follows, how far, for how much."""

from urllib.parse import urlsplit

import pytest

from tests.mock_server.apis.zipf.callers import Callers, refusal

START = "https://a.example/"


def urls(zipf: Callers, **body: object) -> list[str]:
    """The URLs of a crawl that stands alone."""
    return [
        page["url"] for page in zipf.post("/crawls", {"urls": [START], "max_pages": 50, **body})["results"]
    ]


@pytest.mark.parametrize(
    ("expansion", "inside", "outside"),
    [("internal", True, False), ("external", False, True), ("both", True, True), ("none", False, False)],
)
def test_expansion_says_which_links_to_follow(
    zipf: Callers, expansion: str, inside: bool, outside: bool
) -> None:
    """Links within the site, to other sites, all, or none."""
    hosts = [urlsplit(url).netloc == "a.example" for url in urls(zipf, expansion=expansion)[1:]]

    assert (any(hosts), not all(hosts)) == (inside, outside)


def test_the_older_word_is_internal(zipf: Callers) -> None:
    """`follow_links` follows links within the site, unless `expansion` says something else."""
    assert urls(zipf, follow_links=True) == urls(zipf, expansion="internal")
    assert urls(zipf, follow_links=True, expansion="none") == [START]


def test_depth_is_how_many_links_away(zipf: Callers) -> None:
    """One by default; more links lead to more pages, up to the number allowed."""
    near = urls(zipf, expansion="internal")
    far = urls(zipf, expansion="internal", link_extraction_config={"max_depth": 3})

    assert near == far[: len(near)]
    assert len(near) < len(far) <= 50


def test_patterns_choose_links(zipf: Callers) -> None:
    """A link has to have one of the forms wanted and none of those unwanted."""
    every = urls(zipf, expansion="internal")
    unwanted = every[-1]

    assert urls(zipf, expansion="internal", link_extraction_config={"url_patterns": [unwanted]}) == [
        START,
        unwanted,
    ]
    assert unwanted not in urls(
        zipf, expansion="internal", link_extraction_config={"exclude_patterns": [unwanted]}
    )


@pytest.mark.parametrize(
    ("budget", "pages"), [({"max_pages": 2}, 2), ({"max_credits": 3}, 3), ({"max_depth": 1}, None)]
)
def test_a_budget_is_kept(zipf: Callers, budget: dict[str, int], pages: int | None) -> None:
    """No more pages, credits or links away than the budget allows."""
    body = {"expansion": "internal", "link_extraction_config": {"max_depth": 3}}
    near = urls(zipf, expansion="internal")

    assert len(urls(zipf, **body, budget_config=budget)) == (pages or len(near))


def test_fields_are_extracted(zipf: Callers) -> None:
    """Each field asked for has a text, at twice the price."""
    reply = zipf.post("/crawls", {"urls": [START], "extraction_schema": {"founder": "Who"}})

    assert reply["results"][0]["extracted_data"].keys() == {"founder"}
    assert (reply["credits"]["consumed"], reply["credits"]["advanced_features"]) == (2, ["extraction_schema"])


def test_waiting_for_many_pages_is_refused(zipf: Callers) -> None:
    """Whoever wants to wait may ask for ten pages at the most."""
    body = {"urls": [START], "processing_mode": "sync", "max_pages": 11}

    assert refusal(zipf.send("POST", "/crawls", body)) == (400, "Invalid request")
    assert zipf.post("/crawls", {**body, "max_pages": 10})["status"] == "completed"
