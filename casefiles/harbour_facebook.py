"""The Facebook part of the fictional case "Harbour": what Selam downloaded of her account, in two
archives as the site splits it, and the page of the network as an examiner saved it.

Nothing in here is real: the numbers are made up, links use example domains.
"""

import io
import json
import zipfile
from datetime import datetime, timezone

import harbour_media as media

ACCOUNT = "facebook/account-of-selam"
PAGE_ID = "100900800700601"
THREAD = "your_facebook_activity/messages/inbox/amelienadim_900800700600501"


def milliseconds(stamp):
    moment = datetime.strptime("2024-" + stamp, "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc)
    return int(moment.timestamp()) * 1000


def as_facebook_writes(value):
    """JSON in which each byte of UTF-8 is an escape of its own."""
    def bytes_of(item):
        if isinstance(item, str):
            return item.encode().decode("latin-1")
        if isinstance(item, list):
            return [bytes_of(each) for each in item]
        if isinstance(item, dict):
            return {key: bytes_of(each) for key, each in item.items()}
        return item
    return (json.dumps(bytes_of(value), indent=2) + "\n").encode("ascii")


def say(stamp, name, text, **more):
    return {"sender_name": name, "timestamp_ms": milliseconds(stamp), "content": text, **more}


MESSAGES = [
    say("04-02 18:20:11", "Selam Haile", "I saw your page. Is it true that you help people to Italy?"),
    say("04-02 18:24:40", "Amélie Nadim", "Yes sister. Family business, 6 years. Where are you now?"),
    say("04-02 18:25:02", "Selam Haile", "ትሪፖሊ ኣለና። 3 persons."),
    {"sender_name": "Amélie Nadim", "timestamp_ms": milliseconds("04-02 18:31:37"),
     "photos": [{"uri": THREAD + "/photos/route.jpg",
                 "creation_timestamp": milliseconds("04-02 18:31:30") // 1000}], "ip": "192.0.2.44"},
    say("04-02 18:32:05", "Amélie Nadim", "This is the way. Write me on WhatsApp, here they read everything.",
        reactions=[{"reaction": "👍", "actor": "Selam Haile"}]),
    say("04-02 18:40:59", "Amélie Nadim", "Amélie started a call.", type="Call", call_duration=312),
    {"sender_name": "Amélie Nadim", "timestamp_ms": milliseconds("04-02 18:47:20"), "is_unsent": True},
    say("04-11 07:15:00", "Selam Haile", "You do not answer. Where is my brother?"),
    {"sender_name": "Selam Haile", "timestamp_ms": milliseconds("04-11 07:15:44"), "type": "Share",
     "share": {"link": "https://news.example.org/boat-missing-since-tuesday"}},
]


def archive(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name, data in sorted(files.items()):
            member = zipfile.ZipInfo(name, (2024, 5, 11, 10, 0, 0))
            member.create_system = 3
            member.external_attr = 0o100644 << 16
            packed.writestr(member, data)
    return out.getvalue()


def account():
    thread = {"participants": [{"name": "Amélie Nadim"}, {"name": "Selam Haile"}],
              "messages": list(reversed(MESSAGES)), "title": "Amélie Nadim",
              "is_still_participant": True, "thread_path": "inbox/amelienadim_900800700600501",
              "magic_words": []}
    profile = {"profile_v2": {
        "name": {"full_name": "Selam Haile", "first_name": "Selam", "last_name": "Haile"},
        "previous_names": [{"name": "Selam H. Asmara", "timestamp": 1640995200}],
        "username": "selam.haile.fiction", "registration_timestamp": 1577836800}}
    groups = {"groups_joined_v2": [{"timestamp": milliseconds("03-28 20:00:00") // 1000,
                                    "data": [{"name": "Habesha in Tripoli"}],
                                    "title": "You became a member of Habesha in Tripoli."}]}
    searches = {"searches_v2": [{"timestamp": milliseconds("04-02 17:58:03") // 1000,
                                 "title": "You searched Facebook",
                                 "data": [{"text": "boat to Italy price"}]}]}
    logins = {"account_activity_v2": [{"action": "Login", "timestamp": milliseconds("04-02 17:55:41") // 1000,
                                       "ip_address": "198.51.100.17", "user_agent": "Mobile (fiction)"}]}
    comments = {"comments_v2": [{"timestamp": milliseconds("04-02 18:05:30") // 1000, "data": [{"comment": {
        "timestamp": milliseconds("04-02 18:05:30") // 1000, "comment": "How much for three?",
        "author": "Selam Haile"}}], "title": "Selam Haile commented on Safe Crossing Travel's post."}]}
    base = "your_facebook_activity/"
    return {
        f"{ACCOUNT}/facebook-selam-1.zip": archive({
            THREAD + "/message_1.json": as_facebook_writes(thread),
            "personal_information/profile_information/profile_information.json": as_facebook_writes(profile),
            base + "groups/your_group_membership_activity.json": as_facebook_writes(groups),
            "logged_information/search/your_search_history.json": as_facebook_writes(searches),
            "security_and_login_information/account_activity.json": as_facebook_writes(logins),
            base + "comments_and_reactions/comments.json": as_facebook_writes(comments)}),
        f"{ACCOUNT}/facebook-selam-2.zip": archive({
            THREAD + "/photos/route.jpg": media.FILES["map"][3]}),
    }


def story(number, stamp, text, comments=()):
    author = {"__typename": "User", "id": PAGE_ID, "name": "Safe Crossing Travel"}
    return {"node": {
        "__typename": "Story", "post_id": number, "actors": [author],
        "comet_sections": {
            "content": {"story": {"post_id": number, "message": {"text": text}}},
            "metadata": [{"story": {"creation_time": milliseconds(stamp) // 1000,
                                    "url": f"https://www.facebook.com/{PAGE_ID}/posts/{number}"}}]},
        "feedback": {"comments": [
            {"__typename": "Comment", "legacy_fbid": f"{number}{place}", "body": {"text": said},
             "author": {"id": who[0], "name": who[1]}, "created_time": milliseconds(when) // 1000}
            for place, (when, who, said) in enumerate(comments, 1)]}}}


def page():
    selam = ("900800700600502", "Selam Haile")
    stories = [
        story("700601", "03-30 09:00:00", "New season! Big boats, life vests, food. Tripoli → Lampedusa. "
              "Call or WhatsApp only.", [("04-02 18:05:30", selam, "How much for three?"),
                                         ("04-02 18:07:12", (PAGE_ID, "Safe Crossing Travel"),
                                          "Sister please write inbox 🙏")]),
        story("700602", "04-09 12:30:00", "<script>alert('page')</script> Weather is good until Friday.")]
    data = {"require": [["ScheduledServerJS", "handle", None, [{"__bbox": {"result": {"data": {
        "pageID": PAGE_ID, "feed": stories, "transparency": {"history_items": [
            {"item_type": "CREATION", "name": "Harbour Fishing Trips", "event_time": 1609459200},
            {"item_type": "NAME_CHANGE", "name": "Safe Crossing Travel",
             "event_time": milliseconds("02-01 00:00:00") // 1000}]}}}}}]]]}
    script = json.dumps(data, separators=(",", ":")).replace("</", "<\\/")
    return {"facebook/saved-pages/Safe Crossing Travel.html": (
        "<!DOCTYPE html>\n<!-- saved from url=(0040)https://www.facebook.com/" + PAGE_ID + " -->\n"
        '<html id="facebook" lang="en"><head><meta charset="utf-8"><title>Safe Crossing Travel</title>\n'
        f'<meta property="al:android:url" content="fb://page/{PAGE_ID}?referrer=app_link">\n'
        f'<link rel="canonical" href="https://www.facebook.com/{PAGE_ID}"></head><body>\n'
        f'<script type="application/json" data-sjs="">{script}</script>\n</body></html>\n').encode()}


def make():
    """{path below the case folder: bytes}."""
    return {**account(), **page()}
