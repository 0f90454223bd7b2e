"""What a target file can say of a Zipf deployment, for the page leaves it open."""

import re
from typing import Any

from conformance.setting import Setting, filled, urls
from conformance.target_values import TargetError, boolean

FIELD = re.compile(r"[^.\s]+(\.[^.\s]+)*")


def field(key: str, value: Any) -> None:
    """Refuse what is not the name of a field, or of one inside others."""
    if not FIELD.fullmatch(filled(key, value)):
        raise TargetError(key, f"{value!r} is not the name of a field; write tags or metadata.tags")


def path(key: str, value: Any) -> None:
    """Refuse what is not the path of something of a session."""
    if not filled(key, value).startswith("/") or "{id}" not in value:
        raise TargetError(key, f"{value!r} is not a path below the base path with {{id}} in it")


SETTINGS = (
    Setting("crawl_urls", urls, '["https://..."]', "pages that may be crawled: nothing else ever is"),
    Setting(
        "public_sharing",
        boolean,
        "true",
        "sessions may be opened to everybody; unless set, on this machine only",
    ),
    Setting("tag_field", field, '"metadata.tags"', "where create takes a list of tags"),
    Setting("link_graph_path", path, '"/sessions/{id}/link-graph"', "where the link graph is"),
)
