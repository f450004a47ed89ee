"""The part of the case "Harbour" that stands on a video site: a video that advertises the crossing, its
comments, its live chat, and what an account watched. Everything is invented; ids are made to be recognised.
"""

import json
from datetime import datetime, timezone

VIDEO = "HarbourNight"
CAPTURED = "2024-05-02 10:00:00"
CHANNEL = ("UCharbour0001", "Sea Road", "@searoad")


def seconds(stamp):
    return int(datetime.strptime(stamp, "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc).timestamp())


# id, parent, author, account, words for the time, seconds as counted back, text
COMMENTS = [
    ("Ug01", "root", "@youssef_sea", "UCharbour0002", "4 weeks ago", "2024-04-04 10:00:00",
     "11 people, two boats, not one night lost 😎 ask for the captain"),
    ("Ug01.a", "Ug01", "@searoad", "UCharbour0001", "4 weeks ago", "2024-04-04 10:00:00",
     "Do not write this here. Phone only."),
    ("Ug02", "root", "@selam.t", "UCharbour0003", "2 weeks ago (edited)", "2024-04-18 10:00:00",
     "ተጠንቀቑ! They take the money at the sarraf and the boat has no engine. Do not pay."),
    ("Ug02.a", "Ug02", "@reza_van", "UCharbour0004", "12 days ago", "2024-04-20 10:00:00",
     "دروغ است. ما رسیدیم، ۱۵۰۰ یورو، قایق خوب بود."),
    ("Ug03", "root", "@kassim", "UCharbour0005", "1 day ago", "2024-05-01 10:00:00",
     "Is the road to Bari open? 1500 each, we are six. <b>call</b> +44 7700 900163"),
]

# time of the stream, offset in ms, author, account, text; None for the deletion of the line before
CHAT = [
    ("2024-04-16 19:58:02", 1500, "Sea Road", "UCharbour0001", "Live from the water, ask me 🚤"),
    ("2024-04-16 19:58:40", 39500, "kassim", "UCharbour0005", "How many in one boat?"),
    ("2024-04-16 19:59:05", 64500, "youssef_sea", "UCharbour0002", "40. I drove it myself in April, both times."),
    (None, 90500, None, None, None),
    ("2024-04-16 20:01:11", 190500, "selam.t", "UCharbour0003", "ሓሶት እዩ። People drowned on the 12th."),
]

WATCHED = [
    ("2024-04-16T19:57:31.120Z", "Watched Night crossing | LIVE", VIDEO, "Sea Road", "UCharbour0001"),
    ("2024-04-16T20:10:02.004Z", "Watched How to fix a 40 hp outboard engine", "EngineRepair", "Boat Workshop",
     "UCharbour0009"),
    ("2024-04-17T06:12:45.700Z", "Searched for weather lampedusa thursday", None, None, None),
]


def info():
    comments = [{"id": id_, "parent": parent, "text": text, "like_count": 3 * number, "author_id": account,
                 "author": author, "author_is_uploader": account == CHANNEL[0], "is_favorited": False,
                 "is_pinned": False, "_time_text": words, "timestamp": seconds(counted)}
                for number, (id_, parent, author, account, words, counted, text) in enumerate(COMMENTS)]
    facts = {
        "id": VIDEO, "title": "Night crossing | LIVE", "formats": [], "thumbnails": [],
        "description": "Sea road, every week. Izmir, Chios, Bari.\nWrite to the number in the picture.",
        "channel_id": CHANNEL[0], "channel": CHANNEL[1], "uploader": CHANNEL[1], "uploader_id": CHANNEL[2],
        "duration": 1260, "view_count": 4117, "was_live": True, "comment_count": len(comments),
        "upload_date": "20240416", "timestamp": seconds("2024-04-16 19:57:00"),
        "webpage_url": f"https://video.example/watch?v={VIDEO}", "extractor": "youtube",
        "comments": comments, "epoch": seconds(CAPTURED), "_type": "video",
    }
    return (json.dumps(facts, ensure_ascii=False) + "\n").encode()


def live_chat():
    lines, last = [], None
    for number, (when, offset, author, account, text) in enumerate(CHAT):
        if when is None:
            action = {"markChatItemAsDeletedAction": {
                "deletedStateMessage": {"runs": [{"text": "[message retracted]"}]}, "targetItemId": last}}
        else:
            last = f"Chat{number:02}"
            action = {"addChatItemAction": {"item": {"liveChatTextMessageRenderer": {
                "message": {"runs": [{"text": text}]}, "authorName": {"simpleText": author}, "id": last,
                "timestampUsec": f"{seconds(when)}250000", "authorExternalChannelId": account}}}}
        lines.append(json.dumps({"replayChatItemAction": {"actions": [action],
                                                          "videoOffsetTimeMsec": str(offset)}},
                                ensure_ascii=False))
    return ("\n".join(lines) + "\n").encode()


def watch_history():
    entries = []
    for when, title, video, channel, account in WATCHED:
        entry = {"header": "YouTube", "title": title}
        if video:
            entry["titleUrl"] = f"https://video.example/watch?v={video}"
            entry["subtitles"] = [{"name": channel, "url": f"https://video.example/channel/{account}"}]
        else:
            entry["titleUrl"] = "https://video.example/results?search_query=weather+lampedusa+thursday"
        entries.append({**entry, "time": when, "products": ["YouTube"]})
    return (json.dumps(entries, ensure_ascii=False, indent=2) + "\n").encode()


def make():
    """{path below the case folder: bytes}."""
    return {f"videos/Night crossing [{VIDEO}].info.json": info(),
            f"videos/Night crossing [{VIDEO}].live_chat.json": live_chat(),
            "videos/Takeout/YouTube and YouTube Music/history/watch-history.json": watch_history()}
