"""The audit: the history held against what may be done in it. What landed is neither altered nor deleted, each hand
writes in its own folder, nobody reviews itself, an issued plan changes by 调整 only.

``runs`` begins an audit, ``walk`` goes through the commits, the other modules each judge one thing about a commit.
"""
