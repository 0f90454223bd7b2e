"""The command `conformance`, or `python -m conformance`; Ctrl-C ends it in one line while it starts, too."""

import sys


def main() -> int:
    """Run the command line and return its exit status."""
    try:
        from conformance.cli import main as command  # noqa: PLC0415  # importing it takes longest

        return command()
    except KeyboardInterrupt:
        print("conformance: interrupted", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
