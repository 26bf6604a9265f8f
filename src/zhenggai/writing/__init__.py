"""Writes files under a lock, atomically and durably. A command's changes are written all or none."""
