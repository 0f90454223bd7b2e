"""Which response stands under which code once assumed codes have become their class."""

from tests.openapi.contracts import WHY, answer, documented_responses

TEXT = {"type": "string"}
NUMBER = {"type": "number"}
OPEN_CODE = {"x-assumed": {"status": WHY}}


def test_an_assumed_code_becomes_its_class() -> None:
    """The body that is documented holds for every code of the class."""
    assert documented_responses({"201": answer(TEXT, **OPEN_CODE)}) == {"2XX": answer(TEXT)}


def test_an_assumed_response_leaves_its_class_open() -> None:
    """Any code of the class passes, with any body or none."""
    assert documented_responses({"404": answer(TEXT) | {"x-assumed": WHY}}) == {
        "4XX": {"description": "An answer"}
    }


def test_codes_of_one_class_become_alternatives() -> None:
    """What two bodies stand for without their codes, either of them may stand for."""
    result = documented_responses({"200": answer(TEXT, **OPEN_CODE), "201": answer(NUMBER, **OPEN_CODE)})

    assert result == {"2XX": {"description": "An answer", **answer({"anyOf": [TEXT, NUMBER]})}}


def test_equal_alternatives_are_one() -> None:
    """Nothing is gained by offering the same body twice."""
    result = documented_responses({"200": answer(TEXT, **OPEN_CODE), "201": answer(TEXT, **OPEN_CODE)})

    assert result == {"2XX": answer(TEXT)}


def test_a_response_with_any_body_makes_the_class_accept_any() -> None:
    """One alternative without a promise leaves none to the class."""
    result = documented_responses(
        {"200": answer(TEXT, **OPEN_CODE), "204": answer(NUMBER) | {"x-assumed": WHY}}
    )

    assert "content" not in result["2XX"]


def test_a_documented_code_keeps_its_body_beside_an_assumed_response() -> None:
    """A response of ours takes nothing from what the vendor says of another code."""
    result = documented_responses({"400": answer(TEXT) | {"x-assumed": WHY}, "404": answer(NUMBER)})

    assert result == {"404": answer(NUMBER), "4XX": {"description": "An answer"}}


def test_a_body_without_code_may_come_under_a_documented_one() -> None:
    """The vendor shows both bodies and the code of one: the other may have the same."""
    result = documented_responses({"200": answer(TEXT), "201": answer(NUMBER, **OPEN_CODE)})

    assert result == {"200": answer({"anyOf": [TEXT, NUMBER]}), "2XX": answer(NUMBER)}


def test_a_default_response_stays_among_the_alternatives() -> None:
    """The new class stands before `default`, which so far held for the codes of the class."""
    result = documented_responses({"404": answer(TEXT, **OPEN_CODE), "default": answer(NUMBER)})

    assert result == {"4XX": answer({"anyOf": [TEXT, NUMBER]}), "default": answer(NUMBER)}


def test_a_documented_class_stays_among_the_alternatives() -> None:
    """What the vendor says of a whole class still passes when an assumed code joins the class."""
    result = documented_responses({"4XX": answer(NUMBER), "404": answer(TEXT, **OPEN_CODE)})

    assert result["4XX"]["content"]["application/json"]["schema"] == {"anyOf": [TEXT, NUMBER]}


def test_an_alternative_without_a_schema_leaves_none() -> None:
    """One response that may be any JSON makes the class any JSON."""
    result = documented_responses({"200": answer(TEXT, **OPEN_CODE), "201": answer({}, **OPEN_CODE)})

    assert result == {"2XX": answer({})}


def test_media_types_that_overlap_share_their_schemas() -> None:
    """A body of application/json may be what the other response means by application/*."""
    wide = {"description": "An answer", "content": {"application/*": {"schema": NUMBER}}}
    result = documented_responses({"200": answer(TEXT, **OPEN_CODE), "202": wide | OPEN_CODE})

    either = {"schema": {"anyOf": [TEXT, NUMBER]}}
    assert result["2XX"]["content"] == {"application/json": either, "application/*": either}


def test_different_media_types_keep_their_schemas() -> None:
    """A text may be plain while a JSON body still has to fit its schema."""
    plain = {"description": "An answer", "content": {"text/plain": {"schema": TEXT}}}
    result = documented_responses({"200": answer(NUMBER, **OPEN_CODE), "202": plain | OPEN_CODE})

    assert result["2XX"]["content"] == {
        "application/json": {"schema": NUMBER},
        "text/plain": {"schema": TEXT},
    }


def test_only_headers_of_every_alternative_are_promised() -> None:
    """A header that one response does not describe may be anything there, or absent."""
    rate = {"schema": NUMBER, "required": True}
    first = answer(TEXT, headers={"X-Rate": rate, "X-Once": {"schema": TEXT}}, **OPEN_CODE)
    second = answer(NUMBER, headers={"X-Rate": rate}, **OPEN_CODE)

    assert documented_responses({"200": first, "201": second})["2XX"]["headers"] == {"X-Rate": rate}


def test_a_header_described_in_two_ways_may_be_any_text() -> None:
    """Tools read the text of a header by the type of its schema, and find none in alternatives."""
    headers = [{"X-Rate": {"schema": schema, "required": True}} for schema in (NUMBER, TEXT)]
    first, second = (answer(TEXT, headers=header, **OPEN_CODE) for header in headers)

    result = documented_responses({"200": first, "201": second})["2XX"]["headers"]
    assert result == {"X-Rate": {"schema": {}, "required": True}}


def test_a_header_is_required_when_every_alternative_requires_it() -> None:
    """One response that may come without the header makes it optional for the class."""
    headers = [{"X-Rate": {"schema": NUMBER, "required": required}} for required in (True, False)]
    first, second = (answer(TEXT, headers=header, **OPEN_CODE) for header in headers)

    result = documented_responses({"200": first, "201": second})["2XX"]["headers"]
    assert result == {"X-Rate": {"schema": NUMBER, "required": False}}


def test_links_of_all_alternatives_stay() -> None:
    """A link says where a tester can go on, whichever response it was."""
    links = [{name: {"operationId": "list_things"}} for name in ("A", "B")]
    first, second = (answer(TEXT, links=link, **OPEN_CODE) for link in links)

    assert set(documented_responses({"200": first, "201": second})["2XX"]["links"]) == {"A", "B"}


def test_an_assumed_response_keeps_only_links_that_read_no_body() -> None:
    """A link that takes an id from an assumed body may lead anywhere; from the request it does not."""
    links = {
        "Safe": {"operationId": "list_things", "parameters": {"id": "$request.path.id"}},
        "Guess": {"operationId": "list_things", "parameters": {"id": "$response.body#/id"}},
    }
    result = documented_responses({"200": answer(TEXT, links=links) | {"x-assumed": WHY}})

    assert set(result["2XX"]["links"]) == {"Safe"}
