"""The web server: HTTP, WebSocket, the page for phones, and what guards them."""
