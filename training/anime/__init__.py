"""The computed drawing teacher: people become characters, by landmarks, masks and vectors.

It runs in an environment of its own (`setup.sh`); nothing at run time imports it, nor torch.
"""
