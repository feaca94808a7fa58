"""The part with a key: visits, appointments, sessions, clients, resources and working time of one organization."""
