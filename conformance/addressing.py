"""Which ids and paths can name a record: a hostile one would lead to the collection, or above it."""

from urllib.parse import quote, unquote

STEPS = ("", ".", "..")  # taken out of a path on its way (RFC 3986, section 5.2.4), or no name at all


def as_id(value: object) -> str | None:
    """Return an id of a reply as a text, also one that is a number; None for what is no id."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None


def names_a_record(id_: str) -> bool:
    """Say whether an id can stand in a path: it is a step of its own, and text that UTF-8 can write."""
    return id_ not in STEPS and encodable(id_)


def is_direct(path: str) -> bool:
    """Say whether a path arrives as it is written: no step of it is empty or made of dots alone.

    The root of the API, which is no record's, may be written as `/`.
    """
    if path == "/":
        return True
    steps = path.replace("#", "?").partition("?")[0].split("/")[1:]
    return encodable(path) and all(names_a_record(unquote(each, errors="surrogateescape")) for each in steps)


def segment(id_: str) -> str:
    """Return an id as it stands in a path, whatever it holds; `is_direct` refuses the path where it must."""
    return quote(id_, safe="", errors="surrogatepass")


def encodable(text: str) -> bool:
    """Say whether UTF-8 can write a text, which it cannot where a surrogate stands alone."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
