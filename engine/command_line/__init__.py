"""What the commands do; `main.py` names them and their options."""
