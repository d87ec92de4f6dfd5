"""What a prepared contact may hold, item by item, and the one way in which it is put together.

The preview that is read to the family, the packet that is frozen, the receiver's view and the print are all made of the
same sections: what the family hears is, word for word, what the receiver reads.
"""

from solmu.referrals.packet.building import Section, build_packet, packet_hash
from solmu.referrals.packet.catalogue import KINDS, Draft, Kind, label_of
from solmu.referrals.packet.offering import Offer, offers

__all__ = ["KINDS", "Draft", "Kind", "Offer", "Section", "build_packet", "label_of", "offers", "packet_hash"]
