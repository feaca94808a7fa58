"""The waitlist for clients: joining it without an account, and the link by which one sees, accepts and leaves."""
