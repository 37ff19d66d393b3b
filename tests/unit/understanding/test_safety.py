"""What is a call for help, what is distress that lasts, and what only sounds like either."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.safety import read_safety

CRISIS = """
I don't want to be here anymore
i dont wanna be here anymore. 2
I want to die
honestly just wanna die
I want to fucking die
i wnat to die i cant do it
3. wish i was dead
wish i were dead tbh
I wish I had never been born
sometimes i wish i'd never woken up
I keep hoping I don't wake up
i pray to god every night that i dont wake up
don't want to wake up tomorrow
I went to bed hoping not to wake up and then the alarm went
kms tbh i mean it
gonna kms. not joking this time
i wanna unalive myself
thinking abt unaliving
ctb soon, thanks for the check ins
i should just kys myself lol but fr
Going to kill myself tonight.
gonna kil my self
im going to kill myslef
I have been planning to kill myself
i cant stop thinking about killing myself
I'm suicidal
feeling suicidal again
been sucidal since the redundancy
having suicidel thoughts
I've been having thoughts of suicide
been thinking about suicide a lot on the night shift
I think about suicide every time I walk over that bridge
thinking of ending my life
I am going to end my life.
I'm ready to end it all
i just want to end it
want it all to be over, want to end everything
I keep thinking about how to end it
it would be easier if i was dead
Everyone would be better off without me
my kids wld be better off without me
they'd be better off if I was gone
The family are better off with the insurance money than with me
i'm worth more dead than alive
nobody would even notice if i was gone
No one would care if I died
nobody would miss me if I disappeared
Who would miss me? I'd rather be dead
I'd rather be dead than carry this another year. I mean that.
no point going on
I see no point in going on.
What's the point of living
whats the point in being alive
there is nothing left to live for
I have no reason to live any more
I've lost the will to live. I really have
life isn't worth living
life is not worth it anymore
I'm tired of living
tired of being alive
so sick of existing
i dont want to exist
I want to stop existing
i want to disappear forever
I just want to go to sleep and never wake up
wish i could fall asleep and not wake up
want to sleep forever
I can't go on
I can't go on any more, I'm sorry
cant keep living
I can't live anymore
don't want to live like this
i dont want to live
I do not want to live anymore, forgive me
I've written goodbye letters to the kids
wrote my goodbye letters last night
i have written a note for my wife
said my goodbyes to everyone
I've put my affairs in order
my affairs are in order, nobody will have trouble
given away my things. feels calm
this is my last message. thank you for being kind
tell my mum I love her
tell my kids im sorry
by friday ill be dead
I will be dead by christmas
you won't have to text me, I'll be dead soon
When I am dead they will understand
i won't be here much longer
won't be around to see my daughter grow up
i dont plan on being around for christmas
I hope I get hit by a bus on the way home
i keep hoping the plane crashes
wish a truck would just hit me
I sat on the platform thinking about stepping in front of the train
thought about driving into a tree on the way home
I nearly drove off the bridge tonight
want to jump off the roof
im standing on the bridge looking at the water
I've got the pills lined up
counted out my tablets
took all my pills an hour ago
I have taken an overdose
i took too many tablets
bought a rope today
there's a gun next to me and I keep looking at it
I cut myself again
started cutting again. long sleeves at work
ive been self harming
want to hurt myself so bad
the urge to hurt myself is back
I don't trust myself tonight
can't keep myself safe
scared of what I might do to myself
i'm not safe with myself rn
I'm a danger, afraid I'll do something to myself
I tried to kill myself last night
tried to end it on sunday, didnt work
he has a knife
my husband hits me
My husband hit me again last night
he said he's going to kill me
he's going to kill me
my ex says he will kill me if I leave
my boyfriend choked me
He threatened to kill me and he has a gun
my dad beats me
he locked me in the flat and took my phone
he won't let me leave the house
I'm hiding in the bathroom, he's banging on the door
I'm scared he will hurt me
scared to go home because of him
i am afraid of my husband
my partner strangled me
someone is in my house
I don't feel safe at home
she hits me when she's drunk
quiero morir
me quiero morir, no puedo más
ya no quiero vivir
no quiero despertar mañana
estarían mejor sin mí
je veux mourir
je n'ai plus envie de vivre
j'ai envie d'en finir
je ne veux plus vivre
Ich will sterben
ich will nicht mehr leben
Ich möchte nicht mehr aufwachen
ich denke an Selbstmord
quero morrer
I want die. no more power in me
Life is finished for me
I have no more wish to live since he is gone
it has no sense to live for me
i no want to live again
Oga I wan die, I don tire
ah want tae die
wish ah wis deid
honestly wish i jist widnae wake up
ahm gonnae dae it, ah want tae end it
fed up wi living, me. want out of this life
I'd be better off dead
better off dead me
maybe it's better if i die
i deserve to die
I should not be alive
I'm done with life
done with living
I give up on life
don't want this life any more
i feel like dying
feel like ending it
thoughts of dying wont leave me
I think about death all the time, about being dead
I wouldn't mind if I didn't wake up
don't care if I live or die
I wouldn't care if a bus hit me
I am not suicidal but I don't want to be alive
I'm not going to do anything but I wish I was dead
I used to want to die and now I want to again
😂😂 i want to kill myself 😂
lol i want to die but like for real
7. shipped the release. also planning to kill myself this weekend
stop texting me i'm going to end my life
if I lose this job I'll kill myself
The kids are the only reason I haven't killed myself
what is the number for a suicide hotline
"""

RAMBLING = """
ok so long one. got in at six, the loading dock was frozen shut and we had to wait for maintenance till about half \
seven, then two pallets came down wrong and Kev had a go at everyone. lunch was fine, had the soup. i keep thinking \
everyone would be better off without me if im honest. anyway after lunch we did the count and it came out right for \
once so thats a win i suppose. 4
um so today I uh had three meetings and the client um they liked the deck I think and then I was driving home and I \
um I thought about just driving into the barrier and uh yeah then I made dinner and watched the game so like a five
Good evening. The quarter closed without incident; the auditors were civil, and the new controller brought a cake. I \
dined alone. I have put my affairs in order and written to my daughter. I trust the ledger will be found correct. Seven.
Today was sports day, the infants won the egg race and Mrs Patel cried laughing. I marked 30 books after. I came home \
and sat in the hall in my coat for an hour and thought, I do not want to wake up tomorrow. Then I marked the rest. 6
so basically deploys went fine, 2 reviews, 1 incident, loved pairing w jo. when i got home my boyfriend hit me again \
and im in the spare room. win: closed the ticket. 3
System was down from morning sir, 40 tickets pending, TL shouting. Canteen food was good. Nights I am thinking only \
how to end my life, hostel is on ninth floor. Tomorrow go-live. 4 from my side.
"""

SUPPORT = """
burnt out for weeks
Burned out for months now. 3
I've been burnt out since January
been so burnt out lately
completely burnt out, going on three months now
I feel hopeless
feeling hopeless about everything
it all feels hopeless. 2
everything is hopeless
I'm hopeless, there's no hope left
had a panic attack in the car park
I keep having panic attacks before work
panic attacks every morning
another panic atack on the train. 3
anxiety attacks all week
can't get out of bed
cant get out of bed most days
couldn't get out of bed again, third week running
I can barely get out of bed
i struggle to get out of bed
I'm depressed
im so depressed
feeling depressed
I have depression and it's back
my depression is bad again
been depressed for months
diagnosed with depression on tuesday
doctor put me on antidepressants
drinking to cope
I'm drinking too much
drinking every night to sleep
bottle of wine a night just to switch off
been knocking back a six pack every night since the split
two whiskies every night, only way I sleep. drinking alone
smoking weed every night to forget work
I've been drinking before work
crying every day
I cry before every shift
cry in the car every morning
been crying myself to sleep
in tears every night this month
can't stop crying
I can't cope
cant cope anymore
I'm not coping
struggling to cope since mum died
at breaking point
think I'm having a breakdown
on the verge of a breakdown
I can't do this anymore
can't take it any more
cant go on like this
I can't live like this, the shifts are too much
I'm falling apart
I feel worthless
i hate myself
I feel like a burden
feel like a burden to my family
feel numb. been like this for weeks
numb for months
empty inside
i feel so empty
dead inside for months
nothing matters anymore
what's the point of anything
what's the point anymore
I don't enjoy anything anymore
nothing makes me happy anymore
I haven't slept in weeks
not sleeping for weeks, 3 hours a night
can't sleep since the layoffs, two months now
barely slept for weeks
exhausted for months
I have been exhausted for weeks and weeks
shattered for months now. 4
overwhelmed for months
miserable for months
anxious every single day
anxious every morning before work for weeks
i've been low for weeks
signed off with stress
signed off work with anxiety
off sick with depression
my mental health is in tatters
mental health has been really bad
in a dark place
in a really bad place at the moment
rock bottom
relapsed last night
not eating, not sleeping for weeks
stopped eating
haven't left the house in weeks
haven't showered in days
I can't see a way out
feels like there's no way out
my friend is suicidal
my friend is suicidal and i dont know what to do
my brother tried to take his own life
my mate tried to kill himself last night
My sister tried to kill herself on Sunday. 2
my son says he wants to die
my daughter has been self harming
my best friend killed himself last week
we lost a colleague to suicide
my cousin died by suicide in March
flatmate took an overdose, spent the night in A&E
my wife said she doesn't want to live anymore
a pupil told me she wants to die and I can't stop thinking about it
my uncle committed suicide on Friday
dad's on suicide watch
she keeps threatening to kill herself
I'm not suicidal or anything, just fried
not suicidal, just so tired
I'm not going to kill myself, don't worry
no thoughts of suicide, just flat
I don't want to die, I just want a rest
never been suicidal but this is low
I used to want to die, years ago
I was suicidal back in 2015
years ago I tried to kill myself and today I got the job
two years ago i wanted to die, today im a 7
In 2019 I had suicidal thoughts, all past now
I used to self harm when I was 16
when i was at uni i tried to end my life. 6 today
my ex used to hit me, that's behind me now
estoy deprimida
tengo ataques de pánico
je suis en dépression
j'ai des crises d'angoisse
ich habe Depressionen
ich kann nicht mehr
ah cannae cope anymair, ah cannae cope
been greetin every night for weeks
full burnout since 3 months
from last two months I am depressed only
depression has been dealing with me
can't get up in the mornings, it's been months
throwing up before every shift
"""

NULL = """
this deadline is killing me
the commute is killing me
my feet are killing me
my back is killing me. 5
dying of boredom
bored to death
dying for a pint
I'm dying to know what they said
died laughing
i'm dead 😂
im dead lol
I'm dead tired
dead on my feet
dead tired but happy, 8
killed it today
absolutely killed the presentation
crushed it, murdered that demo
I'd kill for a nap
could murder a brew
could kill for a coffee
just shoot me lol
kill me now, another retro
somebody shoot me
put me out of my misery
overslept and missed my train, just shoot me lol. 4
my phone died
laptop battery is dead, quick: 6
the wifi is dead again
plants at the office are dying
the project died today
dead line moved again
the deadline is dead
dead end job
beating a dead horse with this spec
over my dead body will we use that framework
drop dead gorgeous flat viewing
meeting was a suicide mission
career suicide to say no
ran suicides at practice
nailed the suicide squeeze
watched suicide squad, 6
suicide prevention training today, 7 hours
did a suicide prevention course. tiring
delivered suicide awareness training to 30 teachers
our client in crisis took all morning
crisis meeting about the budget
midlife crisis lol bought a bike
identity crisis at work
sold my depression glass collection
taught the great depression to year 9
tropical depression cancelled my flight
depressed about the result
a bit depressed about the rejection
that meeting was depressing
depressing weather
died in the meeting of embarrassment
wanted to die of embarrassment
died of shame when I hit reply all
I could have died when he called on me
nearly died when the lift dropped
almost died laughing at Priya's impression
killing myself laughing
my kids nearly killed me with laughter
my boss is going to kill me lol
my wife is going to kill me when she sees the bill
mum's gonna kill me lol
he's going to kill me when he finds out I forgot the cake
my manager will kill me if I'm late again
cut myself some slack today. 6
cut myself shaving, late, 5
cut myself on the slicer at work
cut myself off from slack for the afternoon, bliss
hurt myself at work, lifting a box
hurt my back lifting
I burnt myself on the oven
killing myself to meet this deadline
I've been killing myself over this report
nearly killed myself on that ladder
shot myself in the foot with that estimate
threw myself into the work
beat myself up over the typo
the workout did me in
this job will be the death of me
it's a matter of life and death apparently, the logo colour
life is good
love my life
living the dream 🙄
get a life, says my sister
work life balance is better
goodbye letter to my team, teared up
wrote goodbye cards for my class
said goodbye to my colleagues, last day
last day at work! 9
my last day is friday
this is my last message before holiday
I won't be here next week, on leave
i'm not here tomorrow, skip it
not around until Monday
I don't want to be here today. 4
didn't want to be at work today
don't want to be in this job anymore
I don't want to work here anymore
I don't want to live in London anymore
can't live without coffee
can't live without my headset
no point going on about it
no point in going to that meeting
what's the point of these standups
whats the point of the form
can't do this spreadsheet anymore lol
end it there, let's call it a 6
we ended it on a high
thinking of ending it early today, half day
thinking about ending the contract
ended my shift at 9
ending my lease in March
the week finally ends
end of my probation today
ending on a good note
I ended up in sales
it all ends friday, the project i mean
want to disappear to the mountains for a week
wanted to disappear when my slides failed
disappeared into a spreadsheet for 6 hours
I wish I was on a beach
wish I was in bed
wish i wasn't at work today
want to sleep for a week
could sleep forever lol, 5
slept like the dead
woke up late
did not want to get up today
couldn't be bothered getting out of bed early
got out of bed at 5 for a run
out of bed by 6, win
exhausted
so exhausted today. 4
exhausted after the audit
burnt out today
totally burnt out after that call
burnt the toast, 5
burnout drift videos all lunch lol
went to a burnout prevention webinar
the bulb burnt out
cried in the bathroom at work. rough one
cried at the film
cried happy tears when she passed
the baby cries every night
my toddler was crying every morning at drop off
panic over the printer
panicked about the demo but it went fine
no panic, it went well
moral panic in the office
hopeless at excel
the printer is hopeless
my boss is hopeless with dates
our parking is a hopeless situation lol
had a beer with the team
drinks with the team, 8
drank too much coffee
coffee every morning with Sam
wine tasting event, loved it
I drink tea every night
pints every friday with the lads
drinking water more, win
need a drink after that
my dog died
my grandmother died last week
funeral on friday so skip
dad died in march
attended a funeral
uncle's burial, pause till friday
lost a patient today
a patient died on my shift. 3
resident passed away, we sat with her
the client wants the suicide clause removed from the life insurance policy
sold three life insurance policies
life insurance exam passed!
closed the claim on a life insurance payout
insurance money came in for the van
migrated our keys to AWS KMS. 8
KMS key rotation done
ran 10 kms today
did 5 kms on the treadmill
46 kms on the bike
rewrote the kms terraform module
caught the bus, 7
need to catch the bus
missed the bus
the bus hit traffic
hit by a wave of emails
this hit me hard, in a good way
hit me with the question
hit me up at 8
it hit me that I like teaching
the heat hit me
my boss beat me at chess
he beat me at table tennis lol
11 hours on the clock beat me up
Sam beat me to it
she kicked me off the project
a toddler hit me with a truck, nursery life. 5
a patient hit me today
a kid kicked me in the shin. 4
stab in the dark: 6
took a stab at the budget
bullet points all day
dodged a bullet with that client
bit the bullet and asked for a raise
silver bullet doesn't exist
jumped off the call early
jumped in front of the class and taught
jumping through hoops
threw my manager under the bus lol
standing on the platform for 40 min, trains cancelled
on the roof all day in the heat, fixed the flashing
drove over the bridge, traffic was awful
walked along the river
finished the bridge drawings
pushed off a cliff edge feature flag
took my pills, slept well
picked up tablets for dad
counted pills all day at the pharmacy
dispensed 300 boxes of paracetamol
tablets for the sales team arrived
overdosed on coffee
overdose of meetings
rope access training passed!
learned to tie a noose knot? no, a bowline
gun show at the gym
glue gun burns, worth it
nail gun jammed
chef has a knife skills class
he has a knife for the boxes
locked in today, super focused
locked out of my account
trapped in meetings
stuck in the lift for an hour
got locked out of the flat
safe to say a 7
I don't feel safe on that scaffold, told the foreman
everyone would be better off with a new manager
the team did fine without me while I was away
they're better off without me on that project
nobody would notice if I left early
nobody noticed I was on mute
I'm a burden on the printer budget haha
my affairs... tax ones, in order. win
helped a client get her affairs in order
updated my will, win
gave away my old laptop
plan: finish everything by friday
I want to finish it by sunday
i'm going to end the sprint early
thinking about the end of the year
I think about quitting every day
want out of this job
I want to quit
hate my job
sick of this job
tired of this company
tired of the commute
done with this project
done for today
I'm finished for the day
fed up with the rota
over it
I give up on this ticket
had enough of the spreadsheets
ready to go home
can't go on holiday until June
can't carry on with this broken chair
can't face another standup lol
I can't even
stressed
anxious about tomorrow
nervous about the interview
lonely in the office today
sad day, Jo left
low energy
not great
rough
worst day this month
awful week
tired for no reason
slept badly
didn't sleep well last night
couldn't sleep, neighbours
woke at 4 thinking about the launch
first week without overtime
been applying for months, first interview today!
6 weeks of work sitting in a branch
started this project months ago
for months I've wanted to ask, and I did
sober 90 days, win
six months sober today!!
me muero de hambre
me muero de risa jaja
mort de rire
je meurs de faim
tot müde
ich bin fix und fertig heute
todmüde, 5
not today
stop
die Besprechung war gut, 7
der Tag war nicht mehr zu retten
rolled the die and asked for a raise
die cutting machine broke
old habits die hard
I'd die for that cake
live demo went well
we go live tomorrow
going live on friday
the server died, restarted it, all alive
alive and kicking, 7
i'm still alive, 6
survived. barely
barely survived today
survived the audit
thought I'd never make it to 5pm
won't make it to the meeting
might not make it through this meeting lol
wrote a murder mystery script, flow!
true crime podcast about a man who killed himself
the character kills herself in chapter 9, heavy lesson
reviewed a paper on suicide rates
wrote the self-harm policy for the school
self harm training module done, 6
safeguarding referral for self harm, paperwork
lesson on romeo and juliet
the plot: she wants to die, he saves her. book club 8
hanging in there
hanging out with the team
drowning in emails
buried in work
drowning myself in coffee
my soul left my body in that meeting
soul destroying meeting
brain dead after the training
brain is fried
braindead. 4
a killer workout
killer presentation
buzzkill manager
road kill smell in the van
time to kill before the train
kill the process, restart, fixed
killed a zombie process
killed three bugs
orphan processes killed
git kill branch
blood sugar low
heart attack bill for the car lol
nearly gave me a heart attack
scared of the new boss
scared of presenting but did it
afraid of spreadsheets no more!
she's a danger to the budget
in danger of finishing on time
not in danger of a promotion
the patient attacked me with words
domestic violence shelter shift, 6
helped a domestic abuse client find a flat. win
"""


def lines(block: str) -> list[str]:
    return [line for line in block.splitlines() if line]


@pytest.mark.parametrize("text", lines(CRISIS) + lines(RAMBLING))
def test_hears_a_crisis(text: str) -> None:
    assert read_safety(normalise(text)) == "crisis"


@pytest.mark.parametrize("text", lines(SUPPORT))
def test_hears_distress_that_lasts(text: str) -> None:
    assert read_safety(normalise(text)) == "support"


@pytest.mark.parametrize("text", lines(NULL))
def test_leaves_a_bad_day_and_a_turn_of_phrase_alone(text: str) -> None:
    assert read_safety(normalise(text)) is None


@pytest.mark.parametrize("text", lines(CRISIS))
def test_hears_a_crisis_amid_other_things(text: str) -> None:
    before = "Got in at 8, two meetings, lunch with Sam. "
    after = ". Then the report went out and I drove home. 5"
    assert read_safety(normalise(before + text + after)) == "crisis"


@pytest.mark.parametrize("text", lines(CRISIS))
def test_hears_a_crisis_in_capitals(text: str) -> None:
    assert read_safety(normalise(text.upper())) == "crisis"


@given(st.text(max_size=10_000))
def test_never_raises(text: str) -> None:
    assert read_safety(normalise(text)) in ("crisis", "support", None)


@given(
    st.lists(st.sampled_from('i not want to die live my friend was is 2015 suicidal . , \n lol " end it'.split(" ")))
)
def test_never_raises_on_its_own_words(words: list[str]) -> None:
    assert read_safety(" ".join(words)) in ("crisis", "support", None)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "i want to ",
            "not ",
            "a",
            "i",
            "friend ",
            "weeks ",
            "every night ",
            "used to ",
            ". ",
            "' ",
            "a'",
            "\n",
            "<i> ",
        ),
        *("die of ", "kill myself laughing ", "used to be burnt out for weeks ", "he hit me again ", "my friend, is "),
        *("first time in weeks numb. ", "drink every night tea ", "told my wife ", '"i" : ', "hope * not wake "),
    ],
)
def test_takes_time_in_proportion_to_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        best = 9.0
        for _ in range(3):
            start = time.perf_counter()
            read_safety(text)
            best = min(best, time.perf_counter() - start)
        return best

    seconds(100)
    assert seconds(10_000) < 40 * seconds(1_000) + 0.01
