"""What people write, each line with what it is meant to say. All of it is understood so: a test holds it."""

from datetime import time

from cli.simulation.record import DAYS, Meaning

REPORTS: tuple[tuple[str, float], ...] = (
    ("7", 7),
    ("8", 8),
    ("4", 4),
    ("6/10", 6),
    ("8/10", 8),
    ("a solid seven", 7),
    ("about a 6", 6),
    ("4/5", 8),
    ("3 stars", 6),
    ("2 today", 2),
    ("5, long day", 5),
    ("3. nothing worked", 3),
    ("9! finished module 3", 9),
    ("6. budget mtg drained me but mentoring Priya was great", 6),
    ("8. Win: sent off my portfolio", 8),
    ("7 today, win: called my mentor", 7),
    ("8. loved pairing with Tom", 8),
    ("4, sick of the standups", 4),
    ("7. Win: applied to 2 jobs", 7),
    ("5. the reorg is draining me", 5),
)
YESTERDAYS: tuple[tuple[str, float], ...] = (("yesterday 3", 3), ("yesterday was a 6", 6))
CORRECTIONS: tuple[tuple[str, float], ...] = (("sorry meant 4", 4), ("actually make that a 9", 9))
REVIEWS = (
    "best win: finished the report. next week I will call my mentor",
    "Win: shipped the new page. Next week I want to update my CV",
)
HOURS: tuple[tuple[str, time], ...] = (
    ("make it 7pm", time(19)),
    ("text me at 8:30am", time(8, 30)),
    ("noon is better", time(12)),
    ("make it 6:30pm", time(18, 30)),
    ("text me at 9am", time(9)),
    ("make it 8:30pm", time(20, 30)),
    ("text me at 5pm", time(17)),
)
DAY_SETS = (
    ("weekdays only", DAYS[:5]),
    ("every day", DAYS),
    ("just mon wed fri", ("mon", "wed", "fri")),
)
MOVES = (
    ("I moved to Denver", "America/Denver"),
    ("timezone Europe/Berlin", "Europe/Berlin"),
    ("I moved to Tokyo", "Asia/Tokyo"),
    ("I'm in Pacific time now", "America/Los_Angeles"),
    ("timezone America/Santiago", "America/Santiago"),
    ("timezone Australia/Sydney", "Australia/Sydney"),
    ("timezone Asia/Kathmandu", "Asia/Kathmandu"),
    ("timezone America/Havana", "America/Havana"),
    ("timezone Africa/Cairo", "Africa/Cairo"),
    ("timezone America/St_Johns", "America/St_Johns"),
    ("timezone America/New_York", "America/New_York"),
    ("timezone Pacific/Apia", "Pacific/Apia"),
    ("timezone Pacific/Honolulu", "Pacific/Honolulu"),
)
PAUSES = (("pause for a week", 7), ("pause for 3 days", 3))
SNOOZES = (("LATER", 60), ("ask me in 2 hours", 120), ("ask me in 30 minutes", 30))
STOPS_IN_WORDS = ("please stop texting me", "take me off this list", "stop these messages")
SKIPS = ("skip", "not today", "SKIP")
PLAN = "PLAN"
SMALL_TALK = ("thanks!", "STATS", "WINS", PLAN, "SETTINGS")
STEADY = Meaning("other")
