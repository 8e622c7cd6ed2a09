"""Fetch the few browser files the console needs, once, and write down what they are.

For whoever renews one: change its version below and run `python tools/vendor.py` on a machine with npm. The files and
their manifest are part of the repository; nothing of npm is needed to run the product.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).parents[1] / "bot" / "web" / "console" / "static" / "vendor"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file of an npm package."""

    name: str
    version: str
    inside: str
    file: str


WANTED = (
    Wanted("htmx.org", "2.0.11", "dist/htmx.min.js", "htmx.min.js"),
    Wanted("@picocss/pico", "2.1.1", "css/pico.min.css", "pico.min.css"),
)


def main() -> None:
    """Write the files and `manifest.json`."""
    HERE.mkdir(parents=True, exist_ok=True)
    found = []
    for wanted in WANTED:
        body, licence = fetched(wanted)
        (HERE / wanted.file).write_bytes(body)
        found.append({**asdict(wanted), "sha256": hashlib.sha256(body).hexdigest(), "licence": licence})
    (HERE / "manifest.json").write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    sys.stdout.write(f"{len(found)} files in {HERE}\n")


def fetched(wanted: Wanted) -> tuple[bytes, str]:
    """The file's content and its package's licence."""
    with tempfile.TemporaryDirectory() as folder:
        name = f"{wanted.name}@{wanted.version}"
        pack = ["npm", "pack", "--silent", name]
        packed = subprocess.run(pack, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603 - of WANTED
        with tarfile.open(Path(folder) / packed.stdout.strip()) as archive:
            about = json.loads(member(archive, "package.json"))
            return member(archive, wanted.inside), str(about["license"])


def member(archive: tarfile.TarFile, name: str) -> bytes:
    """One file of a package."""
    found = archive.extractfile(f"package/{name}")
    if found is None:
        raise SystemExit(f"{name} is not in the package")
    return found.read()


if __name__ == "__main__":
    main()
