"""Git, and how a working copy is brought together with everybody else's."""
