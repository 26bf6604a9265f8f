"""Roll-up: many counties' facts, filtered and summed by an engine that exists. What a task's state is has been decided by the fold."""
