"""Bad input of every kind at every address of the pages: crossed, forged, broken, sent by machines."""
