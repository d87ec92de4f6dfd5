"""What is known of a package while it is being checked: its documents, and the faults found so far."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from solmu.operating_models.facts import Catalogue
from solmu.operating_models.package.problems import Problem
from solmu.operating_models.package.reading import Document


@dataclass(slots=True)
class Draft:
    """A package while it is read: its documents, and the names that they may refer to."""

    folder: Path
    files: dict[str, bytes]
    catalogue: Catalogue
    documents: dict[str, Document] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    guide: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def content(self, file: str) -> Any:
        """What a file says; an empty map when it is missing or unreadable."""
        document = self.documents.get(file)
        return document.content if document and isinstance(document.content, dict) else {}

    def under(self, folder: str, ending: str) -> dict[str, Document]:
        """The documents of a folder by the name of the file without its ending."""
        return {
            name.removeprefix(folder + "/").removesuffix(ending): document
            for name, document in self.documents.items()
            if name.startswith(folder + "/") and name.endswith(ending)
        }
