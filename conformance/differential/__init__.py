"""The differential run: the same requests to two deployments, and where their replies part."""
