"""Prints the matrix saboteur x requirement; exit 0 when it is complete and nobody honest was accused."""

import argparse
import sys

from conformance.apis import NAMES, suite
from tests.saboteurs import matrix
from tests.saboteurs.stage import stage


def main() -> int:
    """Runs the matrix of each API."""
    parser = argparse.ArgumentParser(prog="python -m tests.saboteurs", description=__doc__)
    parser.add_argument("api", nargs="*", default=list(NAMES), choices=[*NAMES, []], metavar="API")
    parser.add_argument("--seed", type=int, default=42)
    options = parser.parse_args()
    complete = [print_matrix(api, options.seed) for api in options.api]
    return 0 if all(complete) else 1


def print_matrix(api: str, seed: int) -> bool:
    """Prints one matrix; True when all were caught, nothing is untried and nobody honest accused."""
    print(f"{api}, seed {seed}")
    good = True
    with stage() as this:
        for row in matrix.rows(api, this, seed):
            print(matrix.line(row), flush=True)
            good = good and row.good
    untried = matrix.without_saboteur(suite(api), matrix.saboteurs(api))
    if untried:
        print(f"BAD no saboteur for {', '.join(untried)}")
    return good and not untried


if __name__ == "__main__":
    sys.exit(main())
