"""Guards against spreadsheets that are made to harm: bombs, definitions in XML, files that are not what they say."""

import re
import zipfile
from io import BytesIO

from solmu.instruments.questionnaire import FormRefused

_FILES, _ALL_BYTES, _CHUNK = 200, 12_000_000, 65_536
_LOOKS, _LOOKS_BYTES = "xl/styles.xml", 2_000_000  # how cells look: read as a whole, and slowly
_TAGS = 700_000  # three thousand rows and all answers, each with every column
_DEFINES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def guard(raw: bytes) -> None:
    """Refuses a zip that is broken, unpacks to more than a form may be, or holds XML with definitions of its own.

    What is unpacked is counted, not what the file says of itself; it is read and thrown away, piece by piece.
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            if len(archive.infolist()) > _FILES:
                raise FormRefused("size")
            if "xl/workbook.xml" not in archive.namelist():
                raise FormRefused("kind")
            bytes_left, tags_left = _ALL_BYTES, _TAGS
            for entry in archive.infolist():
                size, tags = _guard_entry(archive, entry, bytes_left)
                bytes_left, tags_left = bytes_left - size, tags_left - tags
                if tags_left < 0:
                    raise FormRefused("size")
    except FormRefused:
        raise
    except Exception:  # noqa: BLE001 (a damaged zip fails in a dozen ways, zlib's and struct's among them)
        raise FormRefused("damaged") from None


def _guard_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> tuple[int, int]:
    """How many bytes and tags it holds."""
    is_xml = entry.filename.endswith((".xml", ".rels", ".vml"))
    if entry.filename == _LOOKS:
        most = min(most, _LOOKS_BYTES)
    size = tags = 0
    with archive.open(entry) as file:
        tail = b""
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise FormRefused("size")
            if is_xml:
                _guard_xml(tail + chunk, is_start=not tail)
                tail = chunk[-16:]
                tags += chunk.count(b"<")
    return size, tags


def _guard_xml(piece: bytes, *, is_start: bool) -> None:
    if is_start and piece[:2] in {b"\xff\xfe", b"\xfe\xff"}:  # a spelling in which the words below would not be seen
        raise FormRefused("entities")
    if b"\x00" in piece or _DEFINES.search(piece):
        raise FormRefused("entities")
