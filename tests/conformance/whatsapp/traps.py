"""Authors and bodies that mislead a reader who splits at the first colon, dash or bracket."""

from chat import BOM, LRE, LRM, NNBSP, PDF, Chat, android
from locales import WITH_ALICE
from peers import ENCRYPTED, GB, IOS_GB

GROUP = "WhatsApp Chat with Harbour.txt"
US_12H = android(lambda t: f"{t.m}/{t.d}/{t.yy}, {t.h}:{t.mi}{NNBSP}{t.half('AM', 'PM')}")


def pasted():
    yield (Chat("trap-pasted-android-lines", "iOS export with Android lines pasted into a body",
                IOS_GB)
           .say("2024-03-15T14:03:07", "Alice", "he wrote:\n05/02/2024, 09:00 - Bob: one\n"
                "05/02/2024, 09:01 - Carol: two\nand then nothing")
           .say("2024-03-15T14:04:00", "Bob", "really?")
           .say("2024-03-15T14:05:00", "Alice", "14/02/24, 10:00 - Bob: yes")
           .say("2024-03-16T08:00:00", "Bob", "hm"))
    yield (Chat("trap-pasted-ios-lines", "Android export with iOS lines pasted into a body", GB,
                WITH_ALICE)
           .say("2024-03-15T14:03:00", "Alice", "look:\n[05/02/2024, 09:00:01] Bob: one\n"
                "[05/02/2024, 09:00:02] Carol: two")
           .say("2024-03-15T14:04:00", "Bob", "ok")
           .say("2024-03-16T14:05:00", "Alice", "[1] see there")
           .say("2024-03-16T14:06:00", "Bob", "fine"))
    yield (Chat("trap-dates-in-body", "Bodies and their further lines begin with dates and times",
                GB, WITH_ALICE)
           .say("2024-03-15T14:03:00", "Alice", "05/03/2024, 14:00 - lunch\n05/03/2024 we met\n"
                "12:30 start\n2024/03/05 year first\n06/03/2024, 15:00")
           .say("2024-03-15T14:04:00", "Bob", "1/2/3 and 4-5-6")
           .say("2024-03-16T14:05:00", "Alice", "15.03.2024: done"))
    yield (Chat("trap-pasted-own-head", "Pasted lines with the file's own head cannot be told from "
                "messages: they are read as such, and noted, because the clock runs far back",
                IOS_GB)
           .say("2024-03-15T14:03:07", "Alice", "he wrote:")
           .say("2023-11-20T09:00:00", "Bob", "one")
           .say("2024-03-15T14:04:00", "Bob", "really?")
           .say("2024-03-16T08:00:00", "Alice", "yes"))
    yield (Chat("trap-header-inside-line", "The file's own head in the middle of a line", IOS_GB)
           .say("2024-03-15T14:03:07", "Alice", "you said [15/03/2024, 14:03:07] Bob: ok")
           .say("2024-03-15T14:04:00", "Bob", "no\n  [15/03/2024 was a Friday]")
           .say("2024-03-16T14:05:00", "Alice", "> Bob: no"))
    yield (Chat("trap-two-exports", "An Android and an iOS export in one file", GB, WITH_ALICE)
           .say("2024-03-15T14:03:00", "Alice", "first file")
           .say("2024-03-15T14:04:00", "Bob", "still first")
           .say("2024-03-16T14:05:00", "Alice", "end of first")
           .say("2024-03-15T14:03:07", "Alice", "first file", head=IOS_GB, mark=BOM)
           .say("2024-03-15T14:04:08", "Bob", "still first", head=IOS_GB)
           .say("2024-03-17T09:00:00", "Alice", "new\nof two lines", head=IOS_GB)
           .say("2024-03-18T09:00:00", "Bob", "end", head=IOS_GB))
    yield (Chat("trap-overlapping-exports", "Two exports of one chat, one after the other: the "
                "clock runs back once", GB, WITH_ALICE)
           .say("2024-03-15T14:03:00", "Alice", "one")
           .say("2024-03-16T14:04:00", "Bob", "two")
           .say("2024-03-17T14:05:00", "Alice", "three")
           .say("2024-03-16T14:04:00", "Bob", "two")
           .say("2024-03-17T14:05:00", "Alice", "three")
           .say("2024-03-18T14:06:00", "Bob", "four"))


