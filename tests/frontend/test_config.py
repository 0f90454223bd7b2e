"""The configuration that the sample comes with fits the mock as it comes."""

import json

import pytest

import fixtures
import openapi
from tests.frontend.site import FRONTEND


@pytest.mark.parametrize("api", openapi.names())
def test_personas_of_the_sample_are_those_of_the_mock(api: str) -> None:
    """Whoever can be chosen to sign in has the token that the mock knows."""
    personas = json.loads((FRONTEND / "public/config.json").read_text())[api]["personas"]
    known = {each["name"]: each["token"] for each in fixtures.load(api)["personas"]}

    assert personas.items() <= known.items()
