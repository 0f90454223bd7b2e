"""Tests of Deep Work Zone."""
