"""The Finnish personal identity code: its sense, and what it says of a person."""

from datetime import date

from stdnum.exceptions import ValidationError
from stdnum.fi import hetu

_CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}


def normal_identity_code(text: str) -> str:
    """The code in capitals without spaces, or nothing when it is not one; temporary codes (900–999) are codes too."""
    try:
        return hetu.validate("".join(text.split()), allow_temporary=True)
    except ValidationError:
        return ""


def born_by(code: str) -> date:
    """The date of birth that a code says."""
    return date(_CENTURIES[code[6]] + int(code[4:6]), int(code[2:4]), int(code[:2]))


def sign_by(code: str) -> str:
    """`man` for an odd number, `woman` for an even one."""
    return "man" if int(code[7:10]) % 2 else "woman"
