"""Where people are in a picture, and what is shown of them and of what is behind them."""