def authors():
    yield (Chat("trap-colon-in-author", "An author named 'Team: Logistics', another with a clock "
                "time, a third who writes 'Note: '", GB, GROUP)
           .say("2024-03-15T14:03:00", "Team: Logistics", "the lorry is here")
           .say("2024-03-15T14:04:00", "Alice", "good")
           .say("2024-03-15T14:05:00", "Team: Logistics", "unloading")
           .say("2024-03-15T14:06:00", "Shift 7:30", "we help")
           .say("2024-03-15T14:07:00", "Alice", "Note: gate 4")
           .say("2024-03-15T14:08:00", "Team: Logistics", "Note: it is closed")
           .say("2024-03-15T14:09:00", "Alice", "Note: then gate 5")
           .say("2024-03-16T14:10:00", "Team: Logistics", "done")
           .say("2024-03-16T14:11:00", "Shift 7:30", "bye: all"))
    yield (Chat("trap-colon-in-every-text", "An author all of whose few texts hold ': ' behind "
                "different words is still the shorter name", GB, GROUP)
           .say("2024-03-15T14:03:00", "Alice", "hello")
           .say("2024-03-15T14:04:00", "Dora", "Bob: hi")
           .say("2024-03-15T14:05:00", "Alice", "yes?")
           .say("2024-03-16T14:06:00", "Dora", "see: https://example.org")
           .say("2024-03-17T14:07:00", "Dora", "see: the second page")
           .say("2024-03-17T14:08:00", "Erik", "Price: 500")
           .say("2024-03-17T14:09:00", "Fred", "ps: later")
           .say("2024-03-17T14:10:00", "Fred", "ps: later"))
    yield (Chat("trap-colon-before-pasted-lines", "An author who writes only 'fwd:' and pasted "
                "lines is not named 'Bob: fwd'", GB, GROUP)
           .say("2024-03-15T14:03:00", "Alice", "hello")
           .say("2024-03-15T14:04:00", "Bob", "fwd:\n[20:24, 21/2/2024] Zed: ok")
           .say("2024-03-15T14:05:00", "Alice", "and?")
           .say("2024-03-16T14:06:00", "Bob", "fwd:\n[20:27, 21/2/2024] Zed: yes\nend")
           .say("2024-03-17T14:07:00", "Bob", "fwd:\n[20:29, 21/2/2024] Alice: no"))
    chat = Chat("trap-colon-in-every-caption", "An author whose every file has one caption with "
                "': ' in it, before a marker with ': '", IOS_GB)
    chat.say("2024-03-15T14:02:00", "Alice", "hello")
    for wall, number in (("2024-03-15T14:03:07", 2), ("2024-03-15T14:04:07", 3),
                         ("2024-03-16T14:03:07", 4)):
        name = f"{number:08}-PHOTO-{wall.replace('T', '-').replace(':', '-')}.jpg"
        chat.media(wall, "Bob", f"view: x {LRM}<attached: {name}>", name, "view: x", mark=LRM)
    yield chat
    yield (Chat("trap-tilde-author", "Unsaved contacts: '~' with U+202F or a space before the name",
                IOS_GB)
           .say("2024-03-15T14:03:07", f"~{NNBSP}Marta", "hello")
           .say("2024-03-15T14:04:00", "~ Jo", "hi")
           .say("2024-03-15T14:05:00", f"~{NNBSP}Marta", "who is this?"))
    yield (Chat("trap-phone-in-bidi", "A telephone number between U+202A and U+202C is the author",
                IOS_GB)
           .say("2024-03-15T14:03:07", "+44 7700 900123", "hello",
                shown=f"{LRE}+44 7700 900123{PDF}")
           .say("2024-03-15T14:04:00", "Bob", "hi")
           .say("2024-03-15T14:05:00", "+33 1 99 00 12 34", "salut",
                shown=f"{LRE}+33 1 99 00 12 34{PDF}"))
    yield (Chat("trap-emoji-author", "Emoji as names and in names", GB, GROUP)
           .say("2024-03-15T14:03:00", "🤓", "hello 🤓")
           .say("2024-03-15T14:04:00", "John 🤓", ":)")
           .say("2024-03-16T14:05:00", "👨‍👩‍👧", "hi: all"))
    yield (Chat("trap-dash-in-author", "Names with ' - '", GB, GROUP)
           .say("2024-03-15T14:03:00", "Jean - Luc", "bonjour")
           .say("2024-03-15T14:04:00", "A - B - C", "hello - there")
           .say("2024-03-16T14:05:00", "Jean - Luc", "ça va: bien - merci"))
    yield (Chat("trap-bracket-in-author", "Names with brackets", IOS_GB)
           .say("2024-03-15T14:03:07", "[Ops] Carl", "up")
           .say("2024-03-15T14:04:00", "Dana ] North", "down")
           .say("2024-03-15T14:05:00", "[Ops] Carl", "[x] done"))
    yield (Chat("trap-name-repeated-in-text", "A text that begins like 'author: '", GB, GROUP)
           .say("2024-03-15T14:03:00", "Alice", "hello")
           .say("2024-03-15T14:04:00", "Bob", "Alice: hello")
           .say("2024-03-16T14:05:00", "Alice", "Bob: Alice: stop")
           .say("2024-03-16T14:06:00", "Bob", "http://example.org:80/: x"))


