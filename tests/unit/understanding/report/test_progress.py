"""Steps towards goals, and what looks like one and is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.reply import Goal
from shared.domain.understanding.report.progress import read_progress

JOBS = Goal("g1", "Apply to 10 jobs", "jobs", 10, 3)
INTERVIEWS = Goal("g2", "Do 5 interviews", "interviews", 5, 1)
SAVINGS = Goal("g3", "Save 3000 dollars", "dollars", 3000, 850)
BOOKS = Goal("g4", "Read 12 books", "books", 12, 4)
CHATS = Goal("g5", "Have 5 coffee chats", "coffee chats", 5, 1)
KILOMETRES = Goal("g6", "Run 100 km", "km", 100, 38)
MODULES = Goal("g7", "Finish 8 modules", "modules", 8, 3)
PORTFOLIO = Goal("g8", "Redo my portfolio", None, None, 0)
EMAILS = Goal("g9", "Send 20 emails to recruiters", "emails", 20, 6)
LICENCE = Goal("ga", "Get my driving licence", None, None, 0)
REGISTRATION = Goal("gb", "Register the business with CAC", None, None, 0)
CHAPTERS = Goal("gc", "Write 6 chapters of my novel", "chapters", 6, 1)
CERTIFICATE = Goal("gd", "Finish the bookkeeping certificate", None, None, 0)
CUSTOMERS = Goal("ge", "Get 30 new customers", "customers", 30, 11)
CALLS = Goal("gf", "Call 15 clients", "clients", 15, 2)
PITCHES = Goal("gh", "Send 15 pitches", "pitches", 15, 7)
VOCABULARY = Goal("gi", "Learn 200 French words", "words", 200, 40)
PAGES = Goal("gj", "Write 50 pages", "pages", 50, 10)
POUNDS = Goal("gk", "Save 2000 pounds", "pounds", 2000, 400)
HOURS = Goal("gl", "Volunteer 40 hours", "hours", 40, 8)

STEPS: tuple[tuple[str, tuple[Goal, ...], tuple[tuple[str, str, float], ...]], ...] = (
    ("applied to 2 more jobs", (JOBS,), (("amount", "g1", 2),)),
    ("Sent off 3 applications this morning. 7", (JOBS,), (("amount", "g1", 3),)),
    ("another application in! 8", (JOBS,), (("amount", "g1", 1),)),
    ("applied for 4 roles", (JOBS,), (("amount", "g1", 4),)),
    ("I applied to one job", (JOBS,), (("amount", "g1", 1),)),
    ("applied to a job at the library", (JOBS,), (("amount", "g1", 1),)),
    ("Applied to Google!!", (JOBS,), (("amount", "g1", 1),)),
    ("got 2 more apps out the door", (JOBS,), (("amount", "g1", 2),)),
    ("2 more applications sent", (JOBS,), (("amount", "g1", 2),)),
    ("Today I finally applied to three jobs, feels good", (JOBS,), (("amount", "g1", 3),)),
    ("sent my CV to 2 companies", (JOBS,), (("amount", "g1", 2),)),
    ("put in 5 applications", (JOBS,), (("amount", "g1", 5),)),
    ("applied to 2 more, 8/10", (JOBS,), (("amount", "g1", 2),)),
    ("5. applied 2 jobs today sir", (JOBS,), (("amount", "g1", 2),)),
    ("I have applied for two jobs today", (JOBS,), (("amount", "g1", 2),)),
    ("knocked out 3 job apps before lunch", (JOBS,), (("amount", "g1", 3),)),
    ("im at 5 jobs now", (JOBS,), (("total", "g1", 5),)),
    ("that's 6 applications so far", (JOBS,), (("total", "g1", 6),)),
    ("6 applications down, 4 to go", (JOBS,), (("total", "g1", 6),)),
    ("only 4 to go!", (JOBS,), (("total", "g1", 6),)),
    ("5/10 applications done", (JOBS,), (("total", "g1", 5),)),
    ("5 of 10 jobs applied to", (JOBS,), (("total", "g1", 5),)),
    ("I'm up to 7 now", (JOBS,), (("total", "g1", 7),)),
    ("7 down 3 to go", (JOBS,), (("total", "g1", 7),)),
    ("Done with my applications goal!", (JOBS,), (("done", "g1", True),)),
    ("hit my job application goal 🎉", (JOBS,), (("done", "g1", True),)),
    ("finished all my applications", (JOBS,), (("done", "g1", True),)),
    ("smashed my goal!!", (JOBS,), (("done", "g1", True),)),
    ("had an interview today. 8", (INTERVIEWS,), (("amount", "g2", 1),)),
    ("2 interviews done", (INTERVIEWS,), (("amount", "g2", 2),)),
    ("survived my second interview", (INTERVIEWS,), (("amount", "g2", 1),)),
    ("Did two interviews back to back", (INTERVIEWS,), (("amount", "g2", 2),)),
    ("put $75 into savings", (SAVINGS,), (("amount", "g3", 75),)),
    ("saved 50 bucks today", (SAVINGS,), (("amount", "g3", 50),)),
    ("saved another $200", (SAVINGS,), (("amount", "g3", 200),)),
    ("moved $100 to my savings account", (SAVINGS,), (("amount", "g3", 100),)),
    ("hit $1200 in savings", (SAVINGS,), (("total", "g3", 1200),)),
    ("savings at $1,500 now", (SAVINGS,), (("total", "g3", 1500),)),
    ("I've got $1400 saved now", (SAVINGS,), (("total", "g3", 1400),)),
    ("up to $1k saved", (SAVINGS,), (("total", "g3", 1000),)),
    ("set aside 60 dollars", (SAVINGS,), (("amount", "g3", 60),)),
    ("Reached my savings goal!", (SAVINGS,), (("done", "g3", True),)),
    ("tucked 100 away", (SAVINGS,), (("amount", "g3", 100),)),
    ("squirrelled away £40 this week", (POUNDS,), (("amount", "gk", 40),)),
    ("put 20 quid in the holiday pot", (POUNDS,), (("amount", "gk", 20),)),
    ("transferred 150 into savings", (SAVINGS,), (("amount", "g3", 150),)),
    ("read 2 books this week", (BOOKS,), (("amount", "g4", 2),)),
    ("finished another book", (BOOKS,), (("amount", "g4", 1),)),
    ("finished a book on stoicism", (BOOKS,), (("amount", "g4", 1),)),
    ("Finished my reading goal!!", (BOOKS,), (("done", "g4", True),)),
    ("had a coffee chat with Sam", (CHATS,), (("amount", "g5", 1),)),
    ("2 coffee chats today", (CHATS,), (("amount", "g5", 2),)),
    ("grabbed a coffee chat w Lena", (CHATS,), (("amount", "g5", 1),)),
    ("ran 5k before work", (KILOMETRES,), (("amount", "g6", 5),)),
    ("ran 8 km", (KILOMETRES,), (("amount", "g6", 8),)),
    ("did 10 km today!", (KILOMETRES,), (("amount", "g6", 10),)),
    ("I'm on 46 km now", (KILOMETRES,), (("total", "g6", 46),)),
    ("50 km down, 50 to go", (KILOMETRES,), (("total", "g6", 50),)),
    ("finished 2 modules", (MODULES,), (("amount", "g7", 2),)),
    ("smashed out another module", (MODULES,), (("amount", "g7", 1),)),
    ("module 4 done", (MODULES,), (("amount", "g7", 1),)),
    ("Finished module 4!", (MODULES,), (("amount", "g7", 1),)),
    ("finished my portfolio!!", (PORTFOLIO,), (("done", "g8", True),)),
    ("portfolio is finally done", (PORTFOLIO,), (("done", "g8", True),)),
    ("Redid my portfolio, finally", (PORTFOLIO,), (("done", "g8", True),)),
    ("sent 4 emails to recruiters", (EMAILS,), (("amount", "g9", 4),)),
    ("emailed 3 recruiters", (EMAILS,), (("amount", "g9", 3),)),
    ("got my driving licence!!!", (LICENCE,), (("done", "ga", True),)),
    ("I have my driving licence, goal finished!!!", (LICENCE,), (("done", "ga", True),)),
    ("business is registered with CAC!", (REGISTRATION,), (("done", "gb", True),)),
    ("Registered the business with CAC today", (REGISTRATION,), (("done", "gb", True),)),
    ("wrote chapter 2", (CHAPTERS,), (("amount", "gc", 1),)),
    ("wrote 2 chapters", (CHAPTERS,), (("amount", "gc", 2),)),
    ("3 chapters written so far", (CHAPTERS,), (("total", "gc", 3),)),
    ("finished the bookkeeping certificate", (CERTIFICATE,), (("done", "gd", True),)),
    ("Done with my bookkeeping certificate goal!!!", (CERTIFICATE,), (("done", "gd", True),)),
    ("got 3 new customers", (CUSTOMERS,), (("amount", "ge", 3),)),
    ("signed a new customer", (CUSTOMERS,), (("amount", "ge", 1),)),
    ("called 4 clients", (CALLS,), (("amount", "gf", 4),)),
    ("sent 2 more pitches", (PITCHES,), (("amount", "gh", 2),)),
    ("applied for the manager job at Aldi", (JOBS,), (("amount", "g1", 1),)),
    ("long day but one more application in", (JOBS,), (("amount", "g1", 1),)),
    ("long day but 4 of 10 applications done", (JOBS,), (("total", "g1", 4),)),
    ("tired but im at 5 applications now", (JOBS,), (("total", "g1", 5),)),
    ("rough week but savings at 900", (SAVINGS,), (("total", "g3", 900),)),
    ("learned 20 new words", (VOCABULARY,), (("amount", "gi", 20),)),
    ("wrote 3 pages", (PAGES,), (("amount", "gj", 3),)),
    ("volunteered 3 hours at the shelter", (HOURS,), (("amount", "gl", 3),)),
    (
        "had an interview w the museum and sent 3 more apps",
        (JOBS, INTERVIEWS),
        (("amount", "g2", 1), ("amount", "g1", 3)),
    ),
    (
        "applied to 2 jobs, had 1 coffee chat and saved $40",
        (JOBS, CHATS, SAVINGS),
        (("amount", "g1", 2), ("amount", "g5", 1), ("amount", "g3", 40)),
    ),
    ("Win: applied to 2 jobs", (JOBS,), (("amount", "g1", 2),)),
    ("proud that I sent 2 apps", (JOBS,), (("amount", "g1", 2),)),
    ("managed to apply to 3 jobs", (JOBS,), (("amount", "g1", 3),)),
    ("applied to 3 jobs even tho im tired", (JOBS,), (("amount", "g1", 3),)),
)

NO_STEPS: tuple[tuple[str, tuple[Goal, ...]], ...] = (
    ("rejected from 2 jobs", (JOBS,)),
    ("got 3 rejections", (JOBS,)),
    ("2 jobs rejected me", (JOBS,)),
    ("my sister applied to 4 jobs", (JOBS,)),
    ("She applied to 4 jobs, I napped", (JOBS,)),
    ("will apply to 2 jobs tomorrow", (JOBS,)),
    ("need to apply to 2 jobs", (JOBS,)),
    ("didn't apply to any jobs", (JOBS,)),
    ("mentor says 'apply to 10 jobs a week'", (JOBS,)),
    ("juggling 2 jobs is killing me", (JOBS,)),
    ("saw 3 jobs I like", (JOBS,)),
    ("reviewed 4 applications for my boss", (JOBS,)),
    ("7", (JOBS,)),
    ("I'm at a 6 today", (JOBS,)),
    ("almost applied to 2 jobs", (JOBS,)),
    ("boss gave me 3 jobs to do", (JOBS,)),
    ("my app crashed 3 times", (JOBS,)),
    ("had 3 meetings and 2 calls", (JOBS,)),
    ("7 jobs on the board today", (JOBS,)),
    ("long day but didnt finish the portfolio", (PORTFOLIO,)),
    ("Did the job today, 6", (JOBS,)),
    ("finished the job early", (JOBS,)),
    ("interview with the museum went well", (INTERVIEWS,)),
    ("got an interview for friday!", (INTERVIEWS,)),
    ("have an interview tomorrow", (INTERVIEWS,)),
    ("Prepped for my interview", (INTERVIEWS,)),
    ("booked 2 interviews", (INTERVIEWS,)),
    ("spent $75 on lunch", (SAVINGS,)),
    ("got a $200 bonus", (SAVINGS,)),
    ("paid $40 for parking", (SAVINGS,)),
    ("saved the company $5000", (SAVINGS,)),
    ("booked 2 tables", (BOOKS,)),
    ("bought 3 books", (BOOKS,)),
    ("coffee with a designer from Figma", (CHATS,)),
    ("had 4 coffees, wired", (CHATS,)),
    ("drove 40 km to work", (KILOMETRES,)),
    ("started module 5", (MODULES,)),
    ("halfway through module 5", (MODULES,)),
    ("worked on my portfolio", (PORTFOLIO,)),
    ("finished the portfolio homepage", (PORTFOLIO,)),
    ("done for today. portfolio tomorrow", (PORTFOLIO,)),
    ("deleted 400 emails", (EMAILS,)),
    ("answered 60 emails", (EMAILS,)),
    ("got 5 emails from angry parents", (EMAILS,)),
    ("had 90 emails waiting", (EMAILS,)),
    ("sent 30 emails to angry clients", (EMAILS,)),
    ("passed my driving test!!", (LICENCE,)),
    ("had a driving lesson", (LICENCE,)),
    ("went to CAC, they closed early", (REGISTRATION,)),
    ("read 2 chapters", (CHAPTERS,)),
    ("studied for the bookkeeping certificate", (CERTIFICATE,)),
    ("3 customers yelled at me", (CUSTOMERS,)),
    ("served 40 customers", (CUSTOMERS,)),
    ("lost 2 customers", (CUSTOMERS,)),
    ("client called 4 times", (CALLS,)),
    ("worked 12 hours", (HOURS,)),
    ("slept 7 hours", (HOURS,)),
    ("I'm at 4 now", (JOBS, INTERVIEWS)),
)
ALL = (JOBS, INTERVIEWS, SAVINGS, PORTFOLIO, KILOMETRES, LICENCE, HOURS)


@pytest.mark.parametrize(("text", "goals", "steps"), STEPS)
def test_steps(text: str, goals: tuple[Goal, ...], steps: tuple[tuple[str, str, float], ...]) -> None:
    found, wins = read_progress(normalise(text), (), goals)
    assert list(found) == [{"goal": goal, kind: n} for kind, goal, n in steps]
    assert len(wins) == len(steps)


@pytest.mark.parametrize(("text", "goals"), NO_STEPS)
def test_no_steps(text: str, goals: tuple[Goal, ...]) -> None:
    assert read_progress(normalise(text), (), goals) == ((), ())


def test_a_win_that_was_read_already_is_not_told_twice() -> None:
    wins = ("applied to 2 jobs",)
    assert read_progress("7. applied to 2 jobs today", wins, (JOBS,)) == (({"goal": "g1", "amount": 2},), wins)


def test_without_goals_wins_stay_as_they_are() -> None:
    assert read_progress("applied to 2 jobs", ("applied to 2 jobs",), ()) == ((), ("applied to 2 jobs",))


@settings(max_examples=150)
@given(st.text(max_size=300))
def test_never_raises(text: str) -> None:
    read_progress(text, (), ALL)


@settings(max_examples=150)
@given(st.text(max_size=30), st.text(max_size=10), st.floats(0.5, 100))
def test_never_raises_on_any_goal(goal: str, unit: str, target: float) -> None:
    read_progress("applied to 2 jobs, 3 down, 2 to go. done with my goal", (), (Goal("g", goal, unit, target),))


WORDS = (
    "I applied to 2 more jobs 3 down , . and to go left my goal done finished $75 savings put saved at total so far"
    " another interview Priya not tomorrow 5k ran chapter 4 of / 10 k a 🎉 \n - that's now all the portfolio"
).split(" ")


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_never_raises_on_its_own_words(text: str) -> None:
    found, wins = read_progress(normalise(text), (), ALL)
    assert all(step["goal"] in {goal.id for goal in ALL} for step in found)
    assert all(win.strip() for win in wins)
