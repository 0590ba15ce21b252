"""What people say of a scheme: those helped, those who help, and staff. By a token or by a
single-use code; and complaints and pulses."""
