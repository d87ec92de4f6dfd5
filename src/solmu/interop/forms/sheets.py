"""Guards against spreadsheets that are made to harm: bombs, definitions in XML, files that are not what they say."""

import re
import zipfile
from io import BytesIO

from solmu.instruments.questionnaire import FormRefused

_FILES, _ALL_BYTES, _CHUNK = 200, 30_000_000, 65_536
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
            left = _ALL_BYTES
            for entry in archive.infolist():
                left = _guard_entry(archive, entry, left)
    except FormRefused:
        raise
    except Exception:  # noqa: BLE001 (a damaged zip fails in a dozen ways, zlib's and struct's among them)
        raise FormRefused("damaged") from None


def _guard_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    is_xml = entry.filename.endswith((".xml", ".rels", ".vml"))
    with archive.open(entry) as file:
        tail = b""
        while chunk := file.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise FormRefused("size")
            if is_xml:
                _guard_xml(tail + chunk, is_start=not tail)
                tail = chunk[-16:]
    return left


def _guard_xml(piece: bytes, *, is_start: bool) -> None:
    if is_start and piece[:2] in {b"\xff\xfe", b"\xfe\xff"}:  # a spelling in which the words below would not be seen
        raise FormRefused("entities")
    if b"\x00" in piece or _DEFINES.search(piece):
        raise FormRefused("entities")
