"""Saboteurs of Zipf: timelines and exports."""

from typing import Any

from mock_server.reply import Reply
from tests.saboteurs import saboteur


@saboteur.reply("ZIPF-TIMELINE-01", "get_timeline")
def shows_two(body: Any) -> Any:
    """The timeline holds two operations at most."""
    return {**body, "operations": body["operations"][:2]}


@saboteur.reply("ZIPF-TIMELINE-02", "get_timeline")
def turns_time_round(body: Any) -> Any:
    """The timeline begins with what was done last."""
    return {**body, "operations": body["operations"][::-1]}


@saboteur.reply("ZIPF-TIMELINE-03", "get_timeline")
def hides_the_price(body: Any) -> Any:
    """The timeline shows no credits."""
    shown = [{n: v for n, v in each.items() if n != "credits_consumed"} for each in body["operations"]]
    return {**body, "operations": shown}


@saboteur.reply("ZIPF-TIMELINE-04", "get_timeline")
def adds_nothing_up(body: Any) -> Any:
    """The sums are always nothing."""
    return {**body, "aggregates": {**body["aggregates"], "unique_urls": 0}}


@saboteur.reply("ZIPF-EXPORT-01", "get_export")
def exports_nothing(body: Any) -> Any:
    """The JSON export holds no session."""
    return body if isinstance(body, bytes) else {"operations": body["operations"]}


@saboteur.reply("ZIPF-EXPORT-02", "get_export")
def quotes_nothing(body: Any) -> Any:
    """The CSV export holds texts with commas as they are."""
    return body.replace(b'"', b"") if isinstance(body, bytes) else body


@saboteur.reply("ZIPF-EXPORT-03", "get_export")
def forgets_the_last_row(body: Any) -> Any:
    """The CSV export holds a result less than the JSON export."""
    if not isinstance(body, bytes):
        return body
    return b"\r\n".join(body.removesuffix(b"\r\n").split(b"\r\n")[:-1]) + b"\r\n"


@saboteur.answer("ZIPF-EXPORT-04")
def names_no_file(operation_id: str, answer: Reply) -> Reply:
    """An export has no file name."""
    return answer._replace(headers={}) if operation_id == "get_export" else answer


@saboteur.reply("ZIPF-EXPORT-05", "get_export")
def lets_formulas_through(body: Any) -> Any:
    """The CSV export has no apostrophe in front of a formula."""
    return body.replace(b"'", b"") if isinstance(body, bytes) else body


@saboteur.specification("ZIPF-EXPORT-06")
def knows_every_format(contract: dict[str, Any]) -> None:
    """A format that does not exist is taken for JSON."""
    contract["components"]["parameters"]["ExportFormat"]["schema"] = {"type": "string", "default": "json"}
