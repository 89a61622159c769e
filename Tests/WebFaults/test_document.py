"""Schemathesis asks the API whatever its document allows, and much that it doesn't: no answer may be an error of
the server, or one that the document doesn't tell of."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import SHOPS

# What is generated is the same every time.
SEED = "20261124"
CHECKS = ",".join([
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    "response_headers_conformance", "negative_data_rejection", "unsupported_method", "ignored_auth",
])

TOKENS = {
    "reading": ["read"],
    "changing": ["read", "change"],
    "leading": ["read", "change", "lead"],
    "administering": ["read", "change", "lead", "admin"],
    "watching": ["metrics"],
}


@pytest.mark.parametrize("kind", TOKENS)
def test_every_answer_is_documented(quiet, kind, tmp_path):
    quiet.add_user("管理", "admin")
    token = quiet.add_token(kind, *TOKENS[kind])
    with quiet.serve() as server:
        done = subprocess.run(
            [Path(sys.executable).with_name("schemathesis"), "run", f"{server.address}/api/openapi.json",
             "--header", f"Authorization: Bearer {token}", "--seed", SEED, "--generation-deterministic",
             "--max-examples", "15", "--checks", CHECKS, "--suppress-health-check", "all",
             "--phases", "examples,coverage,fuzzing,stateful", "--workers", "1", "--request-timeout", "30", "--no-color"],
            cwd=tmp_path, capture_output=True, text=True, timeout=900, env=dict(os.environ, PYTHONHASHSEED="0"))
        assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2000:]
        errors = [entry for entry in server.entries if entry["level"] == "error"]
        assert errors == [], errors[:5]
    for shop in SHOPS[:2]:
        quiet.run("history", shop, "--verify")
