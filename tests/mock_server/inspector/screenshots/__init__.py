"""The pictures of the inspector in the README, and `python -m` of this package, which takes them anew."""
