"""The house: what a machine can hold the code to, whatever the code does."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "solmu"


def files(*endings: str, under: Path = SOURCE) -> Iterator[Path]:
    """Solmu's own files with these endings, vendored ones left out."""
    for path in sorted(under.rglob("*")):
        if path.suffix in endings and "vendor" not in path.parts and "__pycache__" not in path.parts:
            yield path


def place(path: Path, text: str, position: int) -> str:
    """Where in the checkout `position` of the file's text stands, as an editor understands it."""
    return f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, position) + 1}"
