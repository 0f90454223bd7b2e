"""Tests of the contracts' loader and of provenance."""
