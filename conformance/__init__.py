"""The conformance suite: says, requirement by requirement, whether a deployment keeps its vendor's contract.

It meets the mock only through `openapi/`, `fixtures/` and HTTP.
"""
