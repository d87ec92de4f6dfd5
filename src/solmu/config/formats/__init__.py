"""Dates and times as they are written in Finland, where Django's own formats follow Sweden or the United States."""
