"""What the community allows and what then happens; used by chat, console, API and timetable alike."""
