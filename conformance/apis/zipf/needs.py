"""What requirements of Zipf need of a target: pages, a field for tags, leave to open sessions to all."""

from collections.abc import Sequence

from conformance.requirement import Need
from conformance.target import Target

PAGES = ("https://conformance.example/a", "https://conformance.example/b")  # which the mock's web has
TAGS = "metadata.tags"  # where the mock takes tags
PUBLIC_SHARING = "public_sharing"


def crawlable(target: Target) -> Sequence[str]:
    """Return the pages that may be crawled: off the mock only those that the target names."""
    named: Sequence[str] = target.settings.get("crawl_urls") or ()
    return named or (PAGES if target.disposable else ())


def pages(count: int) -> Need:
    """Return the need of so many pages that may be crawled."""
    lacking = f"settings.crawl_urls names fewer than {count} pages that may be crawled"
    return lambda target: "" if len(crawlable(target)) >= count else lacking


def tag_field(target: Target) -> str:
    """Return where a creation takes tags, with dots between the names; empty where nobody knows."""
    return str(target.settings.get("tag_field", TAGS if target.disposable else ""))


def tags(target: Target) -> str:
    """Say that nobody knows how a session gets tags."""
    return "" if tag_field(target) else "settings.tag_field does not say where a session's tags are set"


def may_be_public(target: Target) -> bool:
    """Say whether sessions may be opened to everybody: off this machine only where the target says so."""
    return bool(target.settings.get(PUBLIC_SHARING, not target.foreign))


def public_sharing(target: Target) -> str:
    """Say that sessions may not be opened to everybody."""
    if may_be_public(target):
        return ""
    return f"settings.{PUBLIC_SHARING} does not say that sessions may be opened to everybody"
