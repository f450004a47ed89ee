"""The Telegram part of the fictional case "Harbour": Omid's computer had Telegram Desktop. One group
in both forms of the export, the HTML made a week before the JSON, and the whole account.

What only one form has: ids and edits stand in the JSON, the date of a forward in the HTML. One message
was changed between the two. As the application does it, the HTML states the zone's standard offset
(+02:00) in April, when the clocks of the computer were at +03:00, and the JSON is not quite JSON.

Nothing in here is real: ids are made up, phone numbers come from the ranges reserved for fiction.
"""

import html
import json
import re
from datetime import datetime, timedelta, timezone

import harbour_media as media
import harbour_story as story

GROUP_ID = 1900800701
OMID, KARIM, NADIM, YUSUF = 5900800701, 5900800702, 5900800703, 5900800704
NAMES = {OMID: "Omid", KARIM: "Karim 🚤", NADIM: "Nadim", YUSUF: "يوسف"}
SUMMER, STANDARD = timedelta(hours=3), "UTC+02:00"


def utc(stamp):
    return datetime.strptime("2024-" + stamp, "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc)


def local(stamp):
    return utc(stamp) + SUMMER


def clocks(stamp, name="date"):
    return {name: f"{local(stamp):%Y-%m-%dT%H:%M:%S}", name + "_unixtime": str(int(utc(stamp).timestamp()))}


def say(number, stamp, sender, text, **more):
    """`text` is a string or a list of parts; `old` is what the HTML still has."""
    return {"number": number, "stamp": stamp, "sender": sender, "text": text, **more}


GROUP = [
    {"number": 1, "stamp": "04-03 09:00:00", "sender": NADIM, "action": "create_group",
     "members": ["Nadim", "Omid", "Karim 🚤"], "shown": "Nadim created group «Boats and weather» with members Nadim, Omid and Karim 🚤"},
    say(2, "04-03 09:01:12", NADIM, "Here only weather and places. Prices stay on the other phone."),
    say(3, "04-03 09:02:40", OMID, "OK. Wind 5 on Friday, 3 on Saturday.", reactions=["👍"]),
    say(4, "04-03 09:15:03", KARIM, "From the harbour master:", forward=("Port Information", "04-02 16:00:00")),
    say(5, "04-05 20:31:55", KARIM, "", place=("37.942310", "23.646920")),
    say(6, "04-05 20:32:20", KARIM, ["Meet there at ", {"type": "bold", "text": "02:30"}, ", not before."],
        edited="04-05 20:40:00", reply=5, old="Meet there at <strong>03:30</strong>, not before."),
    say(7, "04-06 06:12:09", YUSUF, "وصلنا. كلهم بخير، ٢٣ شخص"),
    say(8, "04-06 06:13:30", OMID, "", photo="route.jpg"),
    {"number": 9, "stamp": "04-06 06:20:00", "sender": KARIM, "action": "set_messages_ttl", "period": 86400,
     "shown": "Karim 🚤 has set messages to auto-delete in 1 day"},
    say(10, "04-06 06:21:15", OMID, "Tell Selam the rest of the money on Monday, 1500 each.", reply=7),
]


def entities(text):
    parts = text if isinstance(text, list) else [text] if text else []
    return [part if isinstance(part, dict) else {"type": "plain", "text": part} for part in parts]


def as_json(message):
    service = "action" in message
    who = ("actor", "actor_id") if service else ("from", "from_id")
    out = {"id": message["number"], "type": "service" if service else "message", **clocks(message["stamp"])}
    if "edited" in message:
        out |= clocks(message["edited"], "edited")
    out |= {who[0]: NAMES[message["sender"]], who[1]: f"user{message['sender']}"}
    for name in ("action", "members", "period"):
        if name in message:
            out[name] = message[name]
    if "forward" in message:
        out["forwarded_from"] = message["forward"][0]
    if "reply" in message:
        out["reply_to_message_id"] = message["reply"]
    if "photo" in message:
        out |= {"photo": "photos/" + message["photo"], "photo_file_size": len(media.FILES["map"][3]),
                "width": 320, "height": 200}
    if "place" in message:
        latitude, longitude = message["place"]
        out["location_information"] = {"latitude": "degrees " + latitude, "longitude": "degrees " + longitude}
    text = message.get("text", "")
    out |= {"text": text, "text_entities": entities(text)}
    if "reactions" in message:
        out["reactions"] = [{"type": "emoji", "count": 1, "emoji": each} for each in message["reactions"]]
    return out


def written(value):
    """With six digits behind the point of a coordinate, and control characters as \\xHH."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return re.sub(r'"degrees (.*?)"', r"\1", text).replace("\\u000b", "\\x0B").encode()


def chat(name, kind, number, messages):
    return {"name": name, "type": kind, "id": number, "messages": messages}


def block(message, is_joined):
    number, stamp = message["number"], local(message["stamp"])
    if "action" in message:
        return (f'     <div class="message service" id="message{number}">\n\n      <div class="body details">\n'
                f'{html.escape(message["shown"])}\n      </div>\n\n     </div>\n')
    name = html.escape(NAMES[message["sender"]])
    out = [f'     <div class="message default clearfix{" joined" if is_joined else ""}" id="message{number}">\n']
    if not is_joined:
        out.append('\n      <div class="pull_left userpic_wrap">\n\n       <div class="userpic userpic'
                   f'{message["sender"] % 8 + 1}" style="width: 42px; height: 42px">\n\n        <div class="initials" '
                   f'style="line-height: 42px">\n{name[0]}\n        </div>\n\n       </div>\n\n      </div>\n')
    out.append('\n      <div class="body">\n\n       <div class="pull_right date details" '
               f'title="{stamp:%d.%m.%Y %H:%M:%S} {STANDARD}">\n{stamp:%H:%M}\n       </div>\n')
    if not is_joined:
        out.append(f'\n       <div class="from_name">\n{name} \n       </div>\n')
    if "reply" in message:
        reply = message["reply"]
        out.append(f'\n       <div class="reply_to details">\nIn reply to <a href="#go_to_message{reply}" '
                   f'onclick="return GoToMessage({reply})">this message</a>\n       </div>\n')
    text = message.get("old") or html.escape(message["text"])
    text = f'\n       <div class="text">\n{text}\n       </div>\n' if text else ""
    if "forward" in message:
        source, when = message["forward"]
        date = f"{local(when):%d.%m.%Y %H:%M:%S}"
        text = (f'\n       <div class="forwarded body">\n\n        <div class="from_name">\n{source} <span class="date '
                f'details" title="{date} {STANDARD}"> {date}</span>\n        </div>\n{text}\n       </div>\n')
    if "photo" in message:
        path = "photos/" + message["photo"]
        out.append('\n       <div class="media_wrap clearfix">\n\n        <a class="photo_wrap clearfix pull_left" '
                   f'href="{path}">\n\n         <img class="photo" src="{path}" style="width: 260px; height: 162px"/>\n\n'
                   '        </a>\n\n       </div>\n')
    if "place" in message:
        at = ",".join(message["place"])
        out.append('\n       <div class="media_wrap clearfix">\n\n        <a class="media clearfix pull_left block_link '
                   f'media_location" href="https://maps.google.com/maps?q={at}&amp;ll={at}&amp;z=16">\n\n         <div '
                   'class="fill pull_left">\n\n         </div>\n\n         <div class="body">\n\n          <div '
                   'class="title bold">\nLocation\n          </div>\n\n         </div>\n\n        </a>\n\n       </div>\n')
    out.append(text)
    for emoji in message.get("reactions", ()):
        out.append('\n       <span class="reactions">\n\n        <span class="reaction">\n\n         <span class="emoji">\n'
                   f'{emoji}\n         </span>\n\n         <span class="count">\n1\n         </span>\n\n        </span>\n\n'
                   '       </span>\n')
    return "".join(out) + "\n      </div>\n\n     </div>\n"


def page():
    out = ['<!DOCTYPE html>\n<html>\n\n <head>\n\n  <meta charset="utf-8"/>\n<title>Exported Data</title>\n\n </head>\n\n'
           ' <body onload="CheckLocation();">\n\n  <div class="page_wrap">\n\n   <div class="page_header">\n\n'
           '    <div class="content">\n\n     <div class="text bold">\nBoats and weather \n     </div>\n\n    </div>\n\n'
           '   </div>\n\n   <div class="page_body chat_page">\n\n    <div class="history">\n\n']
    day = last = None
    for index, message in enumerate(GROUP[:-1]):  # the last one came later
        stamp = local(message["stamp"])
        if stamp.date() != day:
            day, last = stamp.date(), None
            out.append(f'     <div class="message service" id="message-{index + 1}">\n\n      <div class="body details">\n'
                       f'{stamp.day} {stamp:%B %Y}\n      </div>\n\n     </div>\n\n')
        joined = "action" not in message and last == message["sender"] and "forward" not in message
        out.append(block(message, joined) + "\n")
        last = None if "action" in message else message["sender"]
    return ("".join(out) + "    </div>\n\n   </div>\n\n  </div>\n\n </body>\n\n</html>\n").encode()


def account():
    """Groups of an account export hold the owner's own messages only."""
    own = [as_json(each) for each in GROUP if each["sender"] == OMID]
    karim = [as_json(each) for each in (
        say(4101, "04-27 22:05:10", KARIM, "Change of number again. Delete this chat tonight."),
        say(4102, "04-27 22:06:44", OMID, "ok\x0b", reply=4101),
        say(4103, "04-27 22:07:02", OMID, "And the passport of the Eritrean?"))]
    karim.append({"id": 4104, "type": "service", **clocks("04-27 22:09:31"), "actor": NAMES[KARIM],
                  "actor_id": f"user{KARIM}", "action": "phone_call", "duration_seconds": 95,
                  "discard_reason": "hangup", "text": "", "text_entities": []})
    about = "Here is the data you requested."
    contacts = [{"user_id": KARIM, "first_name": "Karim", "last_name": "🚤", "phone_number": story.KARIM_AFTER,
                 **clocks("03-01 10:00:00")},
                {"user_id": 0, "first_name": "Tesfay", "last_name": "", "phone_number": story.TESFAY_NUMBER,
                 **clocks("03-01 10:00:00")}]
    return {"about": about,
            "personal_information": {"user_id": OMID, "first_name": "Omid", "last_name": "",
                                     "phone_number": "+44 7700 900163", "username": "@omid_fiction", "bio": ""},
            "contacts": {"about": about, "list": contacts},
            "sessions": {"about": about, "list": [{
                **clocks("04-28 05:00:00", "last_active"), "last_ip": "192.0.2.77", "last_country": "Greece",
                "application_name": "Telegram Desktop", "device_model": "PC"}]},
            "chats": {"about": about, "list": [
                chat(NAMES[KARIM], "personal_chat", KARIM, karim),
                chat("Boats and weather", "private_supergroup", GROUP_ID, own)]}}


def make():
    group = written(chat("Boats and weather", "private_supergroup", GROUP_ID, [as_json(each) for each in GROUP]))
    whole = written(account())
    photo = media.FILES["map"][3]
    return {
        "telegram/ChatExport_2024-04-29/result.json": group,
        "telegram/ChatExport_2024-04-29/photos/route.jpg": photo,
        "telegram/ChatExport_2024-04-22/messages.html": page(),
        "telegram/ChatExport_2024-04-22/photos/route.jpg": photo,
        "telegram/DataExport_2024-04-29/result.json": whole,
    }
