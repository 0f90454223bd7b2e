"""Which replies hold a request off: they say nothing about what was asked for, and nothing is concluded."""

HELD_OFF = (
    402,  # not paid for (RFC 9110, section 15.5.3)
    429,  # asked too often (RFC 6585, section 4)
    502,  # a gateway got no answer that it could hand on (RFC 9110, section 15.6.3)
    503,  # out of service for now (section 15.6.4)
    504,  # a gateway got no answer in time (section 15.6.5)
)
CONFLICT = 409  # with the state that something is in (RFC 9110, section 15.5.10)


def is_held_off(status: int, *, state_is_known: bool) -> bool:
    """Say whether a status holds a request off.

    A conflict is an answer where the state is known: a script knows that of the record it made. What is
    asked of a collection may be in conflict with anybody's records, and a generated request with whatever
    the ones before it have done.
    """
    return status in HELD_OFF or (status == CONFLICT and not state_is_known)
