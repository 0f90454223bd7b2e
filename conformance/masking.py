"""Keeps credentials out of results: each stands there as the shell variable that reproductions use.

A reply may show a credential otherwise than it was sent: escaped in JSON, HTML or a URL, or as Base64.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import replace

from conformance.result import Result
from conformance.timeline import Step

SHORTEST = 4  # a shorter one is no secret, and would be found everywhere
SHORTEST_ENCODED = 8  # one that is shorter has too few letters of Base64 to be known by
OTHERWISE = {  # beside the escapes that every character can have
    "\\": (r"\\+",),
    " ": (r"\+",),
    "'": (r"""'"'"'""", "&apos;"),
    '"': ("&(?:amp;)*quot;",),
    "&": ("&(?:amp;)+",),
    "<": ("&(?:amp;)*lt;",),
    ">": ("&(?:amp;)*gt;",),
}
PLAIN = re.compile(r"[A-Za-z0-9]+")
BASE64_LETTER = "[A-Za-z0-9+/_-]"


def masked(result: Result, secrets: Mapping[str, str]) -> Result:
    """Return the result without any of the secrets."""
    return replace(
        result,
        reason=mask(result.reason, secrets),
        expected=mask(result.expected, secrets),
        got=mask(result.got, secrets),
        reproduce=tuple(mask(line, secrets) for line in result.reproduce),
        timeline=tuple(masked_step(step, secrets) for step in result.timeline),
    )


def masked_step(step: Step, secrets: Mapping[str, str]) -> Step:
    """Return the step without any of the secrets."""
    return replace(
        step,
        target=mask(step.target, secrets),
        body=mask(step.body, secrets),
        reply=mask(step.reply, secrets),
    )


def mask(text: str, secrets: Mapping[str, str]) -> str:
    """Return the text with a variable in place of each secret, however it is written, the longest first."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST:
            for form in forms(secret, text.lower()):
                text = re.sub(form, f"${{{secrets[secret]}}}", text, flags=re.IGNORECASE)
    return text


def forms(secret: str, text: str) -> Iterator[str]:
    """Go through the patterns of a secret that may match in a text in small letters.

    No escaping touches letters and digits, so the longest run of them rules most patterns out at once.
    """
    if longest_run(secret) in text:
        yield written(secret)
    if len(secret) >= SHORTEST_ENCODED:
        for before, core, after in encoded(secret):
            if longest_run(core) in text:
                yield before + written(core) + after


def longest_run(secret: str) -> str:
    """Return the longest run of letters and digits, in small letters."""
    return max(PLAIN.findall(secret), key=len, default="").lower()


def written(secret: str) -> str:
    """Return the pattern of a secret as it stands, or escaped for JSON, URLs, HTML or the shell."""
    return "".join(map(character, secret))


def character(each: str) -> str:
    """Return the pattern of one character, as it stands or escaped."""
    if PLAIN.fullmatch(each):
        return each
    code = f"{ord(each):02x}"
    ways = [
        *OTHERWISE.get(each, ()),
        rf"\\*{re.escape(each)}",
        rf"\\+u00{code}",
        f"%(?:25)*{code}",
        f"&(?:amp;)*(?:#0*{ord(each)}|#x0*{code});",
    ]
    return f"(?:{'|'.join(ways)})"


def encoded(secret: str) -> Iterator[tuple[str, str, str]]:
    """Go through what is certain of a secret's Base64, wherever in a group of three bytes it begins, between
    the patterns of the letters that its neighbours share.
    """
    for offset, begins in enumerate((0, 2, 3)):
        whole = b64encode(bytes(offset) + secret.encode()).decode()
        certain = whole[begins : (offset + len(secret)) * 8 // 6]
        before = BASE64_LETTER if offset else ""
        after = f"{BASE64_LETTER}?=*" if (offset + len(secret)) % 3 else ""
        yield before, certain, after
        if not certain.isalnum():
            yield before, certain.replace("+", "-").replace("/", "_"), after
