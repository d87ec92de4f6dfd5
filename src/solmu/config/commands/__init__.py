"""The commands of `solmu`, a module each: its docstring is its help, `add_arguments` and `run` its work.

None imports Django at the top, so that help comes at once and without settings.
"""
