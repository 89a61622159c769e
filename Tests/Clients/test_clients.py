"""Programs that are made from the API's document by other people's generators: they are made without a complaint, and
every kind of operation works through them."""

from pathlib import Path

from conftest import BIN

HERE = Path(__file__).parent


def test_openapi_generator_for_python(clients):
    clients.generated("python", "generated-python", "--additional-properties=packageName=switchlist_client")
    clients.made(BIN / "python", "-m", "compileall", "-q", "generated-python/switchlist_client")
    clients.drive(BIN / "python", HERE / "drive_openapi_generator.py", "generated-python")


def test_openapi_generator_for_typescript(clients):
    clients.generated("typescript-fetch", "generated-typescript")
    script = clients.folder / "drive.ts"
    script.write_text((HERE / "drive.ts").read_text(encoding="utf-8"), encoding="utf-8")
    # Without noImplicitAny, since Debian's compiler doesn't narrow by `in` yet, on which the generator relies.
    clients.made(
        "tsc", "--strict", "--noImplicitAny", "false", "--target", "es2020", "--module", "commonjs", "--lib",
        "es2020,dom,dom.iterable", "--outDir", "compiled", script)
    clients.drive("node", "compiled/drive.js")


def test_openapi_python_client(clients):
    done = clients.made(
        BIN / "openapi-python-client", "generate", "--path", clients.document, "--meta", "none",
        "--config", HERE / "openapi-python-client.yaml", "--output-path", "plain/switchlist_client")
    assert "WARNING" not in done.stdout + done.stderr, done.stdout + done.stderr
    clients.made(BIN / "python", "-m", "compileall", "-q", "plain/switchlist_client")
    clients.drive(BIN / "python", HERE / "drive_openapi_python_client.py", "plain")


def test_datamodel_code_generator(clients):
    clients.made(
        BIN / "datamodel-codegen", "--input", clients.document, "--input-file-type", "openapi",
        "--output-model-type", "pydantic_v2.BaseModel", "--output", "models/switchlist_models.py")
    models = (clients.folder / "models" / "switchlist_models.py").read_text(encoding="utf-8")
    for name in ["TickRequest", "ItemState", "ReportRow", "MatrixRow", "OverdueItem", "SwitchStep", "Problem"]:
        assert f"class {name}(" in models
    clients.drive(BIN / "python", HERE / "drive_models.py", "models")
