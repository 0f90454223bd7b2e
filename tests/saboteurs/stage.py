"""A server that plays one saboteur after the other on the same port, so that trying many costs little."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from conformance.serving import hooks, organizations
from conformance.target import Actor, Target
from mock_server.app import create_app
from mock_server.contract import MockApi
from mock_server.settings import Settings
from tests.saboteurs.saboteur import Saboteur
from tests.servers import listening


class Stage:
    """The application of the server, whichever plays now, and how the suite reaches it."""

    def __init__(self) -> None:
        self.base_url = ""
        self._playing: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands a request to whatever plays."""
        if self._playing is None:
            raise RuntimeError("nothing plays on this stage yet: call play()")
        await self._playing(scope, receive, send)

    def play(self, api: MockApi, saboteur: Saboteur | None = None, seed: int = 42) -> Target:
        """Puts on a fresh mock of `api`, honest or sabotaged, and returns it as a target of the suite.

        A sabotaged mock does not check its own answers: it would refuse to send the wrong ones.
        """
        if saboteur is None:
            self._playing = create_app([api], Settings(seed=seed))
        else:
            settings = Settings(seed=seed, validation="off")
            self._playing = saboteur.wire(create_app([saboteur.sabotage(api)], settings))
        actors = {each.name: Actor(each.name, each.token) for each in api.personas}
        memberships = {each.name: list(each.organizations) for each in api.personas}
        return Target(
            self.base_url,
            actors=actors,
            organizations=organizations(memberships),
            hooks=hooks(self.base_url),
            disposable=True,
        )


@contextmanager
def stage() -> Iterator[Stage]:
    """A stage on a free port of this machine; its server has stopped when this returns."""
    this = Stage()
    with listening(this) as base_url:
        this.base_url = base_url
        yield this
