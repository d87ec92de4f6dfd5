"""What people do with a family, by subject; each function is a deed of one of them, and goes by its page's action."""
