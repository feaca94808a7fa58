"""The journal on paper: a day or a week as a table that is read in black and white, printed by the browser or as a PDF."""
