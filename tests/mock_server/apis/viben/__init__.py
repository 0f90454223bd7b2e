"""Tests of the Viben mock."""
