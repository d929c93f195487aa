"""Tests of the conditions that the doctor looks at."""
