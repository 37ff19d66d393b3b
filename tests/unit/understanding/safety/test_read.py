"""What is a call for help, what is distress that lasts, and what only sounds like either."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.safety.read import by_phrases

CRISIS = """
8 today, best in ages. figured id go out on a good one. tonight's the night i end it
don't think I'd be missed tbh
can't see me making it to christmas
I have all these pills left from my surgery
if something happened to me on the drive home I wouldn't mind
feeling like running away from everything and never coming back
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
been googling how many paracetamol it takes
Some nights I park by the reservoir and think about not braking
thinking of doing myself in
I'm going to top myself
if it wasnt for the dog i wouldnt be here
only thing stopping me is my mum
I don't see myself making it to 30
I have been having those thoughts again, the bad ones, about not being around
im a waste of space and should just die
the world would be a better place without me in it
They will be sorry when I'm gone
i keep looking at the knives in the kitchen at work thinking about my wrists
I want it to be over. all of it. life
Ready to go. Said goodbye to the cat.
I have chosen the date
I've decided to end my suffering on saturday
please make it stop i want to die please
honestly i hope i get in a crash on the way home so i dont have to do this anymore
i fantasise about being in a coma
I would be more useful dead
slashed my arm
burned myself with a cigarette again to feel something
he punched me in the face last night and says next time is worse
my dad hit me again and i cant go home
my ex is outside my house with a knife
He said if I leave he'll find me and kill me and the kids
my stepdad is hurting me
boyfriend had his hands round my neck
there is a man following me home
my manager pinned me against the wall and said hed hurt me
help he's got a gun
husband threw me down the stairs
ich kann so nicht weiterleben, ich will nicht mehr da sein
ich bringe mich um
j'ai plus envie d'être là
je pense au suicide
ya no aguanto, me quiero matar
no le veo sentido a vivir
I am thinking to finish my life
I want to sleep and not get up any more never
my heart says finish it. I have no more force to live
life has become burden, I am wanting to end it only
every day I am thinking to do suicide
please pray for me i am wanting to die
i go die soon, forgive me
sometimes I think it'd be easier not to exist
wish I could just not exist
not existing sounds nice
being dead sounds peaceful rn
death would be a relief
I welcome death at this point, no joke
I'd not be sad if I died in my sleep
im ready to die
i don't deserve to be alive
everyone is better without me
My family would cope better if I weren't around
no1 would care if i was gone
i might as well be dead
I've had enough of life
I've had enough of living like this, going to end it tonight
gonna end things
i cant stop thinking about jumping
the tube platform is calling me, every night i think about jumping
i hate being alive
existing hurts
living is too hard
don't know how much longer I can stay alive
im struggling to stay alive
trying not to kill myself
I relapsed and cut my arms
I'm so done. I've got a plan and I've got the tablets
kill me. not joking. i want to be dead
unalive myself tbh
i wanna kermit sewerslide
off myself this weekend prolly
thx for the msgs but i wont need them after tonight
suicde is on my mind
i feel like killing my self
im gona kill mysef
wanna hang myself
Three. I stood on the wrong side of the railing at the bridge today.
i don't wanna do life anymore
I don't want to go on
don't want to carry on
i dont think i can go on much longer
I cannot bear to be alive another day
I'm going to hurt myself
My wife would be happier if I were dead
told my sister where the will is and who gets the dog
dont want to be alive
I keep thinking my parents would be relieved if I was dead
everything would be easier for everyone if I just wasn't here
would it be so bad if i just didnt wake up
i want to not exist
i think abt killing myself everyday
been thinkng of suicde
i am thinking of suside
im suicidel and scared
2. idk how much longer i can hold on, i want to die
I can't do this anymore I want to end my life
nobody needs me. i am planning my suicide
i have pills in my hand
ive got a bottle of pills and a bottle of vodka and im not scared
Today I worked out which bridge
i told my wife i dont want to live
I'm not ok. I was going to hang myself this morning but the dog barked
My mother will be better off, one mouth less
everybody better off without me honestly, kids too
dey better make i die, nobody go miss me
life no get meaning again, i want to end am
I want to leave this world
time to leave this world
I no longer want to live
i no longer wish to be alive
I have no will to live anymore
i'm not scared of dying anymore
my husband beats me
my husband beat me up last night
He's threatening to kill me
he says hes gonna kill me if i call anyone
my ex has a gun and is outside
someone is trying to break into my house
there's a man in my house
im being held against my will
my partner keeps hitting me
dad hit me with a belt
I'm afraid he'll kill me tonight
she threatened me with a knife
help me please he is hurting me
my boyfriend is violent and I'm scared to go home
i feel unsafe at home with my husband
she stabbed me
got beaten up by my husband
7/10 shipped it. ps i am going to end it all tonight
😊 great day! honestly though i wish i were dead
cutting again
started self-harming again
I've been cutting
self harm urges are really bad tonight
I burned my arm on purpose
need to hurt myself
je veux me tuer
J'en peux plus, je veux en finir avec la vie
je voudrais ne plus me réveiller
No quiero estar aquí más
quiero acabar con mi vida
pienso en suicidarme
estoy pensando en el suicidio
Ich möchte sterben
Ich will mich umbringen
ich denke daran, mir das Leben zu nehmen
ich will nicht mehr
I wanna d1e
i want to k!ll myself
I want 2 die
want to dieeee fr
wanting to die rn
just wanna be dead
Sometimes I wish I could go to sleep and not wake up again
hope tomorrow doesn't come for me
I wish I had died in that accident
shoulda died in the crash
if i died tonight it would be fine
If I die tomorrow no one would notice
kids deserve better than me, they'd be fine if I was gone
My family deserves the payout more than they deserve me
insurance pays out after two years so i just have to wait till march
by the time you text tomorrow ill be gone
I won't be alive by next week
goodbye everyone i'm sorry
I've said my goodbyes
I wrote letters to my kids for after
i am done. i am going to jump
about to jump
i'm going to drive off the road
i want to walk into the sea and not come back
felt like steering into the lorry
i could just step in front of the train and it'd be done
want a truck to hit me
cant stop picturing my own funeral
thinking about how id do it
i know how i'd do it
I have a plan to kill myself
i have the means and a plan
what's the point of being here
no point to my life
i cant see any reason to stay alive
I have nothing to live for
don't deserve to live
the voices tell me to kill myself
I'm thinking about ending everything
ending my life is all i think about
ready to end it
going to end it all on friday
want to end it
I am going to do away with myself
thinking of doing away with myself
I could quite happily not wake up tomorrow
I'd happily never wake up
bit of me wishes the plane would go down
i am so tired of being here. not the office. here
tired of being here, tired of existing
kill myself
suicidal
suicide
I want to commit suicide
commited to killing myself
kys (me)
i might kms
kms fr
if this doesnt stop i will kms
i dont think i want to be alive anymore
4. been having thoughts of not being here
Some days I think it would be best for everyone if I wasn't around
my daughter would be better off with the life insurance
dont want 2 be here anymore
can't see the point in carrying on
not much point being here is there
I've been having suicidal thoughts
suicidal ideation is back
thoughts of ending it all are back
Honest answer: I want to end my life.
I'm at the end. Tablets are next to me
by monday i wont be here anymore
you wont need to text me tomorrow, i will be dead
this is goodbye, thank you for everything
made my mind up to end it
I'm planning to take my own life
I want to take my life
going to take all my sleeping tablets tonight
gonna overdose
just want the pain to stop, want to die
i hurt myself again today
cut myself last night
I've started cutting myself
thinking of cutting myself
i want to cut
he beat me again. broke my phone. im scared
my husband threatened to kill me tonight
he hit me and the kids
hes outside my door with a knife
he won't stop hitting me
my boyfriend said he'd kill me if i left
my ex is stalking me and said he will hurt me
I think he's going to kill me, not joking
am scared for my life
I'm not safe here, he's drunk and has a knife
my father in law locked me in room and took my phone
he is going to hurt me when he gets home
My brother put a gun to my head
I wish to die
I am wanting to end my life sir
life is useless for me, want to finish myself
I do not wish to continue living
I have decided to leave this world
want to kill self
wanna kill my self tbh
feelin like endin it
feel like ending it all
I feel like killing myself
feel like jumping off the bridge
feeling like I don't want to live
am so tired i dont wanna wake up anymore
hopefully i dont wake up tomorrow
If I didn't wake up tomorrow that'd be fine by me
wouldn't mind not waking up
it'd be a relief not to wake up
would be nice not to wake up
sometimes wish the train would just take me out
fantasising about crashing my car
i keep thinking about driving off a bridge
driving home i thought about just letting go of the wheel
I think about stepping off the platform most mornings
looked over the edge of the car park for a long time today
nobody would care if I killed myself
they won't miss me when I'm gone
they'd get over it if i was gone
kids would do better with their mum and without me
I'm just a burden, they'd be better without me
I am a burden to everyone and should die
I ruin everything. the world would be better if i was dead
world's better off without me
I deserve to be dead
honestly death sounds good rn
I think about dying a lot
dying doesnt scare me anymore
cant stop thinking about death
I think about suicide daily
yeah suicidal again
pretty suicidal tbh
I am actively suicidal
passively suicidal i guess
I've gone from not suicidal to wanting to die
not gonna lie i want to die
dont worry about it but i want to die
I have never wanted to die more than today
no one knows i'm suicidal
not sure i want to be alive
I'm not sure I want to live
i don't know if i want to live anymore
don't know if i can go on
can't promise i wont hurt myself
not saying i'll do it but i think about killing myself
lol jk but also i do want to die
tried to hang myself last week
I took an overdose on friday, back at work today. 3
just got out of hospital after trying to kill myself
I attempted suicide 2 weeks ago
my therapist knows i want to die
my friend doesn't know but i'm suicidal
mum would be better off if i died
My wife left and I want to die
since my dad died I want to die too
want to be with my mum in heaven
I want to join my wife
since she died i dont want to be here
je veux plus vivre
j'ai pensé à me tuer
j'ai des idées suicidaires
Je n'ai plus envie d'être là
ich möchte nicht mehr leben
ich habe suizidgedanken
Ich kann nicht mehr, ich will sterben
tengo ganas de morirme
ya no quiero seguir
he pensado en suicidarme
ojalá no despertara
prefiero morir
vorrei farla finita
Been thinking that it would be best to end my life before the review
honestly i could just not be here any more and it'd be fine
Tired. Not work tired. Tired of being alive tired.
my wee boy would be better aff wi oot me
ah dinnae want tae be here anymair
cannae see the point in livin
Reckon the missus and kids'd be better off without me mate
been thinkin about necking myself ay
i reckon im gonna neck meself
Yaar I don't feel like living anymore
Sir I am having suicidal thoughts since one week
not feeling to live anymore
I have no interest to live
I am feeling to die only
My life is waste, better I die
better to die than this
Everyday am praying to God to take my life
I'm asking God to take me
God should just take my life
I don tire for this life, I wan die
si tengo que vivir así prefiero morirme
kind of hoping I get cancer
I took a bunch of pills
im bleeding, i cut too deep
i have a knife and im going to use it on myself
nobody will find me til monday
I've booked a room and I've got enough pills
there's only one way out of this and its not a new job. ill be dead by sunday
just wanted to say thank you before i go. i won't be alive tomorrow
feed my cat when im gone please
delete everything, i wont be alive to need it
STOP. im ending my life tonight so no need to text
pause until im dead lol. i mean it tho
goal: be dead by june
my goal is to not be alive by december
none. I want to die
the thing that must change is that i am alive
1 2 3 4 5 and i want to kill myself
honest score is 0 because i want to die
9! best day because ive decided to end it and i feel calm
feeling calm now ive decided to kill myself
My dad is going to kill me, he has the belt and he's drunk
my uncle touches me at night
He's got his hands round my throat again last night
my bf pushed me down the stairs
the guy i live with pulled a knife on me
my roommate is threatening me with a knife
he's coming to kill me
i think someone is going to kill me
i'm being beaten at home
my wife beats me
He'll kill me if he sees this
my ex broke in last night and hit me
trapped at home with him, scared for my life
he wont let me leave and hes got a gun
call the police, he's in the house
3. the usual. meetings. also i've been thinking i'd be better off not here at all
can't shake the thought that everyone'd be happier if I was gone
I don't want to live any more, there I said it
Some evenings I look at the train tracks and it seems like the simplest answer
its getting harder to find reasons to stay alive
i wish someone would just kill me. seriously
I have been thinking about how to kill myself since Tuesday
wish my heart would just stop
Ive been looking up ways to die
Ok so the number is 2 and the reason is that I dont want to exist
not being dramatic but i want to be dead
kms kms kms. im serious
gonna end it, sorry
I won't see Christmas. I've decided.
my kids will get the insurance so it's fine
I wrote my will and a note for each of the kids and I'm ready
every morning i'm sad i woke up
I was standing on the bridge again today
Been stockpiling my meds
I'd be lying if I said I hadn't thought about suicide this week
I feel like everyone would be relieved if i died
honestly I don't think I'll be alive by the new year
i tried to strangle myself
I keep having the urge to swerve into the other lane
he pushed me and then he choked me till I couldn't breathe
he said he would shoot me if I told anyone
I'm locked in the bathroom, my husband is trying to break the door
My boyfriend hit me in the face today before work
my stepfather beats us every night
there is someone in the house with a knife
unalive thoughts are back lol
mujhe marna hai, jeene ka mann nahi
yo ya no quiero vivir más
J'ai envie de mourir
Ich denke jeden Tag an den Tod und will sterben
I've been thinking about ending things for good
I can't stop thinking about being dead
lowkey wanna die today not even joking
I keep wishing I wouldn't wake up in the morning
i dont want to be in this world anymore
nothing makes me want to stay alive
5 today I guess. Been planning how I'd kill myself though
I think my family would be better off if I wasn't here
no reason for me to carry on
i want to end my life but im scared
thinking about taking all my pills
I hurt myself when it gets bad
I want it to stop. I want to be dead.
by the weekend I'll be gone and you can delete my number
It would be so much easier to just not be alive
I feel suicidal and I don't know who to call
he's threatening me with a gun
my husband pushed me and said he will kill me
my ex keeps coming to my house and threatening to kill me
i wud be better off dead tbh
I am thinking to suicide
i am feeling suicidal since two months
wanna unalive
ngl i think about ending it a lot
i bought a gun today and i'm not coming back from this
Not here for sympathy, just saying I won't be alive next month
I am planning on killing myself after my daughter's wedding
there's no way I get through tonight alive
life isnt worth it no more
i am so tired and i want to die and i have no one
I'm thinking of killing myself after work
Honestly? I want to be dead. 2
there are nights i pray i wont open my eyes again
I had the rope in my hands yesterday
I've lost the will to live
im so close to ending it
Would anyone even care if I was dead
everything hurts and I want to end it all
I've written my suicide note
The thought of dying is the only thing that calms me
I don't see myself living past 40, I plan to end it before then
if my wife leaves me i will kill myself
i shouldn't be alive
I just want to go to sleep forever and not have to deal with any of it
have been cutting my legs, nobody knows
he grabbed me by the throat and I couldn't breathe
my partner punched me again last night
There is a man with a knife outside my flat
he's going to come back and kill me
my boyfriend wont let me leave the flat
i cant live anymore without her
it's not worth living
what is the point of staying alive
wish I could end my life
nobody would miss me. nobody.
Kill myself or quit, those are the options
suicidal today. 1
Long day. Report done. I keep the tablets in my drawer and I count them at lunch, it calms me. Not told my husband.
Finished the handover notes so nobody has to pick up after me. I dont intend to see the weekend
you've been good to me, whoever you are. this is me signing off for good. tell my girls i love them
i keep thinking how easy it would be to just let go of the wheel on the coast road
wrote three letters, one for each of the kids. hid them in the shed next to the rope
I will carry on till mums birthday, after that nothing is keeping me
I dont plan on making it to my next birthday
I looked up how high the office roof is
my head keeps telling me to step off the kerb
parked up at the reservoir again tonight. just sat there with the engine on. thinking how quiet itd be
I've left the passwords in an envelope for my wife. She'll manage. Thanks for the company these last weeks
stood on the platform this morning and the express went by and I thought, next time. haven't told anyone
drove past the bridge twice. second time i slowed right down. nobody knows
honestly the bridge on the walk home looked like the answer tonight. 2
the pills are looking like the only way out
drove to the river after work to end it and couldn't. still sat here
no need check in liao, i am jumping tonight
this is my last message to you all, i love you
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
honestly idk how much longer I can do this
I don't know how much longer I can take
I just can't anymore
what is the point
nothing matters
ya no puedo más
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
I think I'm depressed
haven't been able to get out of bed since tuesday
cant stop drinking. every night now
hardly sleeping, crying in the shower most mornings
I've been having panic attacks
started therapy for depression
my depression came back
nothing feels good anymore, been months
burnout. it's been half a year
I am so burned out, have been since the merger
been running on empty for months
signed off for 6 weeks with burnout
My dad tried to hang himself yesterday
worried my brother might kill himself
my flatmate keeps saying she wants to die
a mate from site took his own life
my best friend is in hospital after an overdose
our neighbour shot himself
One of my students is suicidal and I sat with her for two hours
Nothing like suicidal, just empty for weeks
no i dont want to kill myself lol just tired of it all
had suicidal thoughts in my twenties but not now
I attempted suicide in 2012. Today I got promoted. 9
I feel like I'm drowning and have done for months
i feel so alone
I cry all the time
every morning I sit in the car and cry
bottle of red most nights, can't switch off otherwise
I need a drink to get through the day now
hopeless. been like this all year
Had a nervous breakdown in spring and I'm still not right
my anxiety is crippling lately
can't function anymore
haven't felt like myself for months
not suicidal but i feel nothing for months
Not gonna kill myself but I'm burnt out for months
I would never hurt myself but I feel hopeless
been depressed since my divorce
depression hitting hard again
honestly depressed
depressed again
i think my depression is coming back
crying in the car before work every day
sobbing every night
I haven't stopped crying for days
cannot cope any more with this
no longer coping
panic attack this morning on the tube
i get panic attacks
vodka every night to sleep
Drinking a bottle of wine every night
using alcohol to cope
drinking myself to sleep
can't get out of bed in the morning
haven't got out of bed for three days
don't get out of bed anymore
burnt out. for months.
Months of burnout now
months of this, I'm burnt out
totally burned out the last few weeks
chronic burnout
on sick leave for burnout
my mum tried to kill herself
my partner is suicidal
My colleague attempted suicide
friend of mine took her own life last night
my nephew is cutting himself
my sister is in crisis, she wants to end her life
My flatmate has been talking about ending it
worried about my friend, he said he wants to die
My mate texted me saying he wanted to end it
I used to be suicidal
I was suicidal last year, better now
a few years back i wanted to kill myself
when I was 17 I tried to kill myself
10 years ago I wanted to end my life. Today I'm a dad. 9
I don't want to die or anything but I'm so low lately
no, I'm not suicidal
not in a suicidal way
he tried to end his life last night, my son
my student disclosed that she self harms
my friend overdosed last night and I'm at the hospital
haven't felt happy in months
i cry in my car every lunch
I don't see the point of anything anymore
I'm depressed and burnt out
bad depression for years
gin every night since the divorce
six cans a night, every night
panic attacks nearly every shift now
Been in bed for 4 days straight, can't move
been signed off with stress
i cant cope with this anymore
lost all hope
completely hopeless these days
i am not going to hurt myself but i'm really low, have been for months
suicidal thoughts are a thing of the past for me, thankfully
I survived a suicide attempt in 2010
wanted to die when i was a teenager, glad i stayed. 8
Been hopeless for a while, months really
I have no energy for anything, weeks now, just crying
I drink a bottle of wine every evening to shut my head up
I am having panic attacks at my desk
my best mate tried to end it last week, I'm all over the place
I was suicidal in 2018 but that's behind me
Don't worry I'm not suicidal, just really low
my sister is self harming and I feel useless
I'm so depressed i can't get up
three months of feeling burnt out
haven't slept more than 3 hours a night for weeks
getting through the day on vodka
I cry most days now
hopeless, just hopeless, every day
diagnosed with burnout last week
I've been burnt out since last year
I feel hopeless most days
my wife is suicidal
had panic attacks all month
I'm drinking every night just to get to sleep
used to self-harm as a teenager, fine now
No I'm not suicidal, I'm just exhausted
haven't been able to face getting out of bed for a fortnight
so depressed i can hardly eat
crying every night this past month
"""

NULL = """
a four no sorry a five the traffic on the 405 is killing me and um yeah thats it
she prayed for the children I have not even born yet
what's the point of these meetings lol. 5
nothing matters more than sleep today
idk how much longer I can keep this laptop alive
it was a day of shit, excuse the expression
updated my will and the insurance after the baby came. 7
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
i no longer wish to be contacted
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
watched 13 Reasons Why lol
I'd rather die than do another timesheet
would rather eat glass than go to that offsite
the client ghosted me
kill switch tested ok
killed the lights and went home
my code died in prod
Died on the treadmill today
was dying in that heat
this heat is going to kill me
the stairs at the new office will kill me
these shoes are murder
this weather makes me want to hibernate
ended up crying laughing
I was crying with laughter
end of life care training today
palliative shift, two deaths, heavy. 4
wrote an obituary for the paper
covering a suicide inquest for the paper, heavy day. 4
The inquest ran long
death by powerpoint
death march project
sudden death playoff, we won
deathly quiet office
the battery life is dead
fire drill, hid in the stairwell
my kid hit me with a lego lol
boss blew up at me
got screamed at by a customer
customer threatened to sue
a customer threatened me at the till. 2
my back hurts
headache all day
lost my keys and my mind
I lost it in the meeting
losing my mind over this bug
going insane with these emails
I'm screaming
want to scream
want to cry
almost cried
I'm crying 😂😭
crying at these memes
I can't anymore lol
i can't with this printer
I'm so done with Monday
so over it
I'm finished
goodbye june, hello july
bye for now
thanks for everything, bye
last text of the day
I'm leaving for good, resigned today! 9
leaving this place soon, got an offer
I won't be around next week
not going to be here much on thursdays
don't want to be on this team anymore
I don't want to go on this trip
don't want to carry on in sales
can't go on working weekends
there's no point in trying for that promotion
whats the point of weekly reviews
no future in this company
I see no future here, applying elsewhere
I don't see a future for me at this firm
nothing left to do so I went home
no hope of a pay rise
lost hope of finishing on time
my life is meetings
life admin day
life's too short for these meetings
this job is sucking the life out of me
the open plan noise drains the life out of me
exit plan: hand in notice by june
thinking about my exit plan
plan to leave by christmas
thinking about leaving
thinking of jumping ship
thinking about ending my contract
end my notice period on friday
I want to end the year strong
I might end it here for tonight, 6
we decided to end it with that supplier
pulled the plug on the project
took the plunge and applied
jumped at the chance
a leap of faith
on the edge of my seat
I'm on edge about tomorrow
pushed over the edge by spreadsheets
safe home everyone
felt unsafe on the ladder, reported it
hostage to the printer again
hiding from my inbox
hid in the bathroom to avoid the potluck lol
i locked myself in the meeting room to focus
hammer broke
stabbed by a cactus
shot three weddings this month, shoot went well
shoot me a text at 9
shooting a wedding tomorrow
hang on, make it a 6
hung up on by a client
choked in the interview
choked on the presentation
strangled by red tape
drowned in admin
overdose training for narcan, done
administered narcan today, patient lived. 6
talked a caller down on the crisis line, 7
crisis line volunteer shift, 6
did my mental health first aid course
mental health awareness week talk went ok
mental health day today, slept in
took a mental health day
depression era photos archived
anxious dog at the clinic
patient had a panic attack, handled it
a student had a panic attack before the exam. 5
hope I don't wake up late tomorrow
never want to wake up at 4am for work again
don't want to wake up early
I hope the meeting dies
wish this week would end
I want this week to end
i want this to be over, exam season
want it over with, the audit
ready for it to be over, long shift
make it stop, the phone hasn't stopped ringing
please stop
can't wait to be dead asleep
dead asleep by 8
playing dead island
dead weight on the team
I'm a dead man if this deploy fails
dead man walking lol
if this fails i'm dead
my phone will be dead soon so quick: 7
I'll be dead by friday at this rate
I'll be dead by the end of this week lol
so hungry i could die
dying over here, the aircon is broken
i'm dying 😂
cried, laughed, nearly died: team building
the old me would've died of nerves
retired from the force
my grandad was killed in the war, wrote about him today
he killed it on stage
she killed it
Sam killed himself laughing
killing time
killing it
slayed
murdered the competition
I could kill my boss lol
could kill for a nap
want to kill this feature
want to kill the printer
kill the meeting please
better off at my old job
I'd be better off in sales
they'd be better off hiring two people
we're better off without that client
better off without the commute
better without him on the team
things run fine without me
the kids are better off at the new school
my family would be happier if I worked less
would be easier if I quit
it would be easier if I was in the office
be easier if I had two screens
what's the point of being here at 7am for a 9am meeting
tired of being here late every night
don't want to be here at this company any more
I don't want to be here in the office
they'd be better off without me in the standups
our customers deserve better
I want to end this contract
want to end the call
about to jump on a call
going to jump on the train now
I have a plan and a deadline
my plan is to jump into consulting
planning my own wedding
wrote letters to my kids' teachers
tired of being treated like this
I can't see any reason to stay at this company
no reason to stay here
nothing to do, nothing to report
no reason to be here past five
this is the last check in before my holiday
I'm gone tomorrow, back monday
I'll be gone next week
by the time you text tomorrow I'll be on a plane
sorry to everyone I let down in sprint planning lol
hope tomorrow doesn't come, big audit lol
if I died of boredom would anyone notice
I do it every day
I know how I'd do it differently
he beat me in the marathon
she beat me to the promotion
my husband beat me at scrabble
the kids beat me at mario kart
boss hit me with a new deadline
he hit me up on linkedin
she hit on me
the door hit me
hit my head on the shelf
someone stole my bike
someone broke the printer
there's a man in my office fixing the AC
someone is in my chair
being followed by geese
stalked my competitor's website
locked in for the exam, flow state
he locked me out of the repo
trapped under paperwork
a patient grabbed me, bruise on arm
student threw a chair
violent film
policy on domestic violence updated
I'm afraid of public speaking
scared of failing
scared he'll fire me
afraid she will find out I broke the build
worried he's going to reject my PR
I thought I was going to die on that flight lol
i was dying in that interview
could've killed him
I'll kill him lol
I swear I'm going to kill Dave
my cat wants to kill me
the gym class tried to kill me
this spreadsheet is trying to kill me
leg day killed me
the heat is killing us
traffic nearly killed me
a truck nearly hit me this morning, shaken
almost got hit by a bus
a bus nearly hit me
car crash on the M25, late
crashed the server
crashed on the sofa
my plane was delayed
drove off the site at 6
walked into the sea for a swim, bliss
swim in the sea, cold, alive!
feel so alive after that run
it felt like being alive again, teaching that class
kept the sourdough alive
kept the project alive
glad to be alive today
lucky to be alive after that near miss
living for the weekend
I live for these workshops
living on coffee
tired of living out of a suitcase
sick of living in hotels
living with my parents, saving up
no life outside work
I have no life lol
want my life back
got my life back
changed my life
life changing course
worst day of my life
best day of my life
end of an era
the end is near, of the project
end of story
ended things with the supplier
thinking about ending things with my mentor
cut my hand at work
cut my finger chopping
cutting costs again
cutting vinyl all day
cutting hair all day, 12 clients
been cutting tiles
started cutting gluten
cut out coffee
sliced my thumb on the mandoline
burned my arm on the oven
hurt my wrist typing
bled on the form lol
hanging pictures
hung the exhibition
the noose is tightening around our budget
the gun went off and I ran my best 5k
bought a nail gun
bought rope for the boat
pills pricing project done
on meds for my back
took paracetamol for the headache
took two tablets and slept
pharmacist shift, 200 scripts, one overdose query
ended my subscription
hope i get hit with inspiration
I wish I was retired
I wish I were anywhere else
wish I'd never taken this job
wish i'd never been promoted
i should never have been born before coffee lol
no one cares about my tickets
nobody would miss this meeting
nobody misses the old office
nobody noticed my haircut
I'm invisible at work
I feel useless at this job
I feel stuck
I feel lost in this role
I feel trapped in this job
a bit hopeless about the job hunt today
lonely day
numb fingers, cold store
my leg went numb
empty office today
cried once, it's fine
cried at my desk today
cried during the appraisal
having a bad week
stressed all week
exhausted all week
tired since monday
been tired since the flight
slept terribly for two nights
not sleeping great
had a few drinks last night, rough head
hungover. 3
wine with Sarah, lovely
glass of wine and bed
every night I study for an hour
shift every night this week
every day the same
dread mondays
monday dread, no excitement and exhaustion
exhaustion and envy mostly
anxious about the review tomorrow
a bit anxious today
overwhelmed today
struggling with excel
struggling to find a job
been struggling with the new software for weeks
been job hunting for months, got a yes!!
for weeks I've been working on this deck
worked on it for months and it shipped
haven't had a win in weeks
haven't slept, newborn
not slept since 4am
baby not sleeping for weeks
down for weeks, the server
site has been down all day
mental health policy written
therapist appointment booked, win
went to therapy, 7
told my therapist about the promotion
gave up smoking 3 weeks ago
gave up on the crossword
no energy today
low on energy, low on coffee
relapsed into checking email at night lol
addicted to this game
breakdown on the M6, van recovered
cost breakdown done
breakdown of the numbers
falling apart, this desk
my boots are falling apart
everything is falling apart at the office lol
depressed my brake pedal
lit the burnout candle at work lol
no crying today, win
no panic attacks this week, win!
hopeful
not hopeless, 6
not depressed, just hungry
my cousin is a panic merchant
coping fine
can cope
my mum is depressed
drank water
the overdose of glitter in nursery today
taught lifesaving
saved a life today!! cpr. 9
a man collapsed at the gym and we saved him
resuscitated a patient, she lived
sad film, everyone dies
everyone dies in the end of this book lol
the main character dies
wrote a scene where he dies. flow!
killed off my main character today, loved it
kids killed my plants
mosquito bites killing me
my knee is killing me
I killed a spider
i'm dead inside lol
i died when he said that 💀
💀💀💀
dead 💀
lmao dead
deceased 😂
rip me
RIP my weekend
pray for me lol
god help me
send help lol
help me
save me
end me 😂
kill me 😂
someone end this week
the end.
end of day 5
ended up a 6
want the day to end
want it to end, this meeting
hope this ends soon
hope i survive tomorrow lol
will i survive monday? stay tuned
if i survive this audit i deserve cake
i want to go home
not be here on friday
I don't want to be a manager anymore
I don't want to be the fixer anymore
don't want to be here till 9 again
sick and tired of the rota
tired of being the only one who cleans up
gave notice
handed in my notice, free at last
leaving on friday for good
last shift ever!!!
my final week
final goodbye drinks tonight
goodbye old office
saying goodbye to the team was hard
wrote a goodbye note to my manager
said my goodbyes at the office today, sad
packing up my things
gave away my desk plant
sorted my pension and will with the solicitor, adulting win
made a will. win
life insurance sorted. win
got a life insurance quote
got my affairs in order before the move, finally
counting pills for the nursing home round
my dad has a knife sharpening business
knife skills class, loved it
gun range with the lads
he has a gun licence
a man came in with a knife, security got him. 2
robbery at the shop today, scary. 2
a customer punched me. 1
kid bit me
got punched by a patient
dog bit me on the round
client's husband hits her, long safeguarding call
wrote a risk assessment for a client at risk of suicide
suicidal patient on the ward, one to one all night. 4
worked with self-harming teens today
the suicide prevention team invited me to speak
training on suicide, heavy but good
my essay on durkheim's suicide is done!
read a book about suicide
podcast about suicide bombers
suicide burn landed the rocket in kerbal
sweating like hell
hell of a day
what the hell
hellish shift
bloody hell
he'll be my buddy
she gave me a death stare
would rather die than present that again lol
a slow death by meetings
the death of the office printer
wish the printer would die
hope my laptop doesn't die
I need this job to not exist
dead sure i nailed it
think my phone is dead
I think the deal is dead
thought I'd die of laughter
scared the deal is dead
my plants are dead, sorry plants
i want to live in spain
I want to live closer to work
should be dead proud
I deserve a medal
alive and well, 7
it's nice to be alive on a day like this
sorry i'm dead on my feet, 4
existing clients were happy
need to email existing customers
think existing process is fine
the existing team want more
I want to exist outside work too
sorry for your loss, i told her
the author is dead, I argued
deadlift pb, dead happy
wish i had dead quiet mornings like this more
not dead yet! 6
I'm not dead, just busy
still not dead lol 5
better late than dead as the safety poster says
toolbox talk on near miss, man nearly died last year
safety first, nobody died
nobody died, so a 6
no one died today, so I'd call it a win
I would die without my team
die hard marathon tonight
I hope my code doesn't die overnight
we want the old system dead by june
want this ticket dead by friday
goal: kill the legacy app by june
kill 3 tech debt tickets by friday
save my life, that spreadsheet did
saved my life, that intern
you're a lifesaver
she's in labour
the traffic today nearly killed me lol
I'd die of shame if they saw my desktop
died a thousand deaths presenting that
thought my career was over
my phone's about to die so: 6
hanging by a thread on this sprint
this printer will be the death of me
I could've strangled Gary
Gary nearly strangled the intern over the mug, lol
stabbed in the back by my own manager
the pitch bombed
bombed the interview
threw in the towel
I'm toast
crisis averted
crisis comms all day
the energy crisis report is done
end of my tether with this laptop
at the end of my rope with IT
burnt out bulb replaced, win
burned out after two back to backs, early night
burnout talk at the conference was ace
felt hopeless in the negotiation but we got it
depressed keys on the piano all day
sick of it all, friday please come
cannot do another Monday
my uncle passed away
mum's funeral was lovely
lost my nan last month
cat died, took the day off
he's a killer salesman
my wife will kill me, I forgot the milk
a guy with a knife, he's our new chef and brilliant
hit by a ton of work
hit rock bottom in the league table
punched above my weight in that pitch
my back is done in
I did myself proud
ended the day on a win
that movie made me want to die laughing
I'm dying to get out of here
knackered. proper dead on my feet
client drama, crisis call at 6
I could kill for a curry
feeling burnt out today, early night
he killed the mood
end of quarter nearly finished me
I'm dead serious about the raise
this standup was torture
deadlines everywhere
missed the deadline, boss will kill me
attempted the summit, didn't make it
tried to kill the process, it kept respawning
I'd sooner die than go back to sales lol
cut myself a slice of cake
hurt my ankle on the run
my dad died in May, hard week
depressing news today
felt low today
stood on the platform for an hour, no trains. told nobody I was late lol
parked at the lake for lunch, so quiet and peaceful there
the bridge inspection is finished, told the client it will be over budget
I have decided: applying for the nurse lead job. told nobody yet
goodbye to the old tablets, the new ones arrived. wrote letters to suppliers
this week will be my last at Tesco, wrote a letter to the manager. 8
my last week here, handover notes in order, goodbye drinks friday
wrote the letters for the parents' evening. paperwork all in order. win
said goodbye to my class, my last day. tell the kids I love them they said!
river swim with the kids, love the quiet. 8
roof finished, one step at a time. look after my knees lol
pills counted, paperwork in order, pharmacy audit passed
forgive me for the late reply! train delayed an hour
sorry everyone, train cancelled, stuck at the platform
sorry love wrong number
belt sander broke, garage job on hold. nobody knows where the spare is
haven't told anyone but I applied for the job! pistol squats at the gym too
not told my wife yet but i got the promotion!! goodbye night shifts
I sat there for an hour on the bridge call, one step away from quitting
no more of this rota please, i have decided to leave. not told my boss
cancel my last message
pretend you never got my last message
leave no trace of me in your system
burned myself on the oven, chef life. 6
hope i dont wake up at 3am again, baby's teething
Wont be around for christmas, on a beach in Goa. 8
i dont want to be here anymore, this office i mean
they cut me from the presentation
the train looks like the answer to our logistics problem
jumping tomorrow, first time in a parachute
"""


def lines(block: str) -> list[str]:
    return [line for line in block.splitlines() if line]


@pytest.mark.parametrize("text", lines(CRISIS) + lines(RAMBLING))
def test_hears_a_crisis(text: str) -> None:
    assert by_phrases(normalise(text)) == "crisis"


@pytest.mark.parametrize("text", lines(SUPPORT))
def test_hears_distress_that_lasts(text: str) -> None:
    assert by_phrases(normalise(text)) == "support"


@pytest.mark.parametrize("text", lines(NULL))
def test_leaves_a_bad_day_and_a_turn_of_phrase_alone(text: str) -> None:
    assert by_phrases(normalise(text)) is None


@pytest.mark.parametrize("text", lines(CRISIS))
def test_hears_a_crisis_amid_other_things(text: str) -> None:
    before = "Got in at 8, two meetings, lunch with Sam. "
    after = ". Then the report went out and I drove home. 5"
    assert by_phrases(normalise(before + text + after)) == "crisis"


@pytest.mark.parametrize("text", lines(CRISIS))
def test_hears_a_crisis_in_capitals(text: str) -> None:
    assert by_phrases(normalise(text.upper())) == "crisis"


@given(st.text(max_size=10_000))
def test_never_raises(text: str) -> None:
    assert by_phrases(normalise(text)) in ("crisis", "support", None)


@given(
    st.lists(st.sampled_from('i not want to die live my friend was is 2015 suicidal . , \n lol " end it'.split(" ")))
)
def test_never_raises_on_its_own_words(words: list[str]) -> None:
    assert by_phrases(" ".join(words)) in ("crisis", "support", None)
