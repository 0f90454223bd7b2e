"""Tests of the mock server, one file for each of its modules."""
