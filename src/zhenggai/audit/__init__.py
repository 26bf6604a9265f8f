"""The audit: checks the git history against the rules for who may change what.

The rules: an entry that was pushed is never altered or deleted; a unit writes in its own folder only; no unit reviews its
own task; an issued plan changes by 调整 only. ``audit_run`` starts an audit, ``walk`` goes through the commits, and each other
module judges one aspect of a commit.
"""
