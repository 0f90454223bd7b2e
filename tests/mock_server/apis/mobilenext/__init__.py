"""Tests of Mobile Next."""
