"""The mock: a stateful backend driven by the contracts in `openapi/`, one world of data per namespace."""

import warnings

# Importing Connexion imports starlette.testclient, which asks for a package that Connexion does not use. The
# category is one of Starlette's, which is not imported here: every pytest run imports this for the plugin.
warnings.filterwarnings("ignore", "Using `httpx` with `starlette.testclient`", UserWarning)
