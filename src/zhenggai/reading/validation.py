"""Pydantic comes in here and nowhere else, without the search for plugins among all installed packages (24 ms)."""

import os

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import Field, TypeAdapter, ValidationError  # after the line above

__all__ = ["Field", "TypeAdapter", "ValidationError"]
