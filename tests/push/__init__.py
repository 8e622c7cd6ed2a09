"""Lesson pushes: written, agreed to, sent once to each, watched."""
