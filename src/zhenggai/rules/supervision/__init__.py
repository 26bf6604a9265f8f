"""What supervising units owe and send: the ladder, letters, look-backs, interviews."""
