#!/usr/bin/env python3
"""Writes an export of Telegram Desktop of any length, for benchmarks.

    telegram.py --n 1000000 --seed 1 -o result.json
    telegram.py --n 1000000 --seed 1 --form html -o FOLDER     pages of 1000 messages

The same (n, seed, form) gives the same bytes. Memory does not grow with n. Texts and senders are those
of whatsapp_text.py.
"""
import argparse
import datetime
import html
import json
import pathlib

from whatsapp_text import SCRIPTS, SENDERS, Draw, phrases_of

FIRST = 1_500_000_000
STANDARD, SUMMER = 2 * 3600, 3 * 3600
PAGE = 1000


class Chat:
    def __init__(self, n, seed):
        self.n, self.draw = n, Draw(seed)
        pools = [(share, phrases_of(self.draw, alphabet, words, length, real))
                 for share, alphabet, words, length, real in SCRIPTS.values()]
        self.pools = [pool for share, pool in pools for _ in range(share)]

    def messages(self):
        """(id, unix time, clock, sender, text, extra) of each message."""
        second, draw = FIRST, self.draw
        for number in range(1, self.n + 1):
            second += draw.below(600)
            offset = SUMMER if second // 15_552_000 % 2 else STANDARD
            clock = datetime.datetime.fromtimestamp(second + offset, datetime.timezone.utc)
            pool = self.pools[draw.below(100)]
            yield number, second, clock, draw.below(len(SENDERS)), pool[draw.below(len(pool))], draw.below(100)


def as_json(chat, out):
    out.write('{\n "name": "Bench",\n "type": "private_supergroup",\n "id": 1234567890,\n "messages": [')
    for number, second, clock, sender, text, extra in chat.messages():
        message = {"id": number, "type": "message", "date": clock.strftime("%Y-%m-%dT%H:%M:%S"),
                   "date_unixtime": str(second)}
        if extra == 0:
            message |= {"type": "service", "actor": SENDERS[sender], "actor_id": f"user{sender}",
                        "action": "invite_members", "members": [SENDERS[number % len(SENDERS)]]}
            text = ""
        else:
            message |= {"from": SENDERS[sender], "from_id": f"user{sender}"}
        if extra == 1:
            message |= {"edited": message["date"], "edited_unixtime": str(second + 60)}
        if 2 <= extra < 20 and number > 10:
            message["reply_to_message_id"] = number - 1 - extra % 9
        if 20 <= extra < 25:
            message |= {"photo": f"photos/photo_{number}.jpg", "width": 1280, "height": 720}
        parts = [{"type": "plain", "text": text}] if text else []
        if extra == 26:
            parts.append({"type": "link", "text": "https://example.org/"})
        message["text"] = text if len(parts) < 2 else [text, parts[1]]
        message["text_entities"] = parts
        if extra == 27:
            message["reactions"] = [{"type": "emoji", "count": 1, "emoji": "👍", "recent": [
                {"from": SENDERS[0], "from_id": "user0", "date": message["date"]}]}]
        text = json.dumps(message, ensure_ascii=False, indent=1).replace("\n", "\n  ")
        out.write(("," if number > 1 else "") + "\n  " + text)
    out.write("\n ]\n}")


HEAD = """<!DOCTYPE html>
<html>

 <head>

  <meta charset="utf-8"/>
<title>Exported Data</title>

 </head>

 <body onload="CheckLocation();">

  <div class="page_wrap">

   <div class="page_header">

    <div class="content">

     <div class="text bold">
Bench 
     </div>

    </div>

   </div>

   <div class="page_body chat_page">

    <div class="history">
"""
TAIL = "\n    </div>\n\n   </div>\n\n  </div>\n\n </body>\n\n</html>\n"
USERPIC = """
      <div class="pull_left userpic_wrap">

       <div class="userpic userpic{colour}" style="width: 42px; height: 42px">

        <div class="initials" style="line-height: 42px">
{initial}
        </div>

       </div>

      </div>
"""


def message_block(number, clock, sender, text, extra, joined):
    name = html.escape(SENDERS[sender])
    out = [f'\n     <div class="message default clearfix{" joined" if joined else ""}" id="message{number}">\n']
    if not joined:
        out.append(USERPIC.format(colour=sender % 8 + 1, initial=html.escape(SENDERS[sender][0])))
    out.append(f'\n      <div class="body">\n\n       <div class="pull_right date details" '
               f'title="{clock:%d.%m.%Y %H:%M:%S} UTC+02:00">\n{clock:%H:%M}\n       </div>\n')
    if not joined:
        out.append(f'\n       <div class="from_name">\n{name}\n       </div>\n')
    if 2 <= extra < 20 and number > 10:
        out.append(f'\n       <div class="reply_to details">\nIn reply to <a href="#go_to_message{number - 1}" '
                   f'onclick="return GoToMessage({number - 1})">this message</a>\n       </div>\n')
    if 20 <= extra < 25:
        out.append('\n       <div class="media_wrap clearfix">\n\n        <a class="photo_wrap clearfix pull_left" '
                   f'href="photos/photo_{number}.jpg">\n\n         <img class="photo" '
                   f'src="photos/photo_{number}_thumb.jpg"/>\n\n        </a>\n\n       </div>\n')
    out.append(f'\n       <div class="text">\n{html.escape(text)}\n       </div>\n\n      </div>\n\n     </div>\n')
    return "".join(out)


def as_html(chat, folder):
    folder.mkdir(parents=True)
    out, day, last = None, None, None
    for number, _, clock, sender, text, extra in chat.messages():
        page = (number - 1) // PAGE + 1
        if (number - 1) % PAGE == 0:
            if out:
                out.write(f'     <a class="pagination block_link" href="messages{page}.html">\nNext messages\n     </a>\n'
                          + TAIL)
                out.close()
            out = open(folder / f"messages{page if page > 1 else ''}.html", "w", encoding="utf-8", newline="\n")
            out.write(HEAD)
            last = None
        if clock.date() != day:
            day, last = clock.date(), None
            out.write(f'\n     <div class="message service" id="message-{number}">\n\n      <div class="body details">\n'
                      f'{clock.day} {clock:%B %Y}\n      </div>\n\n     </div>\n')
        out.write(message_block(number, clock, sender, text, extra, sender == last))
        last = sender
    if out:
        out.write(TAIL)
        out.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--n", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=("json", "html"), default="json")
    parser.add_argument("-o", dest="out", type=pathlib.Path, required=True)
    options = parser.parse_args()
    chat = Chat(options.n, options.seed)
    if options.form == "html":
        as_html(chat, options.out)
        return
    with open(options.out, "w", encoding="utf-8", newline="\n") as out:
        as_json(chat, out)


if __name__ == "__main__":
    main()
