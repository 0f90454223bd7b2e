"""The command `mock-server`, or `python -m mock_server`; Ctrl-C ends it in silence while it starts, too."""

import sys


def main() -> int:
    """Runs the command line; returns the exit status."""
    try:
        from mock_server.cli import main as command  # noqa: PLC0415  # importing it takes longest

        return command()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
