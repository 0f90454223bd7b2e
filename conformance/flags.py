"""The values of flags: read, or refused with what was expected of them."""

import argparse
import math
from pathlib import Path

from conformance import shard, target_file
from conformance.target_values import LARGEST, TargetError

OUTPUT = Path("-")  # standard output in the place of a file

Refused = argparse.ArgumentTypeError


def positive_number(text: str) -> float:
    """Read a number above 0."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number <= LARGEST:
        raise Refused(f"must be a number above 0, and {LARGEST} at most, not {text!r}")
    return number


def whole_number(text: str) -> int:
    """Read a whole number."""
    try:
        return int(text)
    except ValueError:
        raise Refused(f"must be a whole number, not {text!r}") from None


def positive_count(text: str) -> int:
    """Read a whole number above 0."""
    if not text.isdecimal() or whole_number(text) == 0:
        raise Refused(f"must be a whole number above 0, not {text!r}")
    return whole_number(text)


def a_shard(text: str) -> shard.Shard:
    """Read which part of a run is wanted."""
    try:
        return shard.parse(text)
    except ValueError as reason:
        raise Refused(str(reason)) from None


def a_rate(text: str) -> float:
    """Read a pace."""
    try:
        return target_file.rate(text)
    except TargetError as reason:
        raise Refused(reason.reason) from None
