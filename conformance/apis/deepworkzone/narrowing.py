"""What the filters of Deep Work Zone's list let through: yes, no, or left open by the document (None).

The shadow model asks twice: what every reading of the document lets through, and what our own contract does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.apis.deepworkzone.facts import TYPES, day_of, flag_of

DOCUMENTED = {
    "org_id": "DWZ-ORG-03",
    "channel": "DWZ-FILTER-01",
    "type": "DWZ-FILTER-02",
    "date": "DWZ-FILTER-03",
    "completed": "DWZ-FILTER-04",
    "source": "DWZ-FILTER-05",
    "keyword": "DWZ-FILTER-06",
    "day_start": "DWZ-FILTER-07",
    "day_ends": "DWZ-FILTER-08",
}
ASSUMED = {
    "date": "DWZ-FILTER-10",
    "day_start": "DWZ-FILTER-10",
    "day_ends": "DWZ-FILTER-10",
    "keyword": "DWZ-FILTER-11",
}
DAYS = ("date", "day_start", "day_ends")
ELSEWHERE = 2  # days apart in every time zone

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of one list, as they were sent."""

    sent: Mapping[str, str]

    @property
    def narrowing(self) -> list[str]:
        """The filters that leave something out."""
        return [name for name in self.sent if (name, self.sent[name]) != ("source", "organization")]

    def documented(self, name: str, facts: Facts) -> bool | None:
        """Say whether a filter lets a session with these facts through, by every reading of the document."""
        if name in ("day_start", "day_ends") and not {"day_start", "day_ends"} <= self.sent.keys():
            return None  # one end alone may mean nothing
        if name in DAYS and not facts.get("single"):
            return None  # the day shown may be another one than that of the occurrence found
        return OPEN[name](self.sent[name], facts)

    def assumed(self, name: str, facts: Facts) -> bool | None:
        """Say whether a filter lets a session with these facts through, by our own contract."""
        return EXACT[name](self.sent[name], facts) if name in EXACT else self.documented(name, facts)


def channel(wanted: str, facts: Facts) -> bool | None:
    """Compare the visibility."""
    public = flag_of(facts.get("is_public"))
    return None if public is None or wanted not in ("public", "private") else public == (wanted == "public")


def type_(wanted: str, facts: Facts) -> bool | None:
    """Compare the type."""
    return facts["type"] == wanted if wanted in TYPES and facts.get("type") in TYPES else None


def organization(wanted: str, facts: Facts) -> bool | None:
    """Compare the organisation's number."""
    shown = str(facts.get("org_id"))
    return shown == wanted if shown.isdecimal() and wanted.isdecimal() else None


def owner(wanted: str, facts: Facts) -> bool | None:
    """Compare who made the session with who asks, where both are known."""
    return facts.get("own") if wanted == "user" else True if wanted == "organization" else None


def done(wanted: str, facts: Facts) -> bool | None:
    """Compare the status, of the caller's own sessions and as far as the document names it."""
    status = {"waiting": "0", "completed": "1"}.get(str(facts.get("status")))
    return status == wanted if status and facts.get("own") and wanted in ("0", "1") else None


def called(wanted: str, facts: Facts) -> bool | None:
    """Compare a keyword with the name: the name itself is found, and no name that has nothing of it."""
    name = facts.get("name")
    if not isinstance(name, str) or not (name + wanted).isascii():
        return None
    if name == wanted:
        return True
    return None if set(name.lower()) & set(wanted.lower()) or not wanted.isalnum() else False


def called_in_part(wanted: str, facts: Facts) -> bool | None:
    """Look for a keyword in the name, in small or capital letters."""
    name = facts.get("name")
    return wanted.casefold() in name.casefold() if isinstance(name, str) else None


def apart(wanted: str, facts: Facts) -> int | None:
    """Return how many days a session is after the day wanted."""
    asked, day = day_of(wanted), day_of(facts.get("schedule"))
    return None if asked is None or day is None else (day - asked).days


def on(wanted: str, facts: Facts) -> bool | None:
    """Compare the day."""
    days = apart(wanted, facts)
    return None if days is None or 0 < abs(days) < ELSEWHERE else days == 0


def after(wanted: str, facts: Facts) -> bool | None:
    """Compare the day with the start of a range."""
    days = apart(wanted, facts)
    return None if days is None or abs(days) < ELSEWHERE else days > 0


def before(wanted: str, facts: Facts) -> bool | None:
    """Compare the day with the end of a range."""
    days = apart(wanted, facts)
    return None if days is None or abs(days) < ELSEWHERE else days < 0


def exactly(holds: Callable[[int], bool]) -> Callable[[str, Facts], bool | None]:
    """Return a comparison by the day."""

    def compared(wanted: str, facts: Facts) -> bool | None:
        days = apart(wanted, facts)
        return None if days is None else holds(days)

    return compared


OPEN: Mapping[str, Callable[[str, Facts], bool | None]] = {
    "org_id": organization,
    "channel": channel,
    "type": type_,
    "date": on,
    "completed": done,
    "source": owner,
    "keyword": called,
    "day_start": after,
    "day_ends": before,
}
EXACT: Mapping[str, Callable[[str, Facts], bool | None]] = {
    "date": exactly(lambda days: days == 0),
    "day_start": exactly(lambda days: days >= 0),
    "day_ends": exactly(lambda days: days <= 0),
    "keyword": called_in_part,
}
