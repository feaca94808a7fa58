"""The owner's side: settings and figures, one page for each thing that can be set or seen."""
