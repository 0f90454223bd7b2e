"""Named wrong behaviours of the mock, each made to break one requirement: they check the suite."""
