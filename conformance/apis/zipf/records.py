"""Requirements on timelines and exports."""

import csv
import io
import json
from typing import Any

from conformance import expect, needs
from conformance.apis.zipf import reading
from conformance.apis.zipf.client import Zipf
from conformance.apis.zipf.needs import pages, public_sharing
from conformance.expect import parsed_instant, settled
from conformance.outcome import Breach, Inconclusive
from conformance.reply import Reply
from conformance.requirement import Level, assumed, documented, requirement

TIMELINE = documented(
    "Get chronological timeline of all session operations with status, results, and credits."
)
FORMATS = documented("format (String) - Export format: json or csv")
AWKWARD = 'startups, "AI" and\nothers; what else?'
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(reply: Reply) -> list[list[str]]:
    """Expect a reply to be CSV (RFC 4180) whose rows all have the columns of the first, and return them."""
    text = reply.exchange.reply_body.decode("utf-8-sig", "replace")
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as reason:
        raise Breach("a CSV file", f"{reason}: {expect.shown(text)}") from reason
    widths = {len(row) for row in found if row}
    expect.that(len(widths) == 1, expected="rows of the same number of columns", got=sorted(widths))
    return [row for row in found if row]


def at(entry: dict[str, Any]) -> Any:
    """Return when an operation began, as far as it shows that."""
    times = [entry.get(name) for name in ("created_at", "started_at", "timestamp", "time")]
    return next((moment for moment in map(parsed_instant, times) if moment), None)


@requirement(
    "ZIPF-TIMELINE-01",
    level=Level.MUST,
    origin=TIMELINE,
    operations=["get_timeline", "search_in_session", "crawl_in_session"],
    needs=[needs.credit, pages(1)],
)
def timelines_are_complete(api: Zipf) -> None:
    """The timeline holds every operation of the session, each once, and those of no other session."""
    id_, other = api.given_session(), api.given_session()
    expect.equal("number of operations at first", len(api.timeline(id_)), 0)
    for session, query in ((id_, "AI startups"), (other, "AI startups"), (id_, "AI startup funding")):
        api.given(api.search(session, {"query": query}))
    api.given(api.crawl(id_, {"urls": api.pages()}))
    counts = settled(
        lambda: [len(api.timeline(each)) for each in (id_, other)], lambda found: found == [3, 1]
    )
    expect.equal("numbers of operations", counts, [3, 1])


@requirement(
    "ZIPF-TIMELINE-02",
    level=Level.MUST,
    origin=TIMELINE,
    operations=["get_timeline", "search_in_session"],
    needs=[needs.credit],
)
def timelines_are_chronological(api: Zipf) -> None:
    """The timeline begins with what was done first and ends with what was done last."""
    id_ = api.given_session()
    queries = ["alpha centauri", "beta decay", "gamma rays"]
    for query in queries:
        api.given_search(id_, query)
    entries = api.timeline(id_)
    texts = [json.dumps(entry) for entry in entries]
    shown = [query for text in texts for query in queries if query in text]
    times = [moment for moment in map(at, entries) if moment]
    if sorted(shown) != queries and len(times) != len(entries):
        raise Inconclusive("the timeline shows neither queries nor times")
    expect.that(sorted(shown) != queries or shown == queries, expected=f"the order {queries}", got=shown)
    expect.that(
        times == sorted(times), expected="times in ascending order", got=[str(each) for each in times]
    )


@requirement(
    "ZIPF-TIMELINE-03",
    level=Level.MUST,
    origin=TIMELINE,
    operations=["get_timeline", "search_in_session"],
    needs=[needs.credit],
)
def entries_tell_what_came_of_it(api: Zipf) -> None:
    """Each operation in the timeline shows its status, its results, and what it cost."""
    id_ = api.given_session()
    api.given_search(id_)
    entries = api.timeline(id_)
    expect.equal("number of operations", len(entries), 1)
    entry = entries[0]
    expect.text("status", entry.get("status"))
    expect.that(any("result" in key for key in entry), expected="the results", got=sorted(entry))
    expect.that(reading.credits_of(entry) is not None, expected="the credits", got=sorted(entry))


@requirement(
    "ZIPF-TIMELINE-04",
    level=Level.MUST,
    origin=assumed(
        "The page does not show the timeline; its form is the one that the vendor's client reads."
    ),
    operations=["get_timeline", "search_in_session", "crawl_in_session"],
    needs=[needs.credit, pages(1)],
)
def timelines_add_up(api: Zipf) -> None:
    """The timeline names its session and adds up what its operations cost and found."""
    id_ = api.given_session()
    found = {*reading.urls(api.given_search(id_)), *reading.urls(api.given_crawl(id_))}
    body = api.get_timeline(id_).has_status(200).object()
    expect.equal("session_id", body.get("session_id"), id_)
    expected = {
        "unique_urls": len(found),
        "total_credits": sum(reading.credits_of(each) or 0 for each in reading.operations(body)),
        "operation_count": 2,
        "operations_by_type": {"search": 1, "crawl": 1},
    }
    expect.equal("aggregates", body.get("aggregates"), expected)


