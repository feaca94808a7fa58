"""The booking pages inside another site's page: the same views, without head and foot, named by their door."""
