"""The tests of the conformance suite mirror its package."""
