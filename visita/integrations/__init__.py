"""Outside systems: one folder each, all of one shape; a folder reads its system's words and calls our actions.

Words: mapping, source, external id. Invariant: nothing here writes a table; only actions below do."""