@requirement(
    "ZIPF-EXPORT-01",
    level=Level.MUST,
    origin=FORMATS,
    operations=["get_export"],
    needs=[needs.credit],
)
def json_exports_parse(api: Zipf) -> None:
    """The JSON export is JSON and holds the session's data."""
    name = api.http.unique("name")
    id_ = api.given_session(name=name)
    api.given_search(id_, "alpha centauri")
    text = json.dumps(api.get_export(id_, format="json").succeeded().json(), ensure_ascii=False)
    expect.that(name in text, expected=f"an export that holds {name}", got=text)
    found = [url for each in api.timeline(id_) for url in reading.urls(each)][:1]
    expect.that(all(each in text for each in found), expected=f"an export that holds {found}", got=text)


@requirement(
    "ZIPF-EXPORT-02",
    level=Level.MUST,
    origin=FORMATS,
    operations=["get_export"],
    needs=[needs.credit],
)
def csv_exports_parse(api: Zipf) -> None:
    """The CSV export is CSV: a header, then rows with as many columns, whatever the texts in them hold."""
    id_ = api.given_session()
    api.given_search(id_, AWKWARD)
    found = rows(api.get_export(id_, format="csv").succeeded())
    expect.that(len(found) >= 2, expected="a header and at least one row", got=found)
    expect.that(len(found[0]) >= 2, expected="several columns", got=found[0])


@requirement(
    "ZIPF-EXPORT-03",
    level=Level.MUST,
    origin=assumed("The page does not name the columns; the file holds what the JSON export does."),
    operations=["get_export"],
    needs=[needs.credit, pages(1)],
)
def both_exports_agree(api: Zipf) -> None:
    """The CSV export has a row for each result of the JSON export, in its order, with its operation's
    query.
    """
    id_ = api.given_session()
    api.given_search(id_, AWKWARD)
    api.given_crawl(id_)
    header, *lines = rows(api.get_export(id_, format="csv"))
    table = [dict(zip(header, line, strict=True)) for line in lines]
    operations = reading.operations(api.get_export(id_, format="json").json())
    expected = [(each.get("query") or "", url) for each in operations for url in reading.urls(each)]
    expect.equal("rows", [(row.get("query"), row.get("url")) for row in table], expected)


@requirement(
    "ZIPF-EXPORT-04",
    level=Level.MUST,
    origin=assumed(
        "The page does not say what the files are called, nor their types; these are the usual ones."
    ),
    operations=["get_export", "get_public_export"],
    needs=[public_sharing],
)
def exports_are_files(api: Zipf) -> None:
    """An export says what it is and under which name to save it; JSON comes when no format is asked for."""
    api.needs_public_sharing()
    id_ = api.given_session()
    api.given_public(id_)
    for format_, media_type in (("json", "application/json"), ("csv", "text/csv; charset=utf-8")):
        for reply in (api.get_export(id_, format=format_), api.get_public_export(id_, format=format_)):
            expect.equal("Content-Type", reply.has_status(200).header("Content-Type"), media_type)
            expected = f'attachment; filename="session-{id_}.{format_}"'
            expect.equal("Content-Disposition", reply.header("Content-Disposition"), expected)
    expect.equal("type without a format", api.get_export(id_).header("Content-Type"), "application/json")


@requirement(
    "ZIPF-EXPORT-05",
    level=Level.MUST,
    origin=assumed(
        "The page does not speak of spreadsheets; a file that runs formulas of strangers is a danger."
    ),
    operations=["get_export"],
    needs=[needs.credit],
)
def csv_exports_hold_no_formulas(api: Zipf) -> None:
    """No cell of the CSV export begins as a formula does, whatever somebody searched for."""
    id_ = api.given_session()
    for query in ('=HYPERLINK("https://conformance.example/")', "+1", "-1", "@SUM(1)"):
        api.given_search(id_, query)
    cells = [cell for row in rows(api.get_export(id_, format="csv")) for cell in row]
    formulas = [cell for cell in cells if cell.startswith(FORMULA)]
    expect.that(not formulas, expected="cells that no spreadsheet calculates", got=formulas)


@requirement(
    "ZIPF-EXPORT-06",
    level=Level.MUST,
    origin=assumed("The page names two formats; what a third one means can only be a refusal."),
    operations=["get_export", "get_public_export"],
    needs=[public_sharing],
)
def other_formats_are_refused(api: Zipf) -> None:
    """A format that does not exist is refused with 400."""
    api.needs_public_sharing()
    id_ = api.given_session()
    api.given_public(id_)
    for format_ in ("pdf", "", "JSON"):
        api.get_export(id_, format=format_).has_status(400)
        api.get_public_export(id_, format=format_).has_status(400)
