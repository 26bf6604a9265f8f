"""Secretaries who record, edit and share at the same time lose nothing, and nobody has to help them (see ``benchmarks``)."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.exhaustive


@pytest.mark.unix("fork")
@pytest.mark.usefixtures("home")
def test_everything_arrives_as_it_was_recorded(tmp_path: Path) -> None:
    """Two computers of one writer append to one file, two clones at a time; by ``sync`` and by git, laid on top and merged.

    ``.ci/run`` runs the simulation by ``sync`` alone.
    """
    from simulated.run import Scale, simulated  # imported here: not on Windows
    from simulation import MODES

    small = Scale(clones=8, units=4, rounds=3, jobs=2, seed=4, kills=0.0, edits=0.3)
    tally = simulated(tmp_path, "mixed", MODES["mixed"], small)
    assert tally.faults() == []
    assert len(tally.truth.recorded) > 50
    assert tally.truth.edits
