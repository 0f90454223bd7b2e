"""Tests of the Zipf mock."""
