"""Who may sign in and what they may do: users, memberships, roles and rights, API keys, rate limits."""
