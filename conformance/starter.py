"""The commented target file to begin with: every key explained, and what the API's requirements can use."""

from collections.abc import Iterable, Iterator

from conformance.suite import Suite

ACTORS = {
    "owner": "whoever the requirements act as",
    "member": "belongs to the organisation `shared`, as the owner does",
    "outsider": "does not belong to `shared`",
    "dual": "belongs to `shared` and `second`",
    "spare": "an account with nothing in it, for limits that need room",
    "key": "an API key bound to `shared`",
}

HEAD = """\
# A deployment to be examined: conformance run {api} --target FILE

api = "{api}"
base_url = "http://127.0.0.1:9000"  # the part before the vendor's base path, {base_path}
# consent = true                    # "I may test this deployment"; needed unless it is on this machine
"""

REST = """\
# [organizations]                   # by the role they play; a number where the vendor uses numbers
# shared = "org-1"                  # owner and member belong to it, outsider does not
# second = "org-2"                  # the owner, or `dual`, belongs to it as well
# foreign = "org-9"                 # the owner does not belong to it

# [known]                           # records that exist: read, never changed
# sessions = ["..."]

# [hooks]                           # test-only means of the deployment; without them a named skip
# age = {method = "POST", url = "http://127.0.0.1:9000/_age", body = '{"session_id": "{id}", "days": {days}}'}

# [limits]
# rate = "20/s"                     # or 600/m, 1000/h; default: as fast as it answers
# max_time = 120                    # seconds for the whole run
# max_requests = 2000
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
        "\n".join(actors(suite)),
        "\n".join(features(suite)),
        "\n".join(settings(suite)),
        REST,
    ]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def actors(suite: Suite) -> Iterator[str]:
    """Go through the lines on the actors that the requirements name."""
    named = used(each.actors for each in suite.requirements)
    # Where anybody needs credentials the owner does, whether or not a requirement says so.
    for number, name in enumerate(dict.fromkeys(["owner", *named]) if named else ()):
        yield f"# [actors.{name}]  # {ACTORS.get(name, 'named by requirements')}"
        yield f'# token_env = "{suite.name.upper()}_{name.upper()}_TOKEN"  # the variable that holds it'
        if number == 0:
            yield '# token = "..."  # or the credential itself'
            yield '# token_command = ["program", "argument"]  # or a command that prints it; no shell'


def features(suite: Suite) -> Iterator[str]:
    """Go through the lines on the features that requirements need."""
    names = used(each.features for each in suite.requirements)
    if names:
        yield "# [features]  # what the deployment claims; false means that it is skipped by name"
    yield from (f"# {name} = true" for name in names)


def settings(suite: Suite) -> Iterator[str]:
    """Go through the lines on what the vendor document leaves open."""
    if suite.settings:
        yield "# [settings]  # what the vendor document leaves open, as this deployment has it"
    yield from (f"# {line}" for line in suite.settings)


def used(named: Iterable[tuple[str, ...]]) -> list[str]:
    """Return the names in the order of their first use, each once."""
    return list(dict.fromkeys(name for names in named for name in names))
