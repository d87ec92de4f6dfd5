"""Which parts of a record open to those who take a contact and to the pair that works with the family."""

from solmu.access.classes import InformationClass as C

CONTACT_CLASSES = C.CASEWORK | C.IDENTITY | C.OWN_NOTES

PAIR_CLASSES = C.IDENTITY | C.ADDRESS | C.CASEWORK | C.SITUATION | C.PLAN | C.NETWORK | C.SHARED_NOTES | C.OWN_NOTES
PAIR_CLASSES |= C.YOUNG_PART | C.PERMISSIONS | C.PROTECTED | C.FEEDBACK

# Nobody of the pair is left: enough for the unit to see whose work waits, and to take it on.
TAKING_OVER = C.CASEWORK | C.IDENTITY
