"""How a day was, read from words and emoji in many voices, and what is said of something else."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.report.mood import Mood, read_mood


def mood(text: str, asked: str = "daily_checkin") -> float | str | None:
    return read_mood(normalise(text), asked).value


def lines(block: str) -> list[str]:
    return block.strip().splitlines()


HIGH = """
omg best shift everrr we beat the december record by 40 covers
great day
good
good!
pretty good
pretty good actually
solid day
solid
i'm so happy today
feeling great
feeling good about today
felt really good today
over the moon!!
on cloud nine
chuffed to bits
buzzing
absolutely buzzing
crushed it today
crushed it
killed it today
we smashed it
🎉🎉
😊
🔥🔥🔥
❤️
what a great day
best day this month
best day ever!!
day was good
deadly
brilliant day
brilliant
lovely day
a lovely day altogether
rather good
lowkey great
slay
slayed today
ate today ngl
today rocked
vibes were immaculate
good vibes all day
no notes
huge W today
started badly but turned out great
bloody brilliant
ripper of a day
bonza
stoked
sweet as
too good
superb day
first class
full josh today
kampe
lekker day
muy bien
très bien
super journée
gut
sehr gut
benissimo
it was good day
today is good day for me
i am very happy today
i had a good day
had a really nice day actually
most satisfactory
a splendid day
jolly good
capital day
pure class
pure brilliant the day
champion
reyt good
smashing day
ace
it was lush
mint
so good!!
SO GOOD
AMAZING
Great!
Awesome day
fun day
productive day
super productive
much better today
way better than i expected
could not be better
couldn't be better!
never better
happy days
life is good
loved today
loved every minute of it
enjoyed today
red letter day
solid b+
thumbs up
A+ day
went well
day went smoothly
smooth day
pure dead brilliant
feels good
feels great
feeling fab
feeling accomplished
felt alive again
on fire today 🔥
i was on fire
on a roll
killing it
winning
winning at life today
what a win of a day
w day
dub
today was a w
today was a vibe
such a vibe
good good
very very good
v good
unreal day
class day
cracking day
cracker of a day
belter
a proper belter
quality day
top day
top notch
spot on
bang on
smashing
lovely
lovely stuff
lovely jubbly
happy as larry
happy as a clam
pleased as punch
chuffed
well chuffed
dead chuffed
made up
absolutely made up
mood is good
mood: good
mood = great
today: good
today good
day good
work good
was good
is good
very nice day today
it was nice day
today was very nice
superb yaar
sweet day
day was top notch
A most agreeable day, thank you.
Perfectly pleasant
Could not have gone better
It could hardly have gone better
a good day, all told
All told, a good day.
On balance a good day
on the whole good
overall good
loving life
BEST DAY EVER
the best
simply the best
😂😂
😂
:D
<3
🤩
✨✨
☀️
🙌
💪
😎
😇
💯
🥰🥰
"""

LOW = """
awful day
today was a bit of a mess tbh
not great
not good at all
wasn't great
shit day
utter shite
brutal
brutal day
brutal shift, three call outs
shattered, bed now
absolutely knackered
feeling pretty low
feel like crap
swamped
swamped all day
totally swamped today
snowed under
just peachy 🙃
oh just fantastic, layoffs again
oh great, another reorg
great, another 3 hour meeting
fantastic. server down again.
yay, more layoffs
what a joy, mandatory overtime
wonderful, printer broke again
best day ever 🙄
great day 🙄
love that for me
so that was fun 🙃
😭😭😭
😩
👎
💩
😡
i've had better days
rough
rough day
rough one today
tough day at the office
tough one
hard day
what a terrible day
worst day in ages
not my day
terrible day all round
the day was awful
work was rough today
rather a poor day
today was trash
today sucked
sucked
today blew
dumpster fire of a day
absolute dumpster fire
complete shambles
it was a shambles
total nightmare
nightmare of a day
day from hell
shift from hell
hell
hot mess
vibes were off
big L
took an L today
burnt out
i am burnt out
i'm done
so done
over it
so over it
cried at lunch
cried in my car
ugh
ugh, monday
oof
barely survived
terrible, thanks for asking
bloody awful
crook
i'm stuffed
ekdum bakwas
wahala today
kak day
pagod na pagod
muy mal
fatal
horrible
nul
schlecht
nicht so toll
péssimo
very tiring day
today i am sad
my day was bad because my boss
had a shit day
didn't have a great day
didn't have the best day
can't say it was a good day
wouldn't call it a good day
far from great
anything but easy
less than ideal
hardly my finest hour
not one of my better days
rather trying
somewhat trying, i must confess
a bit rubbish
bit crap
pants
dire
grim
pretty grim tbh
dreich
scunnered
rubbish day
Terrible.
stressful
stressful day
super stressful today
exhausting
draining
frustrating
frustrating day
worse than yesterday
worse
couldn't be worse
the worst
down in the dumps
in bits
in bits over here
glad it's over
thank god that's over
longest day ever
never ending day
dragged
cooked
i'm cooked
im so cooked lol
fried
brain fried
my brain is mush
mentally drained
stressed
so stressed rn
overwhelmed
today i felt like a failure
hated today
hated every second
wouldn't wish it on anyone
a day to forget
one to forget
d-
thumbs down
pain.
suffering
send help
rip me
fml
i hate it here
dead inside
dead on my feet
dead
im dead 💀
screaming
internally screaming
honestly today kicked my butt
today kicked my ass
today beat me
today can do one
today can get in the bin
absolute bin fire
bit of a nightmare really
bit of a mare
proper rough
rough as
rough as guts
banjaxed
shocking altogether
brutal altogether
pure done in
wisnae great
hoo boy rough one
woof, rough
yikes today was rough
big yikes today
today was not it
today ain't it
not it today
not vibing today
im not ok
not ok
i'm not doing great
not feeling it today
sad
kinda sad today
pissed off
fuming
absolutely fuming
livid tbh
so angry
bored out of my skull
i want to quit
i wanna quit so bad
hating life
hate my job
today was an l
its giving burnout
absolute chaos
pure chaos today
terrible, just terrible
awful awful awful
bad bad bad
barely hanging on
barely
by a thread
hanging by a thread
drowning
drowning in tickets
buried in tickets
up to my eyeballs in invoices
snowed under with marking
swamped with tickets
slammed all day
slammed
relentless
relentless day
gutted
absolutely gutted
sick as a parrot
down as hell
low
mood low
mood - low
today: bad
today bad
work bad today
was shit
was terrible today
today is not good
today not so good
not so good today
too tired
very stress
many stress today
not upto the mark
not up to the mark
worst day yaar
mood off today
tension day
very much tired
bad day o
day was stressful o
A trying day.
A rather trying day, I fear.
Dismal.
It was a trial.
It could hardly have gone worse
overall not great
overall: bad
overall pretty rough
in summary: terrible
tldr bad day
tl;dr: rough
great 🙄
awesome 🙃
wow what a great day 🙄
loving life 🙃
just great. system down again
brilliant, laptop died again
oh joy. another audit
lovely, parking ticket to finish the day
nice, another weekend shift
super, overtime again
hooray another all hands
what a treat, three hour all hands
so fun getting yelled at by customers
so much fun (not)
today was fun /s
great day... not
great day NOT
"great" day
a "fun" day at work
another day in paradise 🙄
worst. day. ever.
🤒
💀
💀💀💀
☹️
:(
🫠
🤮
🌧️
"""

MID = """
today was alright
alright
fine
not great, not terrible
it was ok
it was ok i guess
ok day
meh
mehhhh
meh tbh
kinda meh
bit meh today
so-so
so so
🤷
🤷🏽‍♀️
i've had worse
fair to middling
nothing special
nothing to write home about
just another day
another day another dollar
it is what it is
busy day
work was fine
middling
average
bang average
mid
it was mid
getting by
plodding along
yeah nah alright
theek thaak
timepass
okay okay types
we move
okay lang
okay lang po
sakto lang
más o menos
bof
ça va
geht so
naja
mais ou menos
così così
tolerable
bearable
nowt special
nobbut middling
slow day
mixed bag
ups and downs
up and down
bit of both
fifty fifty
good and bad
neither good nor bad
everything was fine
went ok
went okay i think
it went fine
busy but fine
wis awright
awright
a'right ta
aye fine
fair tae middlin
relatively ok
more or less ok
kinda ok
ok-ish
okish
okayish
fine i guess
fine.
it was fine
it's fine
im fine
i'm okay
doing ok
doing alright
doing fine
all fine
all ok here
everything ok
nothing out of the ordinary
normal day
ordinary
typical day
regular day
standard
just a regular tuesday
it was a day
mood: meh
work ok
was ok
was alright
so so day
my day is normal
normal
nothing special today, normal day
today is nothing special
ok only
fine only
Tolerable, thank you.
Perfectly adequate.
I have known worse
nothing to grumble about
on balance, fine
overall meh
😅
"""

SAME = """
same as yesterday
same as ystdy
ditto
same
same again
exactly the same as last time
about the same as yesterday
no change
like yesterday
today was the same as yesterday
same as monday really
no change from yesterday
"""

LOW_OR_MID = """
wasn't the best
exhausted
so tired
i'm knackered
living the dream
😴
🙃
could be better
been better
long day
hectic day
one of those days
not my best day
mid af
bleh
blah
survived
i survived
made it through
hanging in there
surviving
alive
still alive
good morning, bad afternoon
great until 3 then awful
pretty average
hectic only
cansada
pas terrible
crevé
today very tired
the day was not so easy
not ideal
puggled
boring
boring day
weird day
strange one
today dragged
c-
today was a lot
it was a lot today
could've gone better
hard day but i got through it
bit of a slog
proper knackered
absolutely cream crackered
wrecked
i'm wrecked
no great the day
feeling off today
a bit off
off day
kind of an off day
bit flat
flat
numb
bored
bored af
chaos
v tired
fine, just tired
fine. tired.
survived another one
we survived
still here
still breathing
not drowning yet
run off my feet
rushed off my feet all day
nonstop
non stop day
mad day
mental day
manic
crazy busy
crazy day
little bit tired
i am very tired today
too hectic yaar
I have had better days
I have known better days
One has had better days.
another day in paradise
:/
😕
😬
🥱
🥴
🤯
😑
"""

MID_OR_HIGH = """
wasn't too bad actually
wasn't half bad
decent day
decent
🙂
could be worse
could've been worse
can't complain
no complaints
mustn't grumble
not too shabby
not bad
not half bad
nae bad
shift was grand
grand
ah grand
it was grand like
quite good
knackered but happy
tired but good
rough start but ended well
bad morning, good afternoon
it was good until the fire drill
yeah not bad
no dramas
we thank God
pas mal
ganz gut
day was not bad
i've no complaints about today
satisfactory
chill day
quiet day
exhausting day but a good one
better than yesterday
better
all good
all good here
no fires today, all calm
nothing broke today
peaceful shift for once
quiet, for once
busy but good
tiring but worth it
long but good day
long day but good
long day but a good one
ah sure look, it was grand
sure it was grand
ah not a bother
not a bother on me
grand so
cannae complain
no bad at aw
chaos but fun
chaotic but fun
stressful but rewarding
pretty decent
fairly good
reasonably good
i'm good
good only
god is good, fine day
I can't complain, thanks
Can't complain, thank you
Quite satisfactory.
Quite satisfactory, all told.
Perfectly fine
no cause for complaint
overall a decent day
:)
:-)
😌
👌
🙂🙂
"""

# Near neighbours: none of them says how the day or the member was.
NO_MOOD = """
the pasta was amazing
My boss said 'great job'
My boss said "great job"
the movie was great
loved the workshop
loved pairing with Sam
the coffee was terrible
budget meeting was awful
the new guy is great
Priya had a great day
my sister had a rough one
his talk was amazing
she crushed it
Priya crushed it
the demo was a nightmare
shipped the report
finished module 3!!
applied to 2 jobs
win: got the offer!!
proud of the team
proud that I spoke up
sick of the headset
tired of meetings
drained by emails
hated the standup
the audit drained me
have a great day!
have a good one
good morning
good evening
good night
hope you have a good day
tomorrow will be better
ok
okay
thanks
no win today
no wins
none
nothing today
nope
no
had 7 meetings
met with the good people from legal
got good feedback from my boss
good feedback on my deck
had a great chat with Ana
had a good meeting with the client
great meeting with product
the weather was lovely
lunch was fantastic
traffic was terrible
had a bad headache
read a good book
finally fixed the bad hinge
bought a better chair
worked on the hard module
the hardest part was the exam
the best part was mentoring
best part of the day: lunch with Tom
highlight of my day was the demo
worked all day on the deck
spent the day in court
spent the whole day in meetings
slept well
well I finally talked to the boss
I did well on the test
did a good deed for Sam
applied for a fun role
my friend is having a bad time
killed the bug
crushed the quarterly numbers
nailed the interview
had a tough conversation with HR
made a hard decision
same war room, same 12 people
same time tomorrow
ran 5k
met an old friend
"Great day" is what the sign says
cleaned the whole shop
got a nice email from a customer
easy fix in prod
the good news is they hired someone
bad news: the van died
drained: emails
engaged: teaching
my manager is the worst
the worst part was the call
worst part of the day was the bus
low on staff
down two people
fine tuned the model
wrote a fine report
fair pay talk with boss
paid the fine
mean while finished the deck
passed the exam with flying colors
interview went well
the interview went great
presentation went really well
the new laptop is great
my team is great
my team was amazing today
boss was in a bad mood
boss was in a foul mood all day
client was happy with the deck
client loved the deck
the demo went great
the call went really well
Sam nailed it
Raj crushed it in the demo
my mentor is brilliant
Ana was fantastic
the training was boring
training was really good
standup was a joke
the fan they gave us is a joke
the printer is a nightmare
the commute was hell
lunch was nice
it rained all day
sun was out all day
had lunch outside
got promoted!!
passed my exam!!!
got the job 🎉🎉
offer letter came 🎉
finally submitted my thesis
finished the report at last
talked to HR
wrote 500 words
fixed 3 bugs and closed the ticket
sent the invoice
i'm proud that i stayed polite
i am proud of my team
energised by the brainstorm
loved teaching the juniors
loved the ride home
got into flow on the slides
hated the commute
hated being filmed
sick of the phones
tired of the noise
exhausted after the all hands
drained by back to back calls
the audit wiped me out
emails are killing me
the boss is driving me up the wall
didn't finish the course
no progress
will apply tomorrow
going to bed
good luck to me tomorrow
happy birthday to my boss
it's my birthday
Good evening, Helen
Good morning team
Many thanks, Teresa
Best, Carol
Best wishes, Tom
Best regards
Warm regards, Priya
Have a lovely evening
Have a nice weekend!
Enjoy your evening
Sweet dreams
see you tomorrow
on my way home
at the gym
in a meeting
nothing drained me today
nothing to report
no drains no wins
nobody drained me
what drained me: the noise
best thing: lunch
best bit: the walk
my best win was the demo
worst bit: the bus
wins: none. drained: the bus
cleaned the good knives
worked on the hard stuff
had an easy call
got a fun project
got good news from HR
got bad news about the visa
bad news: project cancelled
a long meeting about budget
long call with legal
the long queue
a quick lunch
met my low tide friend
low stock again
we were down two nurses
half the team is sick
my kid is sick
sick kid at home
called in sick
off sick today
day off today
it's my day off
worked from home
what a view
what a guy
she had a rough day
my wife's day was awful
his day was great
tough customer today
difficult customers
rude customers all day
annoying email from HR
had a good laugh with Kim
good laugh with the lads
great coffee
new chair is perfect
read a great article
saw a great film
watched the game
my back hurts
"""


@pytest.mark.parametrize("text", lines(HIGH))
def test_a_good_day_is_high(text: str) -> None:
    assert mood(text) == "high"


@pytest.mark.parametrize("text", lines(MID))
def test_a_middling_day_is_mid(text: str) -> None:
    assert mood(text) == "mid"


@pytest.mark.parametrize("text", lines(LOW))
def test_a_bad_day_is_low(text: str) -> None:
    assert mood(text) == "low"


@pytest.mark.parametrize("text", lines(LOW_OR_MID))
def test_a_tiring_day_is_not_high(text: str) -> None:
    assert mood(text) in ("low", "mid")


@pytest.mark.parametrize("text", lines(MID_OR_HIGH))
def test_a_day_without_complaints_is_not_low(text: str) -> None:
    assert mood(text) in ("mid", "high")


@pytest.mark.parametrize("text", lines(SAME))
def test_a_day_like_the_last_one_is_the_same(text: str) -> None:
    assert mood(text) == "same"


@pytest.mark.parametrize("text", lines(NO_MOOD))
def test_what_is_said_of_something_else_is_no_mood(text: str) -> None:
    assert mood(text) is None


def test_only_what_words_say_is_estimated() -> None:
    assert read_mood("great day", "daily_checkin") == Mood("high", True)
    assert read_mood("great day. 7", "daily_checkin") == Mood(7.0, False)
    assert read_mood("same as yesterday", "daily_checkin") == Mood("same", False)
    assert read_mood("had 7 meetings", "daily_checkin") == Mood(None, False)


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("man what a mess, release pulled at 3, war room til 6. no wins. terrible day all round", "low"),
        ("My boss said 'great job'. He has no idea, the day was awful", "low"),
        ("court at 9\ncourt at 11\nsame judge\ntoday was bad\njust bad", "low"),
        ("honestly great day?? no pages, 4 hrs of deep work", "high"),
        ("Two of the staff were let go at noon. It was a poor day, and I shall not dress it up.", "low"),
        ("the morning was awful but overall a good day", "high"),
        ("loved the workshop. day was rough though", "low"),
        ("Great day if you enjoy firing people", "low"),
        ("mandatory OT again lovely", "low"),
        ("learn 10 more words. Day so so", "mid"),
        ("two associates quit today\nso so", "mid"),
        ("Drained: emails\nEngaged: the demo\nMood: good", "high"),
    ],
)  # fmt: skip
def test_a_verdict_on_the_day_outweighs_what_was_in_it(text: str, band: str) -> None:
    assert mood(text) == band


def test_a_weekly_review_takes_a_mood_only_of_a_day() -> None:
    assert mood("best win was not crying lol. great stuff", "weekly_review") is None
    assert mood("Is it sad that my best win was not quitting?", "weekly_review") is None
    assert mood("today was awful", "weekly_review") == "low"


def test_with_nothing_open_great_alone_says_nothing() -> None:
    assert mood("great", "none") is None
    assert mood("great day today", "none") == "high"


def test_drawn_out_words_are_read() -> None:
    assert [mood(text) for text in ("sooooo goooood", "mehhhhhh", "terribleeee day")] == ["high", "mid", "low"]


@given(
    st.text(max_size=300)
    | st.lists(
        st.sampled_from("great awful day was not so - but 😭 🙄 same as 7 / \n : \" ' it's call the".split(" "))
    ).map(" ".join),
    st.sampled_from(["none", "daily_checkin", "weekly_review"]),
)
@example("sıx", "none")
@example("'", "daily_checkin")
def test_no_text_whatever_raises(text: str, asked: str) -> None:
    value = mood(text, asked)
    assert value in (None, "low", "mid", "high", "same") or (isinstance(value, float) and 1 <= value <= 10)
