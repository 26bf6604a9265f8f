"""The text of an official paper → an outline by its marks → problems, measures and phases: ``drafting`` makes a draft of it."""
