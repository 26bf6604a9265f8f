"""The only import of pydantic. Its search for plugins among all installed packages is switched off (saves 24 ms)."""

import os

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import Field, TypeAdapter, ValidationError  # only after the line above

__all__ = ["Field", "TypeAdapter", "ValidationError"]
