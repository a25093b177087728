"""Visavis: who stands where, vis-à-vis whom, and how do we know?"""

__version__ = "0.1.0"
