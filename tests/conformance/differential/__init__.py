"""The tests of the differential run."""
