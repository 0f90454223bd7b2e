"""The documentation of one API: its contract as JSON and YAML, and Swagger UI over it, without a network."""

import html
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import yaml
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from swagger_ui_bundle import swagger_ui_path

from mock_server import json_codec
from mock_server.reply import PROBLEM, problem

PATHS = ("/openapi.json", "/openapi.yaml", "/docs")

PAGE = """<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{title}</title>
  <link rel="icon" type="image/png" href="{root}/docs/assets/favicon-32x32.png">
  <link rel="stylesheet" href="{root}/docs/assets/swagger-ui.css">
</head>
<body>
  <div id="swagger-ui" data-contract="{root}/openapi.json"></div>
  <script src="{root}/docs/assets/swagger-ui-bundle.js"></script>
  <script src="{root}/docs/start.js"></script>
</body>
</html>
"""
START = """const element = document.getElementById("swagger-ui");
SwaggerUIBundle({
  url: element.dataset.contract,
  domNode: element,
  deepLinking: true,
  persistAuthorization: true,
  validatorUrl: null,
});
"""


class ContractText:
    """A contract as text, which names the server that it is fetched from; all else is written only once."""

    def __init__(self, specification: Mapping[str, Any], base_path: str) -> None:
        self._specification = specification
        self._base_path = base_path

    def json(self, root: str) -> bytes:
        """The contract for a server under the path `root`."""
        return b"%b,%b" % (json_codec.serialise(self._servers(root))[:-1], self._json[1:])

    def yaml(self, root: str) -> str:
        """The same in YAML."""
        return yaml.safe_dump(self._servers(root), sort_keys=False) + self._yaml

    def _servers(self, root: str) -> dict[str, Any]:
        servers = [{"url": root + self._base_path, "description": "this mock"}]
        return {"openapi": self._specification["openapi"], "servers": servers}

    @cached_property
    def _json(self) -> bytes:
        return json_codec.serialise(self._rest())

    @cached_property
    def _yaml(self) -> str:
        return yaml.safe_dump(self._rest(), sort_keys=False, allow_unicode=True, width=110)

    def _rest(self) -> dict[str, Any]:
        return {
            name: part for name, part in self._specification.items() if name not in ("openapi", "servers")
        }


def documentation(title: str, specification: Mapping[str, Any], base_path: str) -> Starlette:
    """An application for `PATHS`. The served contract names the server that it was fetched from."""
    contract = ContractText(specification, base_path)

    async def as_json(request: Request) -> Response:
        return Response(contract.json(request.scope["root_path"]), media_type="application/json")

    async def as_yaml(request: Request) -> Response:
        return Response(contract.yaml(request.scope["root_path"]), media_type="application/yaml")

    async def page(request: Request) -> Response:
        root = html.escape(request.scope["root_path"], quote=True)
        return HTMLResponse(PAGE.format(title=html.escape(title), root=root))

    async def start(_: Request) -> Response:
        return Response(START, media_type="text/javascript")

    async def to_page(request: Request) -> Response:
        return RedirectResponse(request.scope["root_path"] + "/docs")

    return Starlette(
        exception_handlers={HTTPException: _refuse},
        routes=[
            Route("/openapi.json", as_json),
            Route("/openapi.yaml", as_yaml),
            Route("/docs", page),
            Route("/docs/", to_page),
            Route("/docs/start.js", start),
            Mount("/docs/assets", StaticFiles(directory=swagger_ui_path)),
        ],
    )


async def _refuse(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # what it is registered for
    reply = problem(error.status_code, error.detail, "the documentation has nothing for this request")
    return Response(json_codec.serialise(reply.body), reply.status, error.headers, PROBLEM)
