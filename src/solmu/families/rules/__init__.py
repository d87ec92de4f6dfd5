"""What is true of names, ages, phones and identity codes. Pure: no database, no clock."""
