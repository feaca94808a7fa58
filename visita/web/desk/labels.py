"""The words and icons the desk's script needs, handed over as data: the script itself has no texts."""

from django.utils.translation import gettext as _

from visita.web.components.icons import paths

ICONS = (
    "add", "alert", "arrived", "calendar", "check", "checks", "clock", "cross", "globe", "lock", "move", "note",
    "people", "person", "person-add", "person-off", "phone", "undo", "search", "house", "gear", "info",
    "shield", "cake", "bell", "park", "mail", "queue", "document", "repeat",
)  # fmt: skip


SIGNS = {
    "requested": "clock",
    "confirmed": "check",
    "arrived": "arrived",
    "completed": "checks",
    "no_show": "person-off",
    "cancelled": "cross",
}  # the second sign of a status, beside its colour


def icons() -> dict[str, tuple[str, ...]]:
    """Path data of the icons the script draws."""
    return {name: paths(name) for name in ICONS}


def known_already() -> str:
    """Above the records that fit somebody who is being typed as new."""
    return _("Known already? Press to take the record instead of making a second one.")


def statuses() -> dict[str, str]:
    """The word of every state a block can have."""
    return {
        "requested": _("Not confirmed"),
        "confirmed": _("Confirmed"),
        "arrived": _("Arrived"),
        "completed": _("Done"),
        "no_show": _("Not shown"),
        "cancelled": _("Cancelled"),
        "blocked": _("Blocked"),
        "elsewhere": _("At another location"),
        "held": _("Being booked"),
        "session": _("Class"),
    }


def door(source: str) -> str:
    """The door a visit or an act came by, in words."""
    known = {
        "web": _("booking page"),
        "widget": _("widget"),
        "popup": _("widget"),
        "link": _("link"),
        "qr": _("QR code"),
        "api": _("other software"),
        "desk": _("desk"),
        "import": _("import"),
        "system": _("by itself"),
    }
    return known.get(source, source)


def scheme_words() -> list[tuple[str, str]]:
    """The marks of a visit and their words."""
    return [("public", _("Public health")), ("private", _("Private"))]


def labels() -> dict[str, str]:
    """Texts by name; `{…}` are filled in by the script."""
    return (
        {f"state_{name}": word for name, word in statuses().items()}
        | _facts()
        | _moving()
        | _telling()
        | _parking()
        | _cell()
        | _panel()
        | _page()
    )


def _facts() -> dict[str, str]:
    return {
        "fact_online": _("booked online"),
        "fact_new": _("new client"),
        "fact_note": _("has a note"),
        "fact_outside": _("outside working time"),
        "fact_overbooked": _("overbooked"),
        "fact_birthday": _("birthday"),
        "fact_risk": _("may not come"),
        "risk": _("{percent}% may not come: missed {missed} of {of}, booked {days} days ahead"),
        "fact_form": _("answers missing"),
        "fact_public": _("public health"),
        "of_visit": _("part {n} of {of} of the visit"),
        "places": _("{taken} of {all} places taken"),
        "before": _("time to prepare"),
        "after": _("time to clear up"),
    }


def _moving() -> dict[str, str]:
    return {
        "free": _("free"),
        "not_free": _("not free"),
        "not_free_there": _("That time is not free."),
        "checking": _("checking"),
        "here": _("where it was"),
        "puts_back": _("Esc puts it back"),
        "moved": _("{name} moved to {time}, {who}"),
        "resized": _("{name} now ends at {time}"),
        "undo": _("Undo"),
        "undone": _("{name} is back at {time}, {who}"),
        "anyway": _("Book over it"),
        "anyway_over": _("Book over {names}"),
        "anyway_outside": _("Book outside working time"),
        "warned": _("Go on all the same"),
        "override": _("Book against the rule"),
        "stays": _("{reason} The visit stays where it was."),
        "move_mode": _(
            "Moving {name}. Arrow keys choose the time and the person, Page Up and Page Down the day, Enter drops, P lays it aside, Escape puts it back."
        ),
        "board_mode": _(
            "Moving {name}. Arrow keys choose the day and the person, Shift with Up and Down the hour, Enter drops, Escape puts it back."
        ),
        "resize_mode": _(
            "Length of {name}. Up and Down choose when it ends, Shift with them by five minutes, Enter keeps it, Escape leaves it as it was."
        ),
        "too_short": _("A visit lasts {n} minutes at least."),
        "spot": _("{time}, {who}: {verdict}"),
        "put_back": _("{name} stays at {time}, {who}."),
        "move_it": _("Move"),
        "length_it": _("Make it longer or shorter"),
        "leave_there": _("Leave at its time"),
        "find_time": _("Find a time"),
        "find_other": _("Find another time for {name}"),
        "moved_to": _("{name} moved to {time}"),
        "cannot_move": _("This visit cannot be moved any more."),
        "nothing_to_undo": _("There is nothing to undo."),
        "new_price": _("Move it at this price"),
        "move_still": _("Move it all the same"),
        "try_again": _("Try again"),
    }


