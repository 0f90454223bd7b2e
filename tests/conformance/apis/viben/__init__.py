"""The tests of Viben's suite."""
