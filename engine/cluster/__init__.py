"""Many engines behind one address, as an application of Ray Serve's. Ray is imported nowhere else,
and only once a cluster is asked for.
"""
