"""The mock: a stateful backend driven by the contracts in `openapi/`, one world of data per namespace."""

import warnings

from starlette.exceptions import StarletteDeprecationWarning

# Importing Connexion imports starlette.testclient, which asks for a package that Connexion does not use.
warnings.filterwarnings("ignore", "Using `httpx` with `starlette.testclient`", StarletteDeprecationWarning)
