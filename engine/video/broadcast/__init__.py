"""The styled stream sent to a network service, by RTMP or WHIP."""
