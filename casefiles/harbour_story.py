"""The story of the fictional case "Harbour": who wrote what, when, in which chat.

Times are UTC in 2024 ("MM-DD HH:MM:SS"); each phone shows them in its own zone. Nothing in here is
real: names are common first names, phone numbers come from the ranges reserved for fiction, links
use example domains.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Optional

KARIM_BEFORE = "+44 7700 900111"
KARIM_AFTER = "+44 7700 900187"
TESFAY_NUMBER = "+44 7700 900142"
RLO = "\u202e"


@dataclass(frozen=True)
class Message:
    when: datetime
    author: Optional[str]
    type: str
    text: Optional[str] = None
    key: Optional[str] = None  # names a message for the differences between two phones
    edited: bool = False
    media: Optional[str] = None  # key of harbour_media.FILES; None for omitted media
    media_kind: str = "image"
    media_lost: bool = False  # the chat names the file, the export does not hold it
    latitude: Optional[str] = None
    longitude: Optional[str] = None
    question: Optional[str] = None
    options: tuple = ()
    action: Optional[str] = None
    before: Optional[str] = None
    after: Optional[str] = None
    names: dict = field(default_factory=dict, compare=False)


def at(stamp):
    return datetime.strptime("2024-" + stamp, "%Y-%m-%d %H:%M:%S")


def say(stamp, author, text, key=None, edited=False):
    return Message(at(stamp), author, "text", text, key, edited)


def attach(stamp, author, media, caption=None, lost=False, key=None):
    return Message(at(stamp), author, "media", caption, key, media=media, media_lost=lost)


def omitted(stamp, author, kind, key=None):
    return Message(at(stamp), author, "media", key=key, media_kind=kind)


def pin(stamp, author, latitude, longitude):
    return Message(at(stamp), author, "location", latitude=latitude, longitude=longitude)


def deleted(stamp, author, key=None):
    return Message(at(stamp), author, "deleted", key=key)


def poll(stamp, author, question, *options):
    return Message(at(stamp), author, "poll", question=question, options=options)


def missed(stamp, author, action="missed-voice-call"):
    return Message(at(stamp), author, "call", action=action)


def system(stamp, action, **facts):
    return Message(at(stamp), None, "system", action=action, **facts)


def number_changed(stamp):
    return system(stamp, "number-changed", before=KARIM_BEFORE, after=KARIM_AFTER)


GROUP = [
    system("04-02 18:00:02", "encryption-notice"),
    system("04-02 18:00:02", "group-created", names={"author": "Nadim"}),
    system("04-02 18:00:03", "member-added", names={"author": "Nadim", "who": "Omid"}),
    say("04-02 18:01:20", "Nadim", "Everyone here? From now on only this group, not the old one."),
    say("04-02 18:01:58", "Omid", "Here 👍"),
    say("04-02 18:02:11", "Amélie", "Présente. Je roule jeudi et vendredi, pas avant."),
    say("04-02 18:03:40", "يوسف", "السلام عليكم، أنا موجود. القارب جاهز يوم الجمعة إن شاء الله."),
    say("04-02 18:04:05", "Tesfay", "ሰላም ኩላትኩም። ኣነ ኣለኹ።"),
    say("04-02 18:06:30", "Karim",
        "Prices this month, keep to them:\n"
        "Izmir → Bari, sea (yacht): 6000 € per head, child half\n"
        "Izmir → Chios, sea (dinghy): 1500 € per head\n"
        "Calais → Dover, sea: 3000 £\n"
        "Athens → Paris, air, with papers: 4500 €", key="price-list"),
    say("04-02 18:07:12", "Omid",
        "Half in deposit with the sarraf, half on arrival. Same as before."),
    say("04-02 18:08:45", "Amélie",
        "Et la route Vintimille → Nice, c'est toujours 250 € la place ?"),
    say("04-02 18:09:10", "Karim", "Yes, by land, 250. Max 6 in the van."),
    say("04-03 06:40:15", "يوسف",
        "من إزمير إلى خيوس بحراً ١٥٠٠ يورو للشخص، والطفل بنصف السعر. القارب يتسع لـ ١٢ شخصاً."),
    attach("04-03 06:41:30", "يوسف", "map", "نقطة التجمع قرب الميناء القديم"),
    pin("04-03 06:42:02", "يوسف", "38.323456", "26.303456"),
    say("04-03 06:50:21", "Tesfay",
        "ዋጋ ካብ ካርቱም ናብ ትሪፖሊ 2500 ዶላር እዩ። ብመሬት፣ ሓሙሽተ መዓልቲ።"),
    say("04-03 06:52:00", "Nadim", "Tesfay, how many guests do you have ready?"),
    say("04-03 06:55:37", "Tesfay", "9. Four want the sea, five wait for the money from family."),
    say("04-03 19:12:44", "Karim", "Do not write names here. Numbers only.", key="no-names"),
    omitted("04-03 19:13:20", "Omid", "audio"),
    say("04-03 19:20:09", "Nadim", "OK. Who has the passport copies for the air group?"),
    say("04-03 19:22:51", "Karim",
        "I have two look-alike passport books, one French, one Italian. Picture tonight."),
    attach("04-03 21:05:18", "Karim", "passport", "this is the quality", key="passport-photo"),
    say("04-03 21:06:40", "Omid", "Blurred, send a better one"),
    deleted("04-03 21:07:02", "Karim"),
    say("04-05 04:30:00", "يوسف", "القارب خرج الساعة ٤ والبحر هادئ. ١١ شخصاً."),
    say("04-05 04:31:12", "Nadim", "11? You said 12."),
    say("04-05 04:33:59", "يوسف", "واحد خاف ورجع."),
    say("04-05 09:48:10", "يوسف", "وصلوا. OK ✅"),
    say("04-05 09:50:00", "Omid", "11 × 1500 = 16500. Sarraf releases today.", key="sum"),
    missed("04-05 10:02:33", "Karim"),
    say("04-05 10:05:45", "Nadim",
        "From the other chat, for the record:\n"
        "[4/4, 10:15 PM] Driver 2: van is full, leaving 23:00\n"
        "[4/4, 10:16 PM] Driver 2: do not call", key="pasted"),
    say("04-08 12:00:31", "Amélie",
        "Contrôle à la frontière de Vintimille ce matin, j'attends jusqu'à demain."),
    say("04-08 12:04:02", "Karim",
        "Tell the guests: if asked, they are students going to a friend."),
    say("04-08 12:06:48", "Amélie", "D'accord. Je leur dis de s'habiller correctement."),
    system("04-09 05:15:00", "subject-changed",
           names={"author": "Nadim", "before": "Harbour", "after": "Harbour Group"}),
    poll("04-09 05:20:17", "Nadim", "Which night for the next boat?",
         ("Friday 12", 3), ("Saturday 13", 1), ("Wait for the moon", 0)),
    say("04-09 05:31:44", "Omid", "Friday. Weather is good until Sunday."),
    say("04-12 17:45:09", "يوسف", "الليلة. نقطة اللقاء نفسها. لا هواتف مفتوحة."),
    attach("04-12 17:46:30", "Nadim", "ticket", key="ticket"),
    say("04-12 17:47:05", "Nadim", "Ferry ticket for the two with papers, Chios → Piraeus 23:40"),
    say("04-13 03:10:55", "يوسف", "تأخرنا ساعتين، خفر السواحل قريب."),
    say("04-13 03:12:20", "Karim", "Turn back if they come closer. No risk with the engine.",
        key="turn-back"),
    say("04-13 06:58:41", "يوسف", "رجعنا. نعيد غداً بدون زيادة في السعر."),
    say("04-15 08:20:00", "Omid", "Three clients ask their 1500 back. What do I say?"),
    say("04-15 08:24:36", "Karim", "Nothing back. Second try is free, that is the guarantee."),
    say("04-15 08:26:10", "Nadim", "Careful, one of them writes in the review channel."),
    attach("04-15 08:40:52", "Omid", "bubbles", "this one, see what he wrote about us"),
    say("04-15 08:44:13", "Nadim", "<script>alert(1)</script>"),
    say("04-15 08:44:40", "Nadim", "Sorry, my nephew had the phone 😅"),
    say("04-19 19:02:25", "Tesfay", "ገንዘብ ተቐቢልና። ንጽባሕ ሓሙሽተ ሰባት ክብገሱ እዮም።"),
    say("04-19 19:05:01", "Nadim", "Good. Khartoum → Tripoli by land, then they wait for يوسف."),
    say("04-19 19:06:18", "Omid", "Price for them?"),
    say("04-19 19:07:30", "Karim", "2500 land + 3500 sea, Tripoli → Lampedusa. Total 6000 $.",
        key="bundle"),
    attach("04-19 19:15:44", "Karim", "van", "the van for the 20th", lost=True),
    number_changed("04-22 21:30:00"),
    say("04-22 21:32:18", "Karim", "New number, old one is burned. https://wa.me/447700900187"),
    say("04-22 21:33:05", "Amélie", "Noté. Je supprime l'ancien."),
    attach("04-22 21:34:50", "Karim", "card"),
    say("04-23 07:11:29", "Omid",
        "File for the accounts: accounts" + RLO + "fdp.exe — do not open on the phone"),
    say("04-23 07:15:00", "Amélie",
        "Départ \u2067إزمير\u2069, arrivée Bari, par mer, 6000 € : c'est confirmé ?"),
    say("04-23 07:16:42", "Karim", "Confirmed for the 27th. Captain is ours.", key="captain"),
    say("04-23 07:20:15", "يوسف", "القبطان يريد ٢٠٠٠ مقدماً."),
    say("04-27 22:41:09", "Nadim", "Yacht is out. Phones off until Bari."),
    say("04-28 05:02:33", "Nadim", "Who has news?", key="news"),
]

# Written after phone A was seized: only phone B has them.
GROUP_LATER = [
    say("04-29 11:30:12", "يوسف", "وصل القارب إلى باري. الحمد لله."),
    say("04-29 11:34:45", "Omid", "Nadim does not answer since yesterday."),
    say("04-29 11:36:20", "Karim", "Change everything. Delete this group on all phones."),
    system("04-29 11:38:00", "member-left", names={"author": "Amélie"}),
    say("04-30 06:10:00", "Tesfay", "ንሕና ንጽበ ኣለና።"),
    deleted("04-30 06:15:27", "Karim"),
]

# How phone B's copy of the group differs from phone A's.
B_LACKS = ("no-names", "turn-back", "captain")
B_SHOWS_DELETED = "bundle"
B_SHOWS_EDITED = {"sum": "11 × 1500 = 16500. Sarraf releases tomorrow."}

SELAM = [
    system("04-04 14:00:00", "encryption-notice"),
    say("04-04 14:00:12", "Selam", "ሰላም፣ ብዛዕባ መገሻ ክሓትት ደልየ ነይረ።"),
    say("04-04 14:02:40", "Nadim", "Hello sister. English is ok? Who gave you my number?"),
    say("04-04 14:03:31", "Selam", "Tesfay from Khartoum. We are 3 persons, one child 7 years."),
    say("04-04 14:05:18", "Nadim", "From where to where?"),
    say("04-04 14:06:00", "Selam", "ካብ ትሪፖሊ ናብ ጣልያን። ዋጋ ክንደይ እዩ?"),
    say("04-04 14:08:55", "Nadim", "Tripoli → Lampedusa, by sea, 3500 $ each. Child half price."),
    say("04-04 14:10:21", "Selam", "ዋጋ ብዙሕ እዩ። 3000 ይኣክል ዶ?"),
    say("04-04 14:11:47", "Nadim", "3200 last price, big boat, life vests, food."),
    say("04-04 14:12:30", "Selam", "Is it safe? My mother is afraid of the water."),
    say("04-04 14:13:09", "Nadim", "100% guaranteed. Thank God nobody had a problem with us."),
    attach("04-04 14:15:22", "Nadim", "ticket"),
    say("04-04 14:16:48", "Selam", "What is this paper?"),
    say("04-04 14:17:20", "Nadim",
        "The ferry from the island, so you see that we do all to the end."),
    missed("04-06 19:40:03", "Selam"),
    say("04-06 19:52:11", "Nadim", "I was driving. Write please."),
    say("04-06 19:53:40", "Selam", "ገንዘብ ኣብ ኢድ ሰራፍ ኣቐሚጥናዮ። ኮድ 4417 እዩ።"),
    say("04-06 19:55:02", "Nadim", "Good. Code only to me, to nobody else.", edited=True),
    omitted("04-06 19:56:30", "Selam", "image"),
    say("04-06 19:57:15", "Nadim", "Do you have passport or any paper?"),
    say("04-06 19:58:44", "Selam", "ፓስፖርት የብልናን። No passport, only the church paper."),
    deleted("04-06 20:01:10", "Nadim"),
    say("04-10 06:12:00", "Selam", "መዓስ ኢና ንብገስ?"),
    say("04-10 06:20:33", "Nadim", "Soon. Wait in the house, do not go to the street."),
    attach("04-10 06:22:05", "Nadim", "voice"),
    say("04-10 06:25:50", "Selam", "Eshi. We wait."),
    pin("04-16 17:30:40", "Selam", "32.887209", "13.191338"),
    say("04-16 17:31:02", "Selam", "We are here now. ሎሚ ለይቲ ድዩ?"),
    say("04-16 17:40:28", "Nadim", "Not tonight. Police on the beach. Thursday."),
    say("04-18 22:05:59", "Selam", "ኣብ ባሕሪ ኢና። ጸልዩልና።"),
    say("04-20 08:44:16", "Selam", "ላምፔዱሳ በጺሕና። OK, OK."),
    say("04-20 08:46:00", "Nadim", "Alhamdulillah. Tell the sarraf the word."),
]

REZA = [
    system("03-18 15:00:00", "encryption-notice"),
    say("03-18 15:00:41", "رضا", "سلام امید جان، خوبی؟"),
    say("03-18 15:02:10", "Omid", "سلام رضا. خوبم. چند نفر داری؟"),
    say("03-18 15:03:33", "رضا", "هفت نفر. دو خانواده و یک پسر تنها."),
    say("03-18 15:05:00", "Omid", "از کجا حرکت می‌کنند؟"),
    say("03-18 15:06:21", "رضا", "از ارومیه به وان، زمینی، پیاده و بعد تاکسی."),
    say("03-18 15:08:47", "Omid", "تا وان نفری ۸۰۰ دلار. وان تا ازمیر ۴۰۰."),
    say("03-18 15:10:12", "رضا", "و از ازمیر به یونان؟"),
    say("03-18 15:11:30", "Omid", "با قایق ۱۵۰۰ یورو. بچه نصف قیمت."),
    say("03-18 15:12:55", "رضا", "قایق بادی یا قایق بزرگ؟"),
    say("03-18 15:14:02", "Omid", "بادی. اگر قایق تفریحی بخواهند ۶۰۰۰ یورو تا ایتالیا."),
    attach("03-19 16:20:30", "Omid", "map", "محل قرار"),
    say("03-19 16:21:44", "رضا", "دیدم. ساعت چند؟"),
    say("03-19 16:22:10", "Omid", "ساعت ۲۲:۳۰ پشت مسجد."),
    say("03-20 05:40:00", "رضا", "سال نو مبارک! 🌷"),
    say("03-20 05:45:18", "Omid", "سال نو تو هم مبارک."),
    say("03-23 18:05:25", "رضا", "پول پیش صراف است. رمز: ۷۷۲۱"),
    say("03-23 18:06:59", "Omid", "رمز را اینجا ننویس!"),
    say("03-23 18:07:31", "Omid", "پاسپورت دارند؟"),
    say("03-23 18:09:14", "رضا",
        "فقط دو نفر.\nبقیه کارت ملی.\nپسر هیچ ندارد."),
    say("03-25 20:31:07", "رضا", "رسیدند وان. همه سالم."),
    say("03-25 20:33:40", "Omid", "خدا را شکر. فردا اتوبوس ازمیر ۱۵۰۰ لیر نفری."),
    pin("03-27 19:02:11", "Omid", "38.418850", "27.128720"),
    say("03-27 19:03:00", "Omid", "هتل اینجاست. تا جمعه بیرون نروند."),
    say("03-29 21:44:52", "رضا", "قایق امشب می‌رود؟"),
    say("03-29 21:46:05", "Omid", "نه، باد زیاد است. شنبه."),
    say("03-30 23:15:30", "Omid", "حرکت کردند."),
    say("03-31 04:50:19", "رضا", "رسیدند خیوس. دستت درد نکند."),
    say("03-31 04:55:00", "Omid", "به صراف بگو رمز را آزاد کند."),
]

YOUSSEF = [
    system("04-01 09:00:00", "encryption-notice"),
    say("04-01 09:00:25", "يوسف", "صباح الخير أخي."),
    say("04-01 09:02:14", "Omid", "صباح النور. ماذا عن قارب هذا الأسبوع؟"),
    say("04-01 09:03:50", "يوسف", "عندي قاربان: مطاطي بمحرك ٤٠ حصاناً، ويخت للأغنياء 😄"),
    say("04-01 09:05:33", "Omid", "كم السعر؟"),
    say("04-01 09:07:02", "يوسف",
        "المطاطي: إزمير ← خيوس، بحراً، ١٥٠٠ يورو\nاليخت: إزمير ← باري، بحراً، ٦٠٠٠ يورو"),
    say("04-01 09:10:48", "Omid", "والدفع؟"),
    say("04-01 09:12:20", "يوسف", "النصف عند الصرّاف والنصف عند الوصول."),
    attach("04-02 19:30:00", "يوسف", "map"),
    say("04-02 19:31:15", "Omid", "هل المكان آمن؟"),
    say("04-02 19:32:40", "يوسف", "نعم، لا أحد هناك بعد الثامنة مساءً."),
    say("04-04 20:10:09", "Omid", "عندي ١١ شخصاً، ثلاثة أطفال."),
    say("04-04 20:12:37", "يوسف", "الجوازات معهم؟"),
    say("04-04 20:13:00", "Omid", "جواز السفر مع أربعة فقط."),
    omitted("04-04 20:15:22", "يوسف", "image"),
    deleted("04-04 20:16:01", "يوسف"),
    say("04-04 20:18:44", "يوسف", "لا تسأل عن القبطان هنا."),
    missed("04-05 03:55:30", "يوسف"),
    say("04-05 04:01:00", "يوسف", "خرجوا الآن."),
    say("04-05 09:40:10", "يوسف", "الحمد لله وصل القارب."),
    say("04-05 09:44:26", "Omid", "اتصل بي على +44 7700 900155 لا على هذا الرقم."),
    say("04-14 18:20:05", "يوسف", "الزبائن يريدون نقودهم."),
    say("04-14 18:22:50", "Omid", "كريم قال: لا شيء يعود. المحاولة الثانية مجاناً."),
    pin("04-14 18:30:31", "يوسف", "38.423700", "26.141300"),
]

# Every date of this chat reads equally well both ways: 4 May, 5 May, 5 June, 6 June day first;
# 5 April, 5 May, 6 May, 6 June month first.
KARIM = [
    system("05-04 07:00:00", "encryption-notice"),
    say("05-04 07:00:30", "Karim", "Amélie, c'est Karim. Encore un nouveau numéro."),
    say("05-04 07:02:11", "Amélie", "Encore ? Et le groupe ?"),
    say("05-04 07:03:25", "Karim", "Le groupe est mort. On parle ici, rien d'autre."),
    say("05-04 07:05:52", "Karim", "Vintimille → Nice, par la route, 250 € la place, 6 places."),
    say("05-04 07:08:14", "Amélie", "300 maintenant. Il y a des contrôles partout."),
    say("05-04 07:09:40", "Karim", "OK 300."),
    say("05-05 16:21:00", "Amélie", "Arrivés à Nice. Tous descendus."),
    say("05-05 16:25:36", "Karim", "Bravo. L'argent est chez ton cousin."),
    omitted("05-05 16:26:10", "Amélie", "image"),
    say("05-05 16:30:48", "Karim", "Who is this in the picture? Delete it."),
    deleted("05-05 16:31:20", "Amélie"),
    missed("06-05 20:14:00", "Karim"),
    say("06-05 20:15:44", "Karim",
        "Calais → Dover, one more: a man with an Italian passport, 3000 £."),
    say("06-05 20:18:03", "Amélie", "Pas moi. Trop risqué."),
    say("06-05 20:19:27", "Karim", "1500 for you, only for driving to Calais."),
    say("06-06 05:40:31", "Amélie", "Non. C'est fini pour moi."),
    say("06-06 05:41:00", "Karim", "null"),
]


def group_on_phone_b():
    """Phone B's copy of the group: later export, some messages gone, one deleted, one edited."""
    copy = []
    for message in GROUP:
        if message.key in B_LACKS:
            continue
        if message.key == B_SHOWS_DELETED:
            message = replace(message, type="deleted", text=None)
        elif message.key in B_SHOWS_EDITED:
            message = replace(message, text=B_SHOWS_EDITED[message.key], edited=True)
        copy.append(message)
    return copy + GROUP_LATER
