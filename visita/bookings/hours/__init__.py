"""Working time and the visits that stand in it: whom a change leaves outside, and where those could go."""
