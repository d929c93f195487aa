"""The engine as a server: other computers, phones and browsers bring pictures by WebRTC, and are
sent them back styled. No Qt.
"""
