"""Git: history and trees of a repository, merging of two versions, and the steps of ``sync``."""
