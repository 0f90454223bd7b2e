"""The words that the synthetic web is written in. What pages are made of them is in `web`."""

from collections.abc import Mapping

SUBJECTS: Mapping[str, str] = {
    "ai": (
        "ai startups startup models language inference training chips accelerators agents vision robotics "
        "latency embeddings retrieval tokens evaluation safety alignment datasets founders venture edge"
    ),
    "energy": (
        "battery batteries recycling lithium sodium cathode cells storage grid tenders capacity solar "
        "wind hydrogen turbines carbon emissions charging materials electrolyte utilities europe heat"
    ),
    "finance": (
        "bank central currency digital pilots payments lending rates bonds equity funding investors "
        "capital revenue margins valuation accounting audit insurance pensions credit annual report"
    ),
    "health": (
        "hospital hospitals vendors patients clinical trials drug discovery diagnostics imaging nurses "
        "procurement records dosage vaccines therapy oncology devices wards software screening"
    ),
    "law": (
        "licence litigation court rules compliance privacy antitrust contracts patents liability statutes "
        "regulators open source disclosure sanctions appeals settlement hearings counsel copyright"
    ),
    "logistics": (
        "supply chain cold providers freight ports shipping warehouses trucks routes customs tariffs "
        "inventory containers delivery fleets rail tracking carriers pallets demand delays"
    ),
    "media": (
        "satellite imagery pricing streaming broadcasters advertising audiences studios podcasts "
        "publishers newsrooms subscriptions festivals cinema rights archives cameras lidar suppliers "
        "creators"
    ),
    "security": (
        "attacks malware phishing encryption keys identity firewalls breaches incident patching espionage "
        "ransomware vulnerabilities exploits authentication cloud endpoints monitoring threats forensics"
    ),
}
TOPICS: Mapping[str, tuple[str, ...]] = {topic: tuple(words.split()) for topic, words in SUBJECTS.items()}
# How a page of each kind of document is titled, and which words it uses more than others.
FRAMES: Mapping[str, tuple[str, ...]] = {
    "academic": ("research paper on {}", "a study of {}", "{}: a survey of the literature"),
    "analyst_report": ("{}: market comparison", "{} vs the field: an outlook", "forecast for {}"),
    "blog": ("what we learned about {}", "notes on {}", "{}, explained"),
    "documentation": ("{}: specs and reference", "guide to {}", "{} benchmarks"),
    "forum": ("anybody using {}?", "help with {}", "{}: which one to choose"),
    "legal": ("{}: risks and duties", "court ruling on {}", "{} before the judges"),
    "news": ("{} in the news", "{} vs rivals this week", "what happened with {}"),
    "regulatory": ("guidance on {}", "{}: financials and filing rules", "consultation on {}"),
}
TYPICAL_WORDS: Mapping[str, tuple[str, ...]] = {
    "academic": ("research", "paper", "authors", "method", "evidence"),
    "analyst_report": ("vs", "comparison", "market", "outlook", "forecast"),
    "blog": ("lessons", "opinion", "overview", "practice", "story"),
    "documentation": ("benchmarks", "specs", "reference", "guide", "version"),
    "forum": ("question", "answer", "users", "problem", "advice"),
    "legal": ("risks", "ruling", "clause", "duty", "claim"),
    "news": ("vs", "comparison", "announced", "week", "spokesperson"),
    "regulatory": ("financials", "risks", "guidance", "filing", "authority"),
}
DOCUMENT_TYPES = tuple(FRAMES)
AUTHORITIES: Mapping[str, str] = {"academic": "academic", "documentation": "technical", "news": "news"}
CONTENT_TYPES = ("article", "article", "article", "table", "video", "pdf")
JOINTS = (
    "{0} depends on {1}, and {2} follows",
    "Nobody expected {0} to change {1} before {2}",
    "Between {0} and {1} lies {2}",
    "More {0} means less {1}, says {3} about {2}",
    "For {3}, {0} comes first, then {1} and {2}",
    "The {0} of {1} is a matter of {2}",
)
# Words that say nothing of what somebody looks for.
NOTHING = "a an and are as at by for from how in is it of on or the to what which with"
STOP_WORDS = frozenset(NOTHING.split(" "))
WORDS = tuple(dict.fromkeys(word for group in (*TOPICS.values(), *TYPICAL_WORDS.values()) for word in group))
