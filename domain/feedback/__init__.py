"""What people say of a scheme: those helped, those who help, and staff. (Complaints and single-use codes: issue E.)"""