def bodies():
    yield (Chat("trap-empty-body", "Bodies with nothing in them, with and without a space after "
                "the colon", GB, GROUP)
           .say("2024-03-15T14:03:00", "Alice", "look")
           .say("2024-03-15T14:04:00", "Carol", "", colon=":")
           .say("2024-03-15T14:05:00", "Carol", "")
           .say("2024-03-16T14:06:00", "Alice", "gone")
           .say("2024-03-16T14:07:00", "Carol", "yes"))
    yield (Chat("trap-no-space-after-colon", "'Name:.' with no space", GB, GROUP)
           .say("2024-03-15T14:03:00", "John Doe", "hello there")
           .say("2024-03-15T14:04:00", "John Doe", ".", colon=":")
           .say("2024-03-16T14:05:00", "Jane Doe", "what : is - this"))
    yield (Chat("trap-markup", "A body that would run in a careless report", GB, GROUP)
           .say("2024-03-15T14:03:00", "Alice", "<script>alert(1)</script>")
           .say("2024-03-15T14:04:00", "<b>Bob</b>", "\"quotes\" & 'more' \\ back")
           .say("2024-03-16T14:05:00", "Alice", "=HYPERLINK(\"https://example.org\")"))
    yield (Chat("trap-blank-lines-in-body", "Empty lines and lines of spaces inside a body", GB,
                WITH_ALICE)
           .say("2024-03-15T14:03:00", "Alice", "\nstarts late")
           .say("2024-03-15T14:04:00", "Bob", "a\n\n\nb\n   \nc")
           .say("2024-03-16T14:05:00", "Alice", "  two spaces  in front"))
    yield (Chat("trap-forged-markers-android", "Markers typed by a user inside other words", GB,
                WITH_ALICE)
           .say("2024-03-15T14:03:00", "Alice", "it says <Media omitted> here")
           .say("2024-03-15T14:04:00", "Bob", "secret.jpg (file attached) or so he said")
           .say("2024-03-15T14:05:00", "Alice", "This message was deleted by mistake, sorry")
           .say("2024-03-15T14:06:00", "Bob", "location: the usual place")
           .say("2024-03-15T14:07:00", "Alice", "POLL: who comes?")
           .say("2024-03-16T14:08:00", "Bob", "Missed voice call from my mother")
           .say("2024-03-16T14:09:00", "Alice", "<This message was edited> is what it shows"))
    yield (Chat("trap-forged-markers-ios", "Markers typed by a user: no U+200E and not exact",
                IOS_GB)
           .say("2024-03-15T14:03:07", "Alice", "I got image omitted")
           .say("2024-03-15T14:04:00", "Bob", "see <attached: plan.pdf> there")
           .say("2024-03-15T14:05:00", "Alice", "Bob changed the subject, as always")
           .say("2024-03-15T14:06:00", "Bob", "Messages and calls are end-to-end encrypted, huh")
           .say("2024-03-16T14:07:00", "Alice", "you: This message was deleted. me: no"))
    yield (Chat("trap-speech-like-system", "Speech in the words of system lines", GB, GROUP)
           .system("2024-03-15T14:00:00", ENCRYPTED, "encryption-notice")
           .say("2024-03-15T14:03:00", "Alice", "Bob left")
           .say("2024-03-15T14:04:00", "Bob", "You added Carol")
           .say("2024-03-15T14:05:00", "Alice", "Bob changed the group description")
           .say("2024-03-16T14:06:00", "Bob", "I was added"))
    yield (Chat("trap-system-with-colon", "System lines that hold ': ' have no author", GB, GROUP)
           .system("2024-03-15T14:03:00", 'Alice created group "Plan: A"', "group-created")
           .system("2024-03-15T14:04:00", 'Alice changed the subject from "Plan: A" to "Plan: B"',
                   "subject-changed")
           .say("2024-03-15T14:05:00", "Alice", "ok: now")
           .say("2024-03-16T14:06:00", "Bob", "fine"))
    yield (Chat("trap-us-12h-multi-line", "12 h, U+202F, a body of several lines with times",
                US_12H, WITH_ALICE)
           .say("2024-03-15T14:03:00", "Alice", "times:\n2:30 PM - gym\n3/16/24 - shop")
           .say("2024-03-15T00:04:00", "Bob", "12:00 AM?")
           .say("2024-03-16T12:05:00", "Alice", "noon"))


def variants():
    yield from pasted()
    yield from authors()
    yield from bodies()
