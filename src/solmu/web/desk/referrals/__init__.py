"""Prepared contacts: the sender's pages."""

from solmu.web.desk.referrals import asking, outside, paper, preparing, sent

urls = [*preparing.urls, *asking.urls, *sent.urls, *outside.urls, *paper.urls]

__all__ = ["urls"]
