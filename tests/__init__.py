"""What is tested across packages: architecture, journeys in a browser, races, faults; and the ground all tests stand on."""
