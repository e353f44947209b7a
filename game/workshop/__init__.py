"""What an author does with a pack besides playing it: wander through it by the thousand, and be told what is wrong with it.

Knows no pygame, no SQL and no models; the command line opens its doors.
"""
