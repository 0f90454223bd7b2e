"""Collections of the default store against plain dictionaries, through forks."""

from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from mock_server.store import CollectionPlan, DuplicateKey, UnknownKey
from mock_server.store.tinydb import TinyStore

KEYS = st.sampled_from([f"k{number}" for number in range(12)])
DOCUMENTS = st.fixed_dictionaries(
    {"rank": st.one_of(st.none(), st.integers(0, 5)), "tags": st.lists(st.text())}
)
PLAN = CollectionPlan(
    "things", indexes={"rank": lambda thing: None if thing["rank"] is None else (thing["rank"],)}
)
Model = dict[str, dict[str, Any]]


class Forks(RuleBasedStateMachine):
    """Writes to any of several stores that were forked from each other."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[TinyStore, Model]] = [(TinyStore.create({"t": PLAN}), {})]

    @rule(which=st.integers(0, 3), key=KEYS, document=DOCUMENTS)
    def insert(self, which: int, key: str, document: dict[str, Any]) -> None:
        """A new document is stored, a second one under its key refused."""
        store, model = self._pair(which)
        if key in model:
            with pytest.raises(DuplicateKey):
                store.collection("t").insert(key, document)
        else:
            assert store.collection("t").insert(key, document) == document
            model[key] = document

    @rule(which=st.integers(0, 3), key=KEYS, document=DOCUMENTS)
    def update(self, which: int, key: str, document: dict[str, Any]) -> None:
        """What is there is replaced, what is not there refused."""
        store, model = self._pair(which)
        if key in model:
            store.collection("t").update(key, document)
            model[key] = document
        else:
            with pytest.raises(UnknownKey):
                store.collection("t").update(key, document)

    @rule(which=st.integers(0, 3), key=KEYS)
    def delete(self, which: int, key: str) -> None:
        """What is there goes."""
        store, model = self._pair(which)
        if model.pop(key, None) is None:
            with pytest.raises(UnknownKey):
                store.collection("t").delete(key)
        else:
            store.collection("t").delete(key)

    @rule(which=st.integers(0, 3))
    def fork(self, which: int) -> None:
        """A fork begins with the same documents."""
        store, model = self._pair(which)
        self.pairs = [*self.pairs[-3:], (store.fork(), dict(model))]

    @rule(which=st.integers(0, 3), model=st.dictionaries(KEYS, DOCUMENTS))
    def load(self, which: int, model: Model) -> None:
        """Everything is replaced at once."""
        store, old = self._pair(which)
        store.load("t", model)
        old.clear()
        old.update(model)

    @invariant()
    def agrees(self) -> None:
        """Every store has what its own model has, by key and in the order of the index."""
        for store, model in self.pairs:
            assert dict(store.collection("t").items()) == model
            ranked = sorted((thing["rank"], key) for key, thing in model.items() if thing["rank"] is not None)
            assert list(store.collection("t").find("rank")) == [model[key] for _, key in ranked]
            low = [model[key] for rank, key in ranked if rank == 1]
            assert list(store.collection("t").find("rank", (1,), descending=True)) == low[::-1]

    def _pair(self, which: int) -> tuple[TinyStore, Model]:
        return self.pairs[which % len(self.pairs)]


TestForks = Forks.TestCase
