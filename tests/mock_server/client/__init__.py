"""Tests of what tests in Python use."""
