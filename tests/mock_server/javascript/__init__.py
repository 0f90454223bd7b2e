"""Tests of the JavaScript helper, run by the tools it is for."""
