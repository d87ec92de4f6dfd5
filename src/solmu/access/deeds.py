"""What people do, in one table: who may, which parts of the record it needs, which it may show besides."""

from dataclasses import dataclass
from enum import Enum

from solmu.access.classes import NONE, InformationClass as C
from solmu.access.roles import Role

_DESK = frozenset({Role.COUNSELLOR, Role.FAMILY_WORKER})
_RECEIVERS = frozenset({Role.RECEIVER})
_NETWORKERS = _DESK | _RECEIVERS
_PARTNERS = frozenset({Role.PARTNER})
_STEWARDS = frozenset({Role.STEWARD})
_COORDINATORS = frozenset({Role.COORDINATOR})
_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
_WORKERS = _NETWORKERS | _PARTNERS
_ALL = frozenset(Role)
_OVERVIEW = C.CASEWORK | C.SITUATION | C.PLAN | C.NETWORK | C.PERMISSIONS


@dataclass(frozen=True)
class Rule:
    """Roles that may do it; classes it cannot be done without; classes shown too if a grant opens them."""

    roles: frozenset[Role]
    needs: C = NONE
    shows: C = NONE
    writes: bool = False
    blind: bool = False
    """Shows nothing of any record: decided by role alone, and logged, on the record when one is named."""


class Deed(Enum):
    """Every deed that the gate knows. A deed that needs no class concerns no family's record."""

    rule: Rule

    # work without a family's record
    SEE_DESK = Rule(_WORKERS)
    TAKE_CONTACT = Rule(_DESK)
    SEARCH = Rule(_DESK)
    NOTE_GAP = Rule(_DESK)
    SEE_QUEUE = Rule(_NETWORKERS)
    SEE_MODELS = Rule(_ALL)
    ADOPT_MODEL = Rule(_COORDINATORS)
    RECEIVE_MODEL = Rule(_COORDINATORS | _ADMINISTRATORS)
    INSTALL_MODEL = Rule(_COORDINATORS | _ADMINISTRATORS, writes=True, blind=True)
    MOVE_ENGAGEMENTS = Rule(_COORDINATORS, writes=True, blind=True)
    WRITE_EXPERIENCE = Rule(_WORKERS | _COORDINATORS)
    DECIDE_EXPERIENCE = Rule(_COORDINATORS)
    SEE_GAPS = Rule(_COORDINATORS)
    MANAGE_FORMS = Rule(_COORDINATORS)
    OWN_ORIENTATION = Rule(_WORKERS)
    SIGN_ORIENTATION = Rule(_WORKERS | _COORDINATORS)
    SEE_ORIENTATION = Rule(_COORDINATORS)
    SEE_COMMITMENT = Rule(_ALL)
    WRITE_COMMITMENT = Rule(_COORDINATORS | _ADMINISTRATORS)
    REVIEW_ACCESS = Rule(_STEWARDS)
    MANAGE_ORGANISATION = Rule(_ADMINISTRATORS)
    OPEN_IN_EMERGENCY = Rule(_DESK)  # those who may then read the record
    KEEP_UP = Rule(frozenset())  # clocks and retention: only the system actor

    # contacts
    READ_CONTACT = Rule(_DESK, C.CASEWORK, C.IDENTITY | C.OWN_NOTES)
    WRITE_CONTACT = Rule(_DESK, C.CASEWORK, C.IDENTITY, writes=True)

    # the family and its case
    LIST_FAMILIES = Rule(_DESK, C.IDENTITY, C.CASEWORK)
    READ_FAMILY = Rule(_DESK, C.IDENTITY, _OVERVIEW)
    READ_PEOPLE = Rule(_DESK, C.IDENTITY, C.ADDRESS)
    WRITE_FAMILY = Rule(_DESK, C.IDENTITY, C.ADDRESS, writes=True)
    READ_ADDRESS = Rule(_DESK, C.ADDRESS)
    READ_IDENTITY_CODE = Rule(_DESK, C.IDENTITY)
    WRITE_CASE = Rule(_DESK, C.CASEWORK, C.IDENTITY, writes=True)
    CLOSE_CASE = Rule(_DESK, C.CASEWORK, C.PLAN | C.IDENTITY, writes=True)
    READ_LOG_OF_FAMILY = Rule(_DESK, C.IDENTITY)

    # life-situation map, facts, proposals
    READ_SITUATION = Rule(_DESK, C.SITUATION, C.IDENTITY)
    WRITE_SITUATION = Rule(_DESK, C.SITUATION, C.IDENTITY, writes=True)
    READ_YOUNG_PART = Rule(_DESK, C.SITUATION | C.YOUNG_PART, C.IDENTITY)
    WRITE_YOUNG_PART = Rule(_DESK, C.SITUATION | C.YOUNG_PART, C.IDENTITY, writes=True)
    READ_ANSWERS = Rule(_DESK, C.SITUATION, C.IDENTITY | C.CASEWORK | C.YOUNG_PART)
    WRITE_ANSWERS = Rule(_DESK, C.SITUATION, C.IDENTITY | C.CASEWORK | C.YOUNG_PART, writes=True)
    WRITE_PROTECTED = Rule(_DESK, C.PROTECTED, writes=True)
    READ_PROPOSAL = Rule(_DESK, C.SITUATION | C.CASEWORK, C.IDENTITY | C.PROTECTED)
    WRITE_PROPOSAL = Rule(_DESK, C.SITUATION | C.CASEWORK, C.IDENTITY | C.PROTECTED, writes=True)

    # permissions and referrals
    READ_PERMISSIONS = Rule(_DESK, C.PERMISSIONS, C.IDENTITY)
    WRITE_PERMISSIONS = Rule(_DESK, C.PERMISSIONS, C.IDENTITY, writes=True)
    PREPARE_REFERRAL = Rule(
        _DESK,
        C.CASEWORK | C.PERMISSIONS,
        C.IDENTITY | C.SITUATION | C.YOUNG_PART | C.PROTECTED,
        writes=True,
    )
    READ_SENT_REFERRAL = Rule(_DESK, C.CASEWORK, C.IDENTITY | C.PERMISSIONS | C.SITUATION | C.YOUNG_PART | C.PROTECTED)
    WRITE_SENT_REFERRAL = Rule(_DESK, C.CASEWORK, C.IDENTITY, writes=True)
    LIST_QUEUE = Rule(_NETWORKERS, C.PACKET)
    READ_PACKET = Rule(_NETWORKERS, C.PACKET)
    ANSWER_REFERRAL = Rule(_NETWORKERS, C.PACKET, writes=True)

    # network, meetings, promises
    READ_NETWORK = Rule(_NETWORKERS, C.NETWORK | C.PLAN, C.IDENTITY)
    WRITE_NETWORK = Rule(_NETWORKERS, C.NETWORK | C.PLAN, C.IDENTITY, writes=True)
    READ_OWN_PROMISES = Rule(_WORKERS, C.OWN_PROMISES)
    KEEP_OWN_PROMISE = Rule(_WORKERS, C.OWN_PROMISES, writes=True)

    def __new__(cls, rule: Rule):
        member = object.__new__(cls)
        member._value_ = len(cls.__members__) + 1  # equal rules must not become one deed
        member.rule = rule
        return member

    @property
    def code(self) -> str:
        """The deed's name in the log."""
        return self.name.lower()
