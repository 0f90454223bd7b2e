"""Tests of the contracts, the mock server and the conformance suite; the folders mirror the packages."""