def _telling() -> dict[str, str]:
    return {
        "notify": _("Notify client?"),
        "will_be_told": _("{name} gets a message in {n} seconds"),
        "do_not_send": _("Do not send it"),
        "not_told": _("{name} gets no message"),
    }


def _parking() -> dict[str, str]:
    return {
        "fact_series": _("one of a series"),
        "fact_parked": _("laid aside to be moved"),
        "strip": _("Laid aside"),
        "strip_empty": _("Nothing lies here. A visit laid aside keeps its time until you drop it elsewhere."),
        "lay_aside": _("Lay aside"),
        "carry_to": _("Carry it to another day"),
        "today": _("Today"),
        "parked": _("{name} is laid aside and keeps the time for now"),
        "unparked": _("{name} stays where it was"),
        "parked_by": _("Laid aside by {name}, {when}"),
        "parked_past": _("{when}, already past"),
        "parked_show": _("Show {name} on its day"),
        "parked_back": _("Leave {name} at its time"),
    }


def _cell() -> dict[str, str]:
    return {
        "open": _("Open"),
        "client_card": _("Card and history of the client"),
        "block_time": _("Block time…"),
        "hours_add": _("Add a working hour"),
        "hours_remove": _("Take this free time out of the working hours"),
        "hours_now": _("Working hours now: {hours}"),
        "walk_in": _("Somebody came without a time…"),
        "unblock": _("Remove the block"),
        "waits_for_this": _("Who waits for this time"),
        "to_waitlist": _("Put somebody on the waitlist…"),
        "unblocked": _("{time} can be booked again"),
        "blocked_now": _("The time is blocked"),
        "usual_length": _("As usual, {time}"),
        "block_instead": _("Block this time instead"),
    }


def _panel() -> dict[str, str]:
    return {
        "loading": _("Loading"),
        "close": _("Close"),
        "new_visit": _("New visit"),
        "booked": _("{name} is booked for {time}"),
        "nobody_found": _("Nobody found. Fill in the name below for a new client."),
        "search_nobody": _("Nobody found by this name or number."),
        "found": _("{n} found"),
        "came_of": _("came {came} of {of} times"),
        "found_more": _("There are more. Type more of the name."),
        "found_similar": _("Nobody by that name. One letter away:"),
        "no_visit": _("no visits yet"),
        "until": _("{time}, free"),
        "saved": _("Saved"),
        "known_already": known_already(),
        "given_by_nobody": _("Nobody here gives this service any more. Choose another one."),
        "gives_not": _("{name} does not give this service. Now it is anyone free, or choose."),
        "brought_back": _("Brought back"),
        "nearest": _("Nearest free times"),
        "none_free": _("Nothing is free on this day."),
        "book_at": _("New visit, {who}, {time}"),
        "chosen_client": _("Chosen: {name}"),
    }


def _page() -> dict[str, str]:
    return {
        "minutes": _("{n} min"),
        "hours": _("{h} h"),
        "hours_minutes": _("{h} h {m}"),
        "offline": _("No connection. You see the day as of {time}; it comes up to date by itself."),
        "failed": _("That did not work. Nothing was changed; try again."),
        "line_broke": _(
            "The line broke. Whether this was saved is seen as soon as it is back; look before you try again."
        ),
        "no_right": _("You may not see this any more."),
        "typed_here": _("What you were writing is still here, to be copied:"),
        "gone": _("This is not there any more."),
        "typed_kept": _("What you typed was not saved. It waits here until you leave the page."),
        "open_again": _("Open it again"),
        "begun": _("You began a new visit and did not book it."),
        "begun_for": _("You began a visit for {name} and did not book it."),
        "begun_go_on": _("Go on with the visit you began"),
        "begun_discard": _("Discard it"),
        "go_on": _("Go on"),
        "signed_out_kept": _("You are signed out. What you typed is still here."),
        "sign_in_beside": _("Sign in beside this page"),
        "renewed": _("Visita was renewed meanwhile. Finish what you are typing, then load the page again."),
        "reload": _("Load again"),
        "new_day": _("A new day has begun; this page shows an earlier one."),
        "go_today": _("Go to today"),
        "changed_there": _("Somebody else wrote here meanwhile: {text}"),
        "yours": _("Yours"),
        "theirs": _("There now"),
        "keep_mine": _("Keep mine"),
        "take_theirs": _("Take theirs"),
        "no_line": _("No connection: nothing was changed. Try again when the line is back."),
        "signed_out": _("You are signed out: nothing was changed. Sign in beside this page, then try again."),
        "search_this": _("Search “{text}”"),
        "search_all": _("Search the journal for “{text}”"),
        "off_day": _("not at work"),
        "empty": _("Nobody works on this day."),
        "now": _("now"),
        "scale": _("Scale"),
        "used_of": _("{used} of {hours} used"),
        "done": _("{n} done"),
        "booked_sum": _("of {sum} booked"),
        "filled": _("{n}% filled"),
        "other_day": _("Go to that day"),
    }
