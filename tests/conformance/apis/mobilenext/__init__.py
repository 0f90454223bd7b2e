"""Tests of Mobile Next's suite."""
