"""The tests of the reports."""
