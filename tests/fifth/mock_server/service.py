"""The rules of the board: nobody sees what another organization is told."""

from collections.abc import Iterator
from itertools import islice

from mock_server.auth import Persona
from mock_server.store import Document
from mock_server.world import World
from tests.fifth.mock_server.errors import NoticeNotFound


class Notices:
    """The notices that one caller may see."""

    def __init__(self, world: World, caller: Persona | None) -> None:
        self._notices = world.collection("board", "notices")
        self._organizations = caller.organizations if caller else ()

    def newest(self, limit: int) -> Iterator[Document]:
        """The newest notices of the caller's organizations."""
        all_notices = self._notices.find("age", descending=True)
        return islice((notice for notice in all_notices if self._may_see(notice)), limit)

    def get(self, notice_id: int) -> Document:
        """One notice. Raises `NoticeNotFound`, also where it is another organization's."""
        notice: Document | None = self._notices.get(str(notice_id))
        if notice is None or not self._may_see(notice):
            raise NoticeNotFound(notice_id)
        return notice

    def _may_see(self, notice: Document) -> bool:
        return notice["organization"] in self._organizations
