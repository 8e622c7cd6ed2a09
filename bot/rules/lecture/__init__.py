"""Residents take the floor: an offer to teach, what the staff say to it, and what the lecturer hears of the lessons."""

from bot.rules.lecture.offering import MOST_OPEN, answer, asked_of, mine, offer, told_in, withdraw
from bot.rules.lecture.refusals import NoOfferOfYours, OfferDecided, TooManyOffers, WordsNeeded
from bot.rules.lecture.reviewing import Lecturer, accept, ask_back, lecturers, refuse
from bot.rules.lecture.telling import tell_news

__all__ = [
    "MOST_OPEN",
    "Lecturer",
    "NoOfferOfYours",
    "OfferDecided",
    "TooManyOffers",
    "WordsNeeded",
    "accept",
    "answer",
    "ask_back",
    "asked_of",
    "lecturers",
    "mine",
    "offer",
    "refuse",
    "tell_news",
    "told_in",
    "withdraw",
]
