"""Writes the reference of the package format: `python -m solmu.operating_models.schema`."""

import sys
from pathlib import Path

from solmu.operating_models.schema.reference import write_reference

TARGET = Path("docs/reference/package-format.md")

if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(write_reference(), encoding="utf-8")
