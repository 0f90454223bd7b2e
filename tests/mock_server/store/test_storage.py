"""The state file as TinyDB's storage."""

from pathlib import Path

from tinydb import TinyDB, where

from mock_server.store.tinydb.storage import JournalStorage


def test_plain_tinydb_opens_a_state_file(tmp_path: Path) -> None:
    """Whoever knows TinyDB can query what a server has left."""
    storage = JournalStorage(tmp_path / "state")
    storage.write({"viben.sessions": {"a": {"status": "active"}}})
    storage.append([("viben.sessions", "b", {"status": "failed"}), ("viben.sessions", "a", None)])
    storage.close()

    with TinyDB(tmp_path / "state", storage=JournalStorage) as database:
        sessions = database.table("viben.sessions")
        sessions.document_id_class = str  # TinyDB's own ids are numbers
        found = sessions.search(where("status") == "failed")

        assert found == [{"status": "failed"}]
        assert sessions.get(doc_id="b") == found[0]


def test_a_new_file_has_no_tables(tmp_path: Path) -> None:
    """TinyDB wants to hear None then."""
    storage = JournalStorage(tmp_path / "state")
    try:
        assert storage.read() is None
    finally:
        storage.close()
