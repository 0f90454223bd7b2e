"""Test-only means of a deployment, named in the target file: what no client can do, as letting time pass."""

import time
from collections.abc import Mapping
from contextlib import closing
from urllib.parse import urlsplit

import httpx

from conformance import needs
from conformance.client import Http, bounded
from conformance.outcome import Broken
from conformance.target import Hook


def call(http: Http, name: str, values: Mapping[str, object]) -> None:
    """Use a hook; `{key}` in its URL and body stands for the value under that key.

    It is no request to the API, so it is neither recorded nor counted.

    Raises:
        Skip: the target has no such hook.
        Broken: the hook did not do it.
    """
    needs.require(http.target, needs.hook(name))
    hook = http.target.hooks[name]
    http.guard.permit(hook.method)
    try:
        status = sent(http, hook, values)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, Broken) as reason:
        raise Broken(f"the hook `{name}` got no reply: {reason}") from reason
    if status // 100 != 2:
        raise Broken(f"the hook `{name}` was answered with {status}")


def sent(http: Http, hook: Hook, values: Mapping[str, object]) -> int:
    """Put the hook's request on the wire and return the status; the target's headers stay with the target.

    Raises:
        Broken: the reply is too large, or does not come to its end.
    """
    url, body = hook.url, hook.body
    for key, value in values.items():
        url, body = (text.replace(f"{{{key}}}", str(value)) for text in (url, body))
    headers = {"Content-Type": "application/json"} if body else {}
    request = http.connection.build_request(hook.method, url, content=body.encode(), headers=headers)
    if urlsplit(url).netloc != urlsplit(http.target.connect_url).netloc:
        for name in http.target.connection.headers:
            del request.headers[name]
    deadline = time.monotonic() + http.target.connection.timeout
    with closing(http.connection.send(request, stream=True)) as reply:
        bounded(reply.iter_bytes(), deadline)
        return reply.status_code
