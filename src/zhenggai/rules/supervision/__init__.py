"""The work of supervising units: the ladder, letters, look-backs, interviews."""
