"""Runs the areas that are named as arguments, in their order."""

import importlib
import sys

import scenario

for area in sys.argv[1:]:
    importlib.import_module(area).run()
sys.exit(1 if scenario.failed else 0)
