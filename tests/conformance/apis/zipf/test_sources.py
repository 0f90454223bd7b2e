"""The map from the vendor's page to the requirements is complete in both directions."""

import re
from importlib.resources import files

from conformance.apis.zipf import SUITE

PAGE = (  # every line of the page that carries content, by its first words
    "Back to API", "Sessions API", "Organize multi-step research", "Lifecycle: active →",
    "Credits: Same as", "GET /api/v1/sessions", "List sessions with", "limit (Int) -", "offset (Int) -",
    "status (String) -", "tag (String) -", "days_back (Int) -", "include_shared (Bool) -",
    "sessions: [...]", "shared_sessions: [...]", 'user_organizations: [{"id": "...",',
    'pagination.owned: {"total": 10,', 'pagination.shared: {"total": 5,', "POST /api/v1/sessions",
    "Create a new", "name String required", "description String -", "intent_context String -",
    "session_config.auto_deduplicate Bool true", "session_config.accumulate_context Bool true",
    "session_config.use_session_context Bool true", "session_config.max_operations Int -",
    "metadata.intent.type String -", "Limits: 100 sessions/user", "Limits: 1-100 operations/session",
    "Limits: auto-archive after", "GET /api/v1/sessions/{id}", "Get session details", "access_level - Your",
    "organization_name - Organization", "user_organizations - Your", "PATCH /api/v1/sessions/{id}",
    "Update session properties:", "DELETE /api/v1/sessions/{id}", "Delete session and",
    "POST /api/v1/sessions/{id}/complete", "Mark session as", "Prevents new operations",
    "POST /api/v1/sessions/{id}/archive", "Archive a completed", "Session must be",
    "POST /api/v1/sessions/{id}/share", "Toggle public or", "public_share Bool Enable/disable",
    "shared_with_org Bool Enable/disable", "organization_id String Target", "Cascade Behavior: When",
    "curl -X POST .../share", "session: {...}", 'operations_updated.org_share: {"searches": 3,',
    "GET /api/v1/sessions/{id}/timeline", "Get chronological timeline", "GET /api/v1/sessions/{id}/export",
    "Export session data.", "format (String) -", "Get aggregated link", "Includes cumulative PageRank,",
    "Cost: FREE", "include_nodes true Include", "include_edges false Include", "node_limit 100 Max",
    "sort_by pagerank Sort", "min_importance 0 Filter", "metadata_only false Return", 'session_id "uuid"',
    "link_graph.stats.total_nodes 500", "link_graph.stats.total_edges 1200",
    "link_graph.stats.operations_included 3", "link_graph.stats.total_pages_crawled 45",
    'link_graph.domain_authority {"example.com": 0.85}', 'link_graph.hubs [{"url": "...",',
    'link_graph.authorities [{"url": "...",', 'link_graph.nodes [{"url": "...",',
    'link_graph.last_updated "2026-01-27T12:00:00Z"', "See Crawl API", "POST /api/v1/sessions/{id}/search",
    "Search within a", "Same parameters as", "search filter_seen_urls (Bool,",
    "POST /api/v1/sessions/{id}/crawl", "Crawl within a", "Same parameters as",
    "crawl filter_seen_urls (Bool,", "GET /api/v1/public/sessions/{id}", "View a publicly",
    "GET /api/v1/public/sessions/{id}/timeline", "View public session",
    "GET /api/v1/public/sessions/{id}/export", "Export public session", "Share sessions with",
    "owner Created the", "org_viewer Organization member", "public Public link", "1. All child",
    "2. Child operations", "3. Removing org", "Workflows with linked", "Sharing a workflow",
    "Session cascade then", "Consistent access across", "When use_session_context: true,",
    "Research Intent Priority", "Recent Queries Query", "Document/Content Types Preferred",
    "Domain Frequency Novelty", "Entities & Keywords", 'competitive_analysis "vs", "comparison"',
    'due_diligence "risks", "financials"', 'technical_evaluation "benchmarks", "specs"',
    'academic_research "research", "paper"', "Authority Alignment (1.25x):", "Document Type (1.15x):",
    "Novelty Scoring: novelty", "Type: Hard filter,", "Timing: Before results,", "Visibility: URLs hidden,",
    "Scope: Exact URL", "Credits: No extra", "curl -X POST .../sessions", "curl -X POST .../search",
    "curl -X POST .../share", "curl .../sessions?include_shared=true", "See Also", "Sessions API -",
)  # fmt: skip


def rows() -> list[tuple[str, str]]:
    """Return the rows of the map: what the page says, and what holds a deployment to it."""
    text = files("conformance.apis.zipf").joinpath("sources.md").read_text("utf-8")
    return re.findall(r"^\| (?!the page says)(.+?) \| (.+) \|$", text, re.MULTILINE)


def test_every_line_of_the_page_has_a_row() -> None:
    """The rows are the lines of the page, in its order, none missing and none made up."""
    said = [each for each, _ in rows()]

    assert len(said) == len(PAGE)
    assert [each for each, start in zip(said, PAGE, strict=True) if not each.startswith(start)] == []


def test_every_documented_requirement_is_named() -> None:
    """A requirement called documented rests on a line of the page, and only such a one does."""
    documented = {each.id for each in SUITE.requirements if each.origin.kind == "documented"}

    assert {each for _, held in rows() for each in re.findall(r"ZIPF-[A-Z-]+-\d{2}", held)} == documented


def test_every_row_holds_or_says_why_not() -> None:
    """A row names a requirement, or says that there is no promise or none yet, with the reason."""
    silent = [said for said, held in rows() if not re.match(r"ZIPF-|No promise: \S|Not yet: \S", held)]

    assert silent == []
