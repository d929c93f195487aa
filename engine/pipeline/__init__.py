"""How frames travel between threads: mailboxes, meters, the stages' shared seams."""
