"""Values of flags: what cannot be used is refused with what was expected."""

import pytest

from conformance.cli import main

RUN = ["run", "viben"]
WRONG = [
    (["--max-requests", "0"], "--max-requests: must be a whole number above 0, not '0'"),
    (["--max-requests", "²"], "--max-requests: must be a whole number above 0, not '²'"),
    (["--max-time", "-1"], "--max-time: must be a number above 0, and 1000000 at most, not '-1'"),
    (["--max-time", "soon"], "--max-time: must be a number above 0, and 1000000 at most, not 'soon'"),
    (["--seed", "x"], "--seed: must be a whole number, not 'x'"),
    (["--rate", "fast"], "--rate: 'fast' is not a rate; write 20/s, 600/m or 1000/h"),
    (["--shard", "3/2"], "--shard: '3/2' is not I/N with 1 <= I <= N, for example 2/4"),
]


@pytest.mark.parametrize(("flags", "message"), WRONG, ids=[" ".join(flags) for flags, _ in WRONG])
def test_a_value_that_cannot_be_used_says_what_can(
    flags: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last line names the flag, what it takes and what was given."""
    with pytest.raises(SystemExit):
        main([*RUN, *flags])

    assert capsys.readouterr().err.splitlines()[-1] == f"conformance run: error: argument {message}"
