"""The tests of Deep Work Zone's suite."""
