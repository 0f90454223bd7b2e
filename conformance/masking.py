"""Keeps credentials out of texts: each stands there as the shell variable that reproductions use.

A reply may show a credential otherwise than it was sent: escaped in JSON, HTML or a URL, as Base64, in
UTF-16, or by the codes of its characters, hexadecimal or decimal. What somebody else said is shortened here
and nowhere else, for half a credential is not recognised.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping

LONGEST_TEXT = 300
LONGEST_REASON = 600  # which may hold such a text
SHORTEST = 4  # a shorter one is no secret, and would be found everywhere
SHORTEST_ENCODED = 8  # one that is shorter has too few letters of Base64, or codes, to be known by
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
RUN_BEGINS = r"(?<!\\)"  # a run of backslashes is looked at once, not from each of them again
NOTATIONS = ("02x", "d")
BEFORE_CODE = rf"{RUN_BEGINS}\\++(?:u\{{?0*+|x)?|%(?:25(?=[0-9a-f]{{2}}))*+|&(?:amp;)*+#x?0*+|0x"
BETWEEN_CODES = rf"(?:{BEFORE_CODE}|[\s,:;}}-])++"
ZERO_BYTE = rf"(?:\0|{RUN_BEGINS}\\+[ux](?:00)?00)"  # beside each letter in UTF-16; maybe escaped


def excerpt(text: str, secrets: Mapping[str, str], most: int = LONGEST_TEXT, note: str = "") -> str:
    """Return the text without any of the secrets, and then shortened to what a reader can take in.

    The note follows where something was cut off.
    """
    whole = mask(text, secrets)
    return whole if len(whole) <= most else f"{whole[:most]}...{note}"


def mask(text: str, secrets: Mapping[str, str]) -> str:
    """Return the text with a variable in place of each secret, however it is written, the longest first."""
    if not secrets:
        return text
    letters = re.sub(ZERO_BYTE, "", text.lower())
    codes = re.sub(BETWEEN_CODES, "", text.lower())
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST:
            for form in (*forms(secret, letters), *coded(secret, codes)):
                text = re.sub(form, f"${{{secrets[secret]}}}", text, flags=re.IGNORECASE)
    return text


def forms(secret: str, text: str) -> Iterator[str]:
    """Go through the patterns of a secret that may match in a text in small letters, without zero bytes.

    But for codes, no escaping touches letters and digits: the longest run of them rules most patterns out at
    once.
    """
    if longest_run(secret) in text:
        yield written(secret)
    if len(secret) >= SHORTEST_ENCODED:
        for before, core, after in encoded(secret):
            if longest_run(core) in text:
                yield before + written(core) + after


def coded(secret: str, text: str) -> Iterator[str]:
    """Go through the patterns of a secret written as the codes of its characters, each maybe as an escape,
    that match in a text in small letters without what stands between codes.
    """
    for notation in NOTATIONS if len(secret) >= SHORTEST_ENCODED else ():
        codes = [format(byte, notation) for byte in secret.encode()]
        if "".join(codes) in text:
            yield f"(?:{BEFORE_CODE})?" + f"(?:{BETWEEN_CODES})?".join(codes) + "[;}]?"


def longest_run(secret: str) -> str:
    """Return the longest run of letters and digits, in small letters."""
    return max(PLAIN.findall(secret), key=len, default="").lower()


def written(secret: str) -> str:
    """Return the pattern of a secret as it stands, or escaped for JSON, URLs, HTML or the shell."""
    begin = "" if PLAIN.match(secret) else RUN_BEGINS
    return begin + f"{ZERO_BYTE}*".join(map(character, secret))


def character(each: str) -> str:
    """Return the pattern of one character, as it stands or escaped."""
    if PLAIN.fullmatch(each):
        return each
    code = f"{ord(each):02x}"
    ways = [
        *OTHERWISE.get(each, ()),
        rf"\\*{re.escape(each)}",
        rf"\\+u00{code}",
        rf"\\+{ord(each):03o}",
        f"%(?:25)*{code}",
        f"&(?:amp;)*(?:#0*{ord(each)}|#x0*{code});",
    ]
    return f"(?:{'|'.join(ways)})"


def encoded(secret: str) -> Iterator[tuple[str, str, str]]:
    """Go through what is certain of a secret's Base64, wherever in a group of three bytes it begins, between
    the patterns of the letters that its neighbours share, unless a neighbour was masked with them.
    """
    for offset, begins in enumerate((0, 2, 3)):
        whole = b64encode(bytes(offset) + secret.encode()).decode()
        certain = whole[begins : (offset + len(secret)) * 8 // 6]
        before = f"{BASE64_LETTER}?" if offset else ""
        after = f"{BASE64_LETTER}?=*" if (offset + len(secret)) % 3 else ""
        yield before, certain, after
        if not certain.isalnum():
            yield before, certain.replace("+", "-").replace("/", "_"), after
