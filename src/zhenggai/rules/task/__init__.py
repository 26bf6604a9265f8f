"""The life of one task: transitions, guards and effects of entries, and the fold that makes its state."""
