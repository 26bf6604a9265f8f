"""Reads files into the model: encodings, YAML, the tool's own canonical form. Every fault is a ``Diagnostic`` with its line."""
