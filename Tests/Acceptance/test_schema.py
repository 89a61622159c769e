"""The JSON Schema for editors: accepts what is right, and refuses what lint refuses where a schema can."""

import json
import re
import subprocess

import jsonschema
import pytest
import yaml
from program import SHIPPED, Program
from corpus import BROKEN, FINE


class Text(yaml.SafeLoader):
    """Dates as editors hand them to a schema: as they are written."""


Text.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}


def read(content):
    return yaml.load(content, Loader=Text)


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    return Program(tmp_path_factory.mktemp("schema"))("schema").json


@pytest.fixture(scope="module")
def validator(schema):
    return jsonschema.Draft202012Validator(schema)


def test_is_a_schema_of_2020_12(schema):
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


def test_accepts_the_shipped_checklists(validator):
    paths = [*SHIPPED.glob("*.yaml")]
    assert paths
    for path in paths:
        validator.validate(read(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", FINE)
def test_accepts_what_lint_accepts(validator, name):
    if name == "plain-scalars":  # an editor may ask for quotes where the program needs none
        return
    validator.validate(read(FINE[name].removeprefix("\ufeff")))


EXTENSION = {"checklist": "derived", "title": "T", "extends": "base"}


@pytest.mark.parametrize("more", [
    {}, {"remove": ["a"]}, {"items": [{"id": "a", "title": "A", "stands-for": "rebound"}]}], ids=str)
def test_an_extension_needs_no_items(validator, more):
    validator.validate(EXTENSION | more)


@pytest.mark.parametrize("wrong", [
    {"extends": "No Id"}, {"remove": "a"}, {"remove": ["No Id"]}, {"items": []}, {"title": None}], ids=str)
def test_an_extension_is_checked_like_any_other(validator, wrong):
    assert not validator.is_valid(EXTENSION | wrong)


@pytest.mark.parametrize("broken", [broken for broken in BROKEN if broken.by_schema], ids=lambda broken: broken.name)
def test_refuses_what_lint_refuses(validator, broken):
    assert not validator.is_valid(read(broken.text))


@pytest.mark.parametrize(
    "broken", [broken for broken in BROKEN if not broken.by_schema], ids=lambda broken: broken.name)
def test_the_corpus_says_truly_what_a_schema_cannot_see(validator, broken):
    """It is no YAML, or its values one by one are right."""
    try:
        content = list(yaml.load_all(broken.text, Loader=Text))
    except yaml.YAMLError:
        return
    assert len(content) != 1 or content[0] is None or validator.is_valid(content[0])


def test_every_key_is_described(schema):
    """What an editor shows beside a key."""
    for place in (schema["properties"], schema["$defs"]["item"]["properties"]):
        for key, value in place.items():
            assert value.get("description"), key
    described = {*schema["properties"], *schema["$defs"]["item"]["properties"]}
    assert described >= {"extends", "remove", "stands-for", "checklist", "title", "description", "begins", "time-zone", "calendar", "when", "items", "id",
                         "details", "steps", "due", "owner", "critical", "needs", "proof", "remind", "escalate"}


def test_patterns_are_read_alike_by_python_and_javascript(schema):
    """No look-behinds, named groups, possessive or Unicode-only forms."""
    for pattern in re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(schema, ensure_ascii=False)):
        text = json.loads(pattern)
        re.compile(text)
        assert not re.search(r"\(\?[<P]|\\p|\\[AZz]|[*+?]\+", text)


@pytest.mark.parametrize("words", [[], ["--format", "json"]], ids=str)
def test_is_the_same_however_it_is_asked_for(run, schema, words):
    assert run("schema", *words).json == schema


def test_other_formats_are_wrong_usage(run):
    assert run("schema", "--format", "csv", status=64).out == b""


def test_needs_no_store_and_no_checklists(run, tmp_path):
    bare = {"SWITCHLIST_STORE": None, "SWITCHLIST_CHECKLISTS": None}
    (tmp_path / "empty").mkdir()
    run("schema", env=bare, cwd=tmp_path / "empty")
    assert not (run.folder / "data" / "switchlist").exists()


def test_jsonschemas_own_command_accepts_it(run, tmp_path):
    run.write("schema.json", run("schema").out)
    document = read((SHIPPED / "douyin-after-switch.yaml").read_text(encoding="utf-8"))
    run.write("checklist.json", json.dumps(document))
    subprocess.run(
        ["python3", "-W", "ignore", "-c", "import jsonschema, json, sys; jsonschema.validate("
         "json.load(open('checklist.json')), json.load(open('schema.json')))"], cwd=tmp_path, check=True)
