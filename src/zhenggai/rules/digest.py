"""What a close-out closed, as a short digest: a measure that is edited afterwards makes its close-outs suspect."""

import json
from hashlib import sha256

from zhenggai.rules.task import Task


def measure_digest(task: Task) -> str:
    """The first 8 hex digits of the SHA-256 of what a task asks for: text, owners, deadline, goal, standard, target."""
    measure, target = task.measure, task.measure.target
    asked = (
        measure.content,
        measure.units,
        measure.person,
        task.schedule.words,
        measure.goal,
        measure.standard,
        (target.name, target.requirement) if target else None,
    )
    return sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()[:8]
