"""The complaint about a command line, or about a file it names, that cannot be used."""


class Usage(Exception):
    """The command cannot be carried out as given; the message says what to change."""
