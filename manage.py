#!/usr/bin/env python
"""Django's own command line, for developers; people who run Solmu use `solmu`."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "solmu.config.settings")
execute_from_command_line(sys.argv)
