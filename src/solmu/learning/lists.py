"""The lists that an organisation's commitment is talked through with: data in `commitment/`, one file a version."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from solmu.operating_models.package.reading import read_document


@dataclass(frozen=True, slots=True)
class CommitmentList:
    """One version: its parts and items with their texts by language, sources and marks."""

    version: str
    parts: tuple[dict[str, Any], ...]
    sources: dict[str, dict[str, str]]

    @property
    def items(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """Every item by its id, with the part that it belongs to."""
        return {item["id"]: (part["id"], item) for part in self.parts for item in part["items"]}

    def sources_of(self, said: dict[str, Any]) -> list[dict[str, str]]:
        """Where a part or an item was read."""
        keys = said.get("source", [])
        return [self.sources[key] for key in ([keys] if isinstance(keys, str) else keys)]


class BrokenList(ValueError):
    """A list on disk that cannot be read."""


@lru_cache(maxsize=8)
def read_list(path: Path) -> CommitmentList:
    """The list of one file; raises BrokenList with the places of its faults."""
    document = read_document(path.name, path.read_bytes())
    if document.problems:
        raise BrokenList("\n".join(map(str, document.problems)))
    content = document.content
    return CommitmentList(content["version"], tuple(content["parts"]), content["sources"])


def newest_list() -> CommitmentList | None:
    """The list in use: the file with the highest number; None when the installation has none."""
    found = [path for path in settings.SOLMU_COMMITMENT.glob("*.yaml") if path.stem.isdecimal()]
    return read_list(max(found, key=lambda path: int(path.stem))) if found else None


def in_words(texts: dict[str, str]) -> str:
    """A text in the reader's language, else in Finnish."""
    return texts.get(get_language() or "fi") or texts["fi"]
