"""Saboteurs of Deep Work Zone: the filters of the list."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from mock_server.apis.deepworkzone.service import Sessions
from mock_server.store import Document
from tests.saboteurs import saboteur


class _IgnoresFilter(Sessions):
    ignored: str

    def find(
        self, org_id: int | None = None, source: str = "organization", **filters: Any
    ) -> Iterator[Document]:
        """Drops a filter."""
        filters.pop(self.ignored, None)
        return super().find(org_id, source, **filters)


@saboteur.service("DWZ-FILTER-01")
class IgnoresTheChannel(_IgnoresFilter):
    """The list ignores the filter by visibility."""

    ignored = "channel"


@saboteur.service("DWZ-FILTER-02")
class IgnoresTheType(_IgnoresFilter):
    """The list ignores the filter by type."""

    ignored = "type_"


@saboteur.service("DWZ-FILTER-03")
class IgnoresTheDate(_IgnoresFilter):
    """The list ignores the filter by day."""

    ignored = "date"


@saboteur.service("DWZ-FILTER-04")
class IgnoresCompletion(_IgnoresFilter):
    """The list ignores whether sessions are done."""

    ignored = "completed"


@saboteur.service("DWZ-FILTER-05")
class IgnoresTheSource(Sessions):
    """The list ignores whose sessions are asked for."""

    def find(
        self, org_id: int | None = None, source: str = "organization", **filters: Any
    ) -> Iterator[Document]:
        """Lists those of colleagues, too."""
        return super().find(org_id, "organization", **filters)


@saboteur.service("DWZ-FILTER-06")
class IgnoresTheKeyword(_IgnoresFilter):
    """The list ignores the keyword."""

    ignored = "keyword"


@saboteur.service("DWZ-FILTER-07")
class IgnoresTheStart(_IgnoresFilter):
    """The list ignores the start of a range."""

    ignored = "day_start"


@saboteur.service("DWZ-FILTER-08")
class IgnoresTheEnd(_IgnoresFilter):
    """The list ignores the end of a range."""

    ignored = "day_ends"


@saboteur.service("DWZ-FILTER-09")
class HeedsTheKeywordAlone(Sessions):
    """Beside a keyword and a day, the list heeds no other filter."""

    def find(
        self, org_id: int | None = None, source: str = "organization", **filters: Any
    ) -> Iterator[Document]:
        """Drops filters."""
        if {"keyword", "date"} <= filters.keys():
            filters = {name: filters[name] for name in ("keyword", "date")}
        return super().find(org_id, source, **filters)


@saboteur.service("DWZ-FILTER-10")
class EndsTheRangeEarly(Sessions):
    """The last day of a range does not belong to it."""

    def find(
        self, org_id: int | None = None, source: str = "organization", **filters: Any
    ) -> Iterator[Document]:
        """Ends a day early."""
        if "day_ends" in filters:
            last = date.fromisoformat(filters["day_ends"])
            filters["day_ends"] = (last - timedelta(days=1)).isoformat()
        return super().find(org_id, source, **filters)


@saboteur.service("DWZ-FILTER-11")
class HeedsCapitals(Sessions):
    """A keyword is only found as it is written."""

    def find(
        self, org_id: int | None = None, source: str = "organization", **filters: Any
    ) -> Iterator[Document]:
        """Compares exactly."""
        words = filters.get("keyword", "")
        return (each for each in super().find(org_id, source, **filters) if words in each["name"])
