"""The documentation of one API: its contract as JSON and YAML, and Swagger UI over it, without a network."""

import html
from collections.abc import Mapping
from typing import Any

import yaml
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from swagger_ui_bundle import swagger_ui_path

from mock_server import json_codec

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
SwaggerUIBundle({url: element.dataset.contract, domNode: element, deepLinking: true, validatorUrl: null});
"""


def documentation(title: str, specification: Mapping[str, Any], base_path: str) -> Starlette:
    """An application for `PATHS`. The served contract names the server that it was fetched from."""

    def contract(request: Request) -> dict[str, Any]:
        root = request.scope.get("root_path", "")
        return {**specification, "servers": [{"url": root + base_path, "description": "this mock"}]}

    async def as_json(request: Request) -> Response:
        return Response(json_codec.serialise(contract(request)), media_type="application/json")

    async def as_yaml(request: Request) -> Response:
        text = yaml.safe_dump(contract(request), sort_keys=False, allow_unicode=True)
        return Response(text, media_type="application/yaml")

    async def page(request: Request) -> Response:
        root = html.escape(request.scope.get("root_path", ""), quote=True)
        return HTMLResponse(PAGE.format(title=html.escape(title), root=root))

    async def start(_: Request) -> Response:
        return Response(START, media_type="text/javascript")

    async def to_page(request: Request) -> Response:
        return RedirectResponse(request.scope.get("root_path", "") + "/docs")

    return Starlette(
        routes=[
            Route("/openapi.json", as_json),
            Route("/openapi.yaml", as_yaml),
            Route("/docs", page),
            Route("/docs/", to_page),
            Route("/docs/start.js", start),
            Mount("/docs/assets", StaticFiles(directory=swagger_ui_path)),
        ]
    )
