"""Tests of the APIs, a folder for each."""
