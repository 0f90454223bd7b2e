"""The commented target file to begin with: every key explained, and what the API's requirements can use."""

from collections.abc import Iterator, Sequence

from conformance import declared
from conformance.suite import Suite

ACTORS = {
    "owner": "whoever the requirements act as",
    "member": "belongs to the organisation `shared`, as the owner does",
    "outsider": "does not belong to `shared`",
    "dual": "belongs to `shared` and `second`",
    "spare": "an account with nothing in it, for limits that need room",
    "key": "an API key bound to `shared`",
    "penniless": "an account without credits",
    "throttled": "whose requests of this hour are spent",
    "expired": "whose credentials are not accepted any more",
}

ORGANIZATIONS = {
    "shared": "owner and member belong to it, outsider does not",
    "second": "the owner, or `dual`, belongs to it as well",
    "foreign": "the owner does not belong to it",
}

HOOKS = {
    "age": """\
{method = "POST", url = "http://127.0.0.1:9000/_age", body = '{"session_id": "{id}", "days": {days}}'}""",
}

HEAD = """\
# A deployment to be examined: conformance run {api} --target FILE

api = "{api}"
base_url = "http://127.0.0.1:9000"  # the part before the vendor's base path, {base_path}
# consent = true                    # "I may test this deployment"; needed unless it is on this machine
"""

REST = """\
# [limits]
# rate = "20/s"                     # or 600/m, 1000/h; default: as fast as it answers
# max_time = 120                    # seconds for the whole run, but for cleaning up
# max_requests = 2000               # looking whether the target is there, and cleaning up, come on top
# credits = 0                       # what a run may spend; 0 unless set, but for this machine

# [connection]
# timeout = 15                      # seconds for one request, its reply included
# ca_file = "ca.pem"                # certificates to trust; verify = false trusts any
# verify = true
# client_certificate = "me.pem"     # shown to the deployment, with client_key where that is another file
# client_key = "me.key"
# proxy = "http://127.0.0.1:3128"

# [headers]                         # go with every request; their values never reach a report
# X-Environment = "staging"
# X-Api-Key = {env = "API_KEY"}     # from an environment variable
"""


def starter(suite: Suite) -> str:
    """Return the text of a target file for an API."""
    parts = [
        HEAD.format(api=suite.name, base_path=suite.base_path),
        *("\n".join(part(suite)) for part in (actors, features, settings, organizations, known, hooks)),
        REST,
    ]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def actors(suite: Suite) -> Iterator[str]:
    """Go through the lines on the actors that the requirements name."""
    for number, name in enumerate(declared.actors(suite)):
        yield f"# [actors.{name}]  # {ACTORS.get(name, 'named by requirements')}"
        yield f'# token_env = "{suite.name.upper()}_{name.upper()}_TOKEN"  # the variable that holds it'
        if number == 0:
            yield '# token = "..."  # or the credential itself'
            yield '# token_command = ["program", "argument"]  # or a command that prints it; no shell'


def features(suite: Suite) -> list[str]:
    """Return the lines on the features that requirements need."""
    return table(
        "[features]  # what the deployment claims; false means that it is skipped by name",
        [f"{name} = true" for name in declared.features(suite)],
    )


def settings(suite: Suite) -> list[str]:
    """Return the lines on what the vendor document leaves open."""
    return table(
        "[settings]  # what the vendor document leaves open, as this deployment has it",
        [f"{each.name} = {each.example}  # {each.note}" for each in suite.settings],
    )


def organizations(suite: Suite) -> list[str]:
    """Return the lines on the organisations that requirements use."""
    return table(
        "[organizations]  # by the role they play; a number where the vendor uses numbers",
        [
            f'{name} = "org-{number}"  # {ORGANIZATIONS.get(name, "named by requirements")}'
            for number, name in enumerate(suite.organizations, 1)
        ],
    )


def known(suite: Suite) -> list[str]:
    """Return the lines on records that exist."""
    return table(
        "[known]  # records that exist: read, never changed",
        [f'{name} = ["..."]' for name in declared.collections(suite)],
    )


def hooks(suite: Suite) -> list[str]:
    """Return the lines on what a deployment can be made to do for a test."""
    return table(
        "[hooks]  # test-only means of the deployment; without them a named skip",
        [f"{name} = {HOOKS[name]}" for name in suite.hooks],
    )


def table(heading: str, entries: Sequence[str]) -> list[str]:
    """Return a table of the file, commented out; nothing where it has no entries."""
    return [f"# {each}" for each in (heading, *entries)] if entries else []
