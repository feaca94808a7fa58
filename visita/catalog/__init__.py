"""What can be booked: specialties, services, who does them, what else they need, what they cost."""
