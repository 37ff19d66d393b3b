"""A score in whatever words stand around it, and numbers that are none."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.report.scores import read_score

# A text and its score.
SCORES = """
7 | 7
7! | 7
7?? | 7
7ish | 7
7-ish | 7
seven-ish | 7
7 ish | 7
six-ish or seven | 6.5
6ish or 7 | 6.5
9 for yesterday and 4 today | 4
a 7 | 7
it's a 7 | 7
its a 7 today | 7
im a 6 today | 6
i'm at a 4 | 4
sitting at a 5 | 5
today = 6 | 6
mood=6 | 6
mood 6 | 6
mood: 6.5 | 6.5
Mood - 6 | 6
score: 8 | 8
6/10 | 6
6 /10 | 6
6/10, boring | 6
6/10ish | 6
6.5/10 | 6.5
3/5 | 6
4 of 5 | 8
3.5/5 | 7
70/100 | 7
70% | 7
about 70% | 7
75 percent | 7.5
8 out of 10 | 8
8 outta 10 | 8
eight outta ten | 8
eight of ten | 8
8 out 10 | 8
8 on 10 | 8
7 sur 10 | 7
7 von 10 | 7
7 de 10 | 7
siete | 7
un siete | 7
sept | 7
sept sur dix | 7
sieben | 7
eine sieben | 7
eine 7 heute | 7
un 6 aujourd'hui | 6
seis y medio | 6.5
sechs | 6
une petite 6 | 6
⭐⭐⭐ | 6
★★★★ | 8
4 stars | 8
four stars | 8
3 star day | 6
2.5 stars | 5
zero stars | 1
6-7 | 6.5
6 - 7 | 6.5
6–7 | 6.5
6 to 7 | 6.5
6 or 7 | 6.5
6/7 | 6.5
6, maybe 7 | 6.5
6 or maybe a 7 | 6.5
a 6 or a 7 | 6.5
between 5 and 6 | 5.5
between a 5 and a 6 | 5.5
somewhere between 6 and 7 | 6.5
five or six | 5.5
7.5-8 | 8
7 point 5 | 7.5
seven point five | 7.5
six and a half | 6.5
6 and a half | 6.5
6 1/2 | 6.5
a six and a half i think | 6.5
six, no, seven | 7
6, no, 7 | 7
6... no wait, 7 | 7
6 - actually 7 | 7
5. scratch that, 6 | 6
not a 7, more like a 5 | 5
6 no 7 | 7
i said 7 but make it a 6 | 6
was going to say 4 but lunch saved it so 6 | 6
minus two | 1
-2 | 1
-1/10 | 1
negative 3 | 1
0/10 | 1
11/10 | 10
100/10 | 10
12/10 would do again | 10
a ten | 10
ten out of ten | 10
TEN | 10
10!!!! | 10
perfect 10 | 10
one out of ten | 1
a one | 1
one | 1
a two maybe | 2
7 today | 7
today 7 | 7
7 tonight | 7
Today was a 7 | 7
today was like a 6 i guess | 6
today's a 5 | 5
today gets a 4 from me | 4
i'd give it a 6 | 6
id give today a solid 6 | 6
i would rate today an 8 | 8
rating today 8 | 8
put me down for a 6 | 6
put me down for 6 | 6
put 6 | 6
make it a 6 | 6
call it 6 | 6
going with 7 | 7
i'll go with a 7 | 7
let's say 6 | 6
let's call it a 7 | 7
say 6 | 6
i reckon a 6 | 6
i reckon 6 | 6
probably a 6 | 6
maybe 6? | 6
about a 6 | 6
around a 6 | 6
around 6 | 6
a low 6 | 6
a high 7 | 7
weak 6 | 6
generous 5 | 5
strong 8 | 8
nearly an 8 | 8
barely a 3 | 3
a grudging 6 | 6
overall 7 | 7
overall a 7 | 7
Overall: 7 | 7
all in all a 6 | 6
all in all, 6 | 6
feels like a 6 | 6
felt like a 3 | 3
work was a 4 | 4
shift was a 6 | 6
the day was a 6 | 6
my day was 8 | 8
yesterday was a 3, today a 6 | 6
today a 6, yesterday was a 3 | 6
up from a 4 to a 6 | 6
up from yesterday's 4, so 6 | 6
6, up from 4 | 6
went from a 3 to a 7 after lunch | 7
started at a 4, ended on a 7 | 7
morning was a 3 but afternoon was a 7 | 7
would have been an 8 but the printer died so 6 | 6
7, would've been an 8 without the commute | 7
7 (would be 9 without the traffic) | 7
it was a 7 until my boss came in, now a 4 | 4
had 3 meetings. 6 | 6
6. had 3 meetings | 6
3 meetings, 6 | 6
3 meetings and a 6 | 6
8 - shipped v2 | 8
8, shipped v2.1 | 8
8. slept 7 hrs | 8
slept 7 hrs, 8 | 8
on a scale of 1-10, 7 | 7
on a scale of 1 to 10 a 7 | 7
on a scale of 1 to 10 id say 7 | 7
1-10? 7 | 7
my boss gave me a 4 on my review. today is a 3 | 3
my kid got a 9 on his test! i give today a 7 | 7
got 8/10 on the quiz. 6 today | 6
the doc said pain is a 4. mood 6 | 6
5 til lunch then 8 | 8
6 because the wifi died | 6
6 bc the wifi died | 6
7 tho | 7
7 lol | 7
7 🙂 | 7
🙂 7 | 7
😩 3 | 3
7😊 | 7
hi! 7 | 7
hello 7 | 7
Hi there, 7 today, thanks | 7
evening! 6 from me | 6
6 thanks | 6
sorry late, 6 | 6
sorry for the late reply. 6 | 6
oh, um, 6 | 6
umm 6? | 6
tbh 5 | 5
tbh a 5 | 5
honestly 4 | 4
lowkey 8 | 8
solid 7 | 7
easy 9 | 9
a big fat 2 | 2
8.5!! | 8.5
8,5 | 8.5
7.25 | 7.5
6.7 | 6.5
7/10. pairing was the best part | 7
7. 1:1 with boss drained me | 7
7: 2 interviews booked | 7
7 2 interviews booked | 7
4 again | 4
another 4 | 4
still a 5 | 5
4 for yesterday | 4
for yesterday: 4 | 4
yesterday was a 4 | 4
monday was a 6 | 6
9 9 9 | 9
nine nine nine | 9
7 7 7 | 7
Number: 3. | 3
number 3 | 3
my number is 6 | 6
My number for today is 6 | 6
the number today is 5 | 5
i am giving 8 today | 8
i will give 6 only | 6
giving it 6 | 6
giving 6 marks | 6
6 marks | 6
7 points | 7
it was 7 for me | 7
for me 7 | 7
for me it was a 7 | 7
7 for me | 7
7 from me | 7
a 7 from me | 7
7 i think | 7
7 i'd say | 7
7 maybe 7.5 | 7.5
would say 7 | 7
i'd say about a 7 | 7
7 as usual | 7
7 as always | 7
solid six today, nothing special | 6
three. | 3
Three, and that's kind | 3
today scores a paltry 2 | 2
today merits a 4 at best | 4
a 4 at best | 4
4 at best | 4
7 at a push | 7
6 at most | 6
bit of a 4 | 4
4ish | 4
4-5 | 4.5
4/5ish | 8
a day for a 5 | 5
ok 5 | 5
meh 5 | 5
Meh. 5 | 5
blah, 5 | 5
eh, 5 | 5
5 meh | 5
good day 8 | 8
great day! 9 | 9
long day 5 | 5
long shift. 5. | 5
rough day, 3 | 3
bad day 2 | 2
busy, 6 | 6
tired. 4 | 4
tired 4 | 4
stayed late again 3 | 3
finished the deck 8 | 8
finished the deck, 8 | 8
shipped it!! 9 | 9
win: shipped it. 9 | 9
9 win: shipped it | 9
mood 7 energy 4 | 7
1. 7 2. emails 3. shipped it | 7
1) 7 2) emails 3) shipped it | 7
(7) | 7
"7" | 7
**7** | 7
7. | 7
7, | 7
rest of day 5 | 5
Passed my test over lunch, rest of the day 7 | 7
otherwise a 5 day | 5
she said yes. 9 day | 9
delivered the chapter. Day 8. Formatting was long | 8
Day itself 6, conveyor jams | 6
mood stuck at 5 | 5
a very quiet day, I should say six. Yours, Geoffrey | 6
6. Till 4 it jammed 9 times | 6
7. Client gave 5 star | 7
hmm, 5. felt like a 9 until the 9am | 5
canteen curry a 2. me 6 | 6
Seven comma five, thank you | 7.5
seven-and-a-half, love | 7.5
8 wait no 6 | 6
eight. wait no nine | 9
Graduation speeches x3, 5 | 5
big fat zero | 1
3/5 stars on the day | 6
"""

# Counts, times, dates, names and the scores of others and of things.
NO_SCORE = """
7 pts
#7
7x
7th
had 3 meetings
3 meetings today
three meetings before lunch
home at 9
home by 6
left at 5, dinner at 7
worked 9 to 5
worked 10-6
10-6 shift
12 hour shift
a 12 hour shift
did a 10 hour day
2 hours late
20 mins late
interview on 3/5
interview is 4/5 at 10
due 3/10
deadline is 5/10
chapter 4 done
ward 7 all day
van 9 again
exit 38
stop 88
band 7 in ielts
step 3 of the plan done
level 5 now
room 12
question 9
page 4
module 3 done
finished module 3
my son turned 4
my daughter is 6
she is 9
i'm 52
10 years at this job
5 years in
ran 5k
ran 5 km
walked 3 miles
6% battery
battery at 6%
54 out of 60
got 9 out of 12
passed with 90%
scored 8/10 on the quiz
got a 9 on my test
got a 4 on my review
my boss gave me a 4
my advisor gave the draft an 8
he rated the demo a 6
gave the movie a 7
the movie was a 7
the pasta was a 10
coffee was a solid 8
food 9/10
client left a 5 star review
got a 5 star review
5 star hotel
$7
spent $8
£5 lunch
5 euros
7 quid
version 3
v2 shipped
iphone 15
q3 numbers
team of 6
6 of us
two of us covering for five
one of those days
one good thing happened
one win
number one priority
24/7
24/7 on call
9-5 life
50/50
3 down 22 to go
3 down, 2 to go
i'm at 3 now
applied to 2 jobs
applied to 3
sent 4 more
sent 4
closed 3 tickets
22 sec
shots take 22 sec now
2 for 1 coffee
4 in a row
day 3 of training
day 2 of the plague
week 6
in 5 weeks
3x today
2nd interview
the 5th floor
5th interview
6am start
up at 4
up since 4
in bed by 10
call me at 7
phone 806 555 0142
flight 7 was late
bus 46 late
table 5 complained
sold 8
sold 8 chairs
7 people quit
7 day week
a 3 hour meeting
a 5 minute walk
6 pack
a 6 pack of beer
two thumbs
five guys for lunch
high five from the boss
high fives all round
4 wheel drive
7 eleven coffee
catch 22
cloud 9
10 out of 10 people agreed
9 times out of 10
9 out of 10 customers were fine
1 of 3 done
hope tomorrow is a 9
tomorrow will be a 10
aiming for an 8 tomorrow
not a 10
wish it was an 8
2 steps forward 1 step back
2 weeks to go
1.2.3
3.14.2
2026
100
the 7 train broke
temp was 8
it was 8 degrees
it's 9 already
it was 5 when i left
it was 7 before we finished
pain was a 7
his mood is a 3
mentor says apply to 10
my wife says it was a 9
they gave us a 4
reviewer 2 strikes again
plan b for 2 clients
took 3 tries
took me 4 hours
took 4
1 to 1 with boss
1:1 with boss
2:1 odds
0 wins
zero wins
zero energy
one more day
ten minutes late
nine hours in
eight of the staff quit
six weeks left
five emails in
four kids off sick
signed off on my NVQ level 2
number 9 bus was 20 mins behind
oven kept flashing code 3
zero no-shows at the clinic
my sister's day was a 3
the new canteen gets a 6
4-day week goal is done
sent another 4 CVs this morning
someday I'll be texting you a ten
"""


@pytest.mark.parametrize(("text", "score"), [line.rsplit(" | ", 1) for line in SCORES.strip().splitlines()])
def test_a_score_is_read_in_many_voices(text: str, score: str) -> None:
    assert read_score(normalise(text)) == float(score)


@pytest.mark.parametrize("text", NO_SCORE.strip().splitlines())
def test_a_number_that_is_no_score_is_none(text: str) -> None:
    assert read_score(normalise(text)) is None


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("1. 7\n2. emails\n3. shipped it", 7),
        ("didn't apply\nso a 3", 3),
        ("line 3 down 4 hrs 6 tho", 6),
        ("cut my hand w the box cutter 3 stitches 4", 4),
        ("w/ the new machine shots take 22 sec now. 6/10 day", 6),
        ("My advisor gave the draft an 8. I give today a 4", 4),
        ("Three. Sorry, that was yesterday I was thinking of. Four", 4),
        ("I was going to say 5 but on reflection it was a 7. Loved the reply to question 9.", 7),
        ("last week I gave you a 5 and a 7 and, I think, a 6. Eight. I considered a nine and thought better of it.", 8),
        ("Nine is silly, two is ungrateful. Seven. No: seven and a half.", 7.5),
        ("If 10 is the sea and 1 is the tax portal, today was 7.", 7),
        ("mood 6, would be an 8 w/o the postmortem", 6),
        ("the costs hearing was a 6, the day itself was an 8 until the traffic, so let us settle on 7.5", 7.5),
        ("supervisor on my neck drained me 4 ate lunch w Beto", 4),
        ("seven and one half out of ten", 7.5),
        ("today was a solid ate out of ten", 8),
        ("drained\n6\nor 7\nyou pick", 6.5),
    ],
)
def test_the_score_is_found_in_a_longer_text(text: str, score: float) -> None:
    assert read_score(normalise(text)) == score


@given(
    st.sampled_from(["7", "7/10", "a solid 7", "seven", "mood: 7", "it was a 7", "7!!"]),
    st.sampled_from(
        ["", "had 3 meetings.", "slept 7 hrs.", "home at 9pm.", "chapter 4 done!", "sick of the phones\n", "hi 👋"]
    ),
    st.sampled_from(
        ["", ". interview is on 3/5", ". ran 5k", "\nmet 2 clients", ". Best, Carol", " 🙂", ". bed by 10"]
    ),
)
def test_a_score_survives_innocent_text_around_it(score: str, before: str, after: str) -> None:
    assert read_score(normalise(f"{before} {score}{after}")) == 7


WRITTEN = {
    "7": 7, "7/10": 7, "7 / 10": 7, "7 out of 10": 7, "4/5": 8, "80%": 8, "6-7": 6.5, "6 or 7": 6.5, "7.5": 7.5,
    "between 5 and 6": 5.5, "7-": 7, "6+": 6, "7*": 7, "7-ish": 7, "7 i guess": 7, "3 at best": 3, "mood: 7/10": 7,
    "I'd say a 6/10": 6, "7 x": 7, "10/10": 10, "6 and a half": 6.5,
}  # fmt: skip
JOINTS = (". ", ", ", " - ", "- ", ": ", "; ", " — ", "... ", "\n", " 😊 ", "🙂 ", " | ", " / ", " + ", " :) ")
REPORTS = ("loved the workshop", "budget mtg drained me", "got the visa sorted", "client calls wore me out", "tired")


@given(st.sampled_from([*WRITTEN.items()]), st.sampled_from(JOINTS), st.sampled_from(REPORTS))
def test_a_score_is_read_whatever_sign_parts_it_from_the_rest(
    written: tuple[str, float], joint: str, report: str
) -> None:
    form, score = written
    assert read_score(normalise(form + joint + report)) == score
    assert read_score(normalise(report + joint + form)) == score


@given(st.text(max_size=300) | st.text("0123456789.,/:-%★⭐½ \n'\"onetwofirut$#", max_size=200))
@example("9" * 10_000)
@example("6½")
@example("½")
def test_a_score_is_on_the_scale(text: str) -> None:
    score = read_score(normalise(text))
    assert score is None or (1 <= score <= 10 and score * 2 == int(score * 2))
