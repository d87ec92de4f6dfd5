"""What follows from what is answered: which items are asked, what is lacking, how answers are kept and shown."""
