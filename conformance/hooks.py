"""Test-only means of a deployment, named in the target file: what no client can do, as letting time pass."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from conformance.client import Http
from conformance.outcome import Broken, Skip
from conformance.target import Hook


def call(http: Http, name: str, values: Mapping[str, object]) -> None:
    """Use a hook; `{key}` in its URL and body stands for the value under that key.

    It is no request to the API, so it is neither recorded nor counted.

    Raises:
        Skip: the target has no such hook.
        Broken: the hook did not do it.
    """
    hook = http.target.hooks.get(name)
    if hook is None:
        raise Skip(f"the target has no hook `{name}`")
    http.guard.permit(hook.method)
    try:
        reply = sent(http, hook, values)
    except (httpx.HTTPError, httpx.InvalidURL) as reason:
        raise Broken(f"the hook `{name}` got no reply: {reason}") from reason
    if not reply.is_success:
        raise Broken(f"the hook `{name}` was answered with {reply.status_code}")


def sent(http: Http, hook: Hook, values: Mapping[str, object]) -> httpx.Response:
    """Put the hook's request on the wire; the target's own headers stay with the target."""
    url, body = hook.url, hook.body
    for key, value in values.items():
        url, body = (text.replace(f"{{{key}}}", str(value)) for text in (url, body))
    headers = {"Content-Type": "application/json"} if body else {}
    request = http.connection.build_request(hook.method, url, content=body.encode(), headers=headers)
    if urlsplit(url).netloc != urlsplit(http.target.connect_url).netloc:
        for name in http.target.connection.headers:
            del request.headers[name]
    return http.connection.send(request)
