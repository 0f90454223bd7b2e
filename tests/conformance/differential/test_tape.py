"""What a run sent, in sequences that can be played by themselves."""

from conformance.apis.viben import SUITE
from conformance.differential.replay import relevant
from conformance.differential.tape import Tape
from conformance.exchange import Exchange
from tests.conformance.samples import exchange

MADE = exchange("POST", "/api/sessions", b'{"agent_id": "A"}', b'{"id": "s-1", "agent_id": "A"}')
OTHER = exchange("POST", "/api/sessions", b'{"agent_id": "A"}', b'{"id": "s-2", "agent_id": "A"}')
CHANGED = exchange("PATCH", "/api/sessions/s-1", b"{}")
READ = exchange("GET", "/api/sessions/s-1", None, b'{"id": "s-1"}')
LISTED = exchange("GET", "/api/sessions", None, b'{"sessions": []}')


def test_a_sequence_makes_what_it_names() -> None:
    """What another sequence made is made again at its beginning; what nobody made is nobody's."""
    tape = Tape(SUITE.contract())
    for sequence in ([MADE, CHANGED], [READ], [OTHER, READ], [exchange("GET", "/api/sessions/s-9")], []):
        tape.add("/api", sequence)

    assert tape.sequences[:3] == [(MADE, CHANGED), (MADE, READ), (MADE, OTHER, READ)]
    assert len(tape.sequences[3]) == 1
    assert len(tape.sequences) == 4


def test_evidence_has_what_made_and_changed_the_record() -> None:
    """Another record is left out, though its reply has words in common; refused changes stay."""
    refused = Exchange("PATCH", "/api/sessions/s-1", (), b"[]", 400)

    assert relevant([OTHER, MADE, READ, CHANGED, refused, READ]) == [MADE, CHANGED, refused, READ]


def test_evidence_of_a_list_has_all_that_was_made() -> None:
    """What a list should show, or should not, is made before it; a refusal needs nothing."""
    refused = Exchange("GET", "/api/sessions?status=x", (), None, 400)

    assert relevant([MADE, CHANGED, OTHER, READ, LISTED]) == [MADE, CHANGED, OTHER, LISTED]
    assert relevant([MADE, refused]) == [refused]
    assert relevant([MADE, OTHER]) == [OTHER]
