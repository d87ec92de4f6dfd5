"""Today."""

urls = []
