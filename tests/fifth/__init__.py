"""A fifth API, for tests only: a notice board with credentials and two organizations, made of folders alone.

The folders are those that another API would add to the project's own.
"""
