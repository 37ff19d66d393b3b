"""Which answer a message goes to: by the question that is open, or by the command that was read in it.

What a command comes to depends on how things stand with the member; "*" is for all that is not named.
"""

from collections.abc import Callable, Mapping

from shared.domain.answers import (
    buddies,
    goals,
    membership,
    occasions,
    onboarding,
    plan,
    records,
    report,
    settings,
    stories,
)
from shared.domain.message import Message
from shared.domain.models import Turn
from shared.domain.steps import network, risks, wellbeing
from shared.domain.steps.dialogue import Question

Answers = Mapping[str, Callable[[Message], Turn]]
QUESTIONS: dict[str, Question] = {
    **onboarding.QUESTIONS,
    **wellbeing.QUESTIONS,
    **membership.QUESTIONS,
    **settings.QUESTIONS,
    **occasions.QUESTIONS,
    **plan.QUESTIONS,
}
# What the service's own words ask for, beside the commands that understanding reads in any words.
REQUESTS: Answers = {
    "step": plan.begin_named,
    "next": plan.next_,
    "end_step": plan.end_,
    "audit": plan.audit_again,
    "rethink": plan.rethink,
    "signs": onboarding.ask_signs,
    "story": stories.tell,
    "end_goal": goals.end,
    "drop_goal": goals.drop,
    "revise_goal": goals.revise,
    "experiment": risks.begin_another,
    "change_savings": risks.ask_savings,
    "change_self_care": wellbeing.change_self_care,
    "log_off": wellbeing.change_log_off,
    "no_log_off": wellbeing.end_log_off,
    "show_buddy": buddies.show,
    "remove_buddy": buddies.remove,
    "contacts": network.listed,
    "add_contact": network.add,
    "drop_contact": network.drop,
    "wins_pack": records.send_wins_pack,
    "language": settings.set_language,
    "settings": settings.show,
    "how": settings.how,
    "no_pause": settings.no_pause,
    "page": records.page,
}
ACTIVE: Answers = {
    **REQUESTS,
    "report": plan.reported,
    "skip": report.skip,
    "help": settings.help_,
    "stop": membership.stop,
    "start": membership.start_again,
    "delete": membership.ask_to_delete,
    "keep": membership.keep,
    "pause": settings.pause,
    "resume": settings.resume,
    "snooze": settings.snooze,
    "undo": records.undo,
    "stats": records.stats,
    "list_wins": records.list_wins,
    "list_goals": goals.listed,
    "new_goal": goals.new,
    "plan": plan.show,
    "summary": records.send_summary,
    "export": records.export,
    "buddy": buddies.invite,
    "thanks": report.thanks,
    "correct": report.correct,
    "set_time": settings.set_time,
    "set_days": settings.set_days,
    "set_timezone": settings.set_timezone,
    "set_name": settings.set_name,
    "set_email": settings.set_email,
    "*": report.unclear,
}
PENDING: Answers = {
    "yes": membership.agree,
    "start": membership.agree,
    "no": membership.decline,
    "stop": membership.stop,
    "delete": membership.delete_sign_up,
    "help": settings.help_,
    "language": membership.remind_in,
    "*": membership.remind,
}
# A text from a phone that has not said YES, of a member who has by mail.
UNPROVEN: Answers = {
    "yes": membership.prove,
    "start": membership.prove,
    "no": membership.not_proven,
    "stop": membership.stop,
    "help": settings.help_,
    "*": membership.ask_for_proof,
}
# After an opt-out nothing is said but to START and HELP: one confirmation was the last word (CTIA, TCPA).
STOPPED: Answers = {
    "start": membership.restart,
    "stop": membership.stop,
    "help": membership.help_stopped,
    "*": report.thanks,
}
