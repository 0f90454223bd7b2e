"""The tests of the suites, one folder for each API."""
