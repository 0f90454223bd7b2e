"""The tests of Zipf's suite."""
