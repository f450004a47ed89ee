"""Bodies that the application writes: files, omissions, places, calls, polls, notices.

Only wordings that stand in real exports or in the published string tables are used. Every iOS
marker begins with U+200E (U+200F under Arabic), as the platform writes it.
"""

from chat import LRM, NNBSP, RLM, Chat, android, ios
from peers import ENCRYPTED, GB, IOS_GB

GROUP = "WhatsApp Chat with Harbour.txt"
DOTTED = android(lambda t: f"{t.dd}.{t.mm}.{t.yy}, {t.HH}:{t.mi}")
IOS_DOTTED = ios(lambda t: f"{t.dd}.{t.mm}.{t.yy}, {t.HH}:{t.mi}:{t.ss}")

# Language, file name of the export, "(file attached)", "<Media omitted>".
ANDROID_WORDS = (
    ("de", "WhatsApp Chat mit Alice.txt", "(Datei angehängt)", "<Medien ausgeschlossen>"),
    ("fr", "Discussion WhatsApp avec Alice.txt", "(fichier joint)", "<Médias omis>"),
    ("es", "Chat de WhatsApp con Alice.txt", "(archivo adjunto)", "<Multimedia omitido>"),
    ("it", "Chat WhatsApp con Alice.txt", "(file allegato)", "<Media omessi>"),
    ("pt-br", "Conversa do WhatsApp com Alice.txt", "(arquivo anexado)", "<Mídia oculta>"),
    ("nl", "WhatsApp-chat met Alice.txt", "(bestand bijgevoegd)", "<Media weggelaten>"),
    ("ru", "Чат WhatsApp с контактом Alice.txt", "(файл добавлен)", "<Без медиафайлов>"),
    ("tr", "Alice ile WhatsApp Sohbeti.txt", "(dosya ekli)", "<Medya dahil edilmedi>"),
    ("ar", "محادثة واتساب مع Alice.txt", "(الملف مرفق)", "<تم استبعاد الوسائط>"),
)

# Language and the word of "<attached: name>".
IOS_WORDS = (("de", "Anhang: "), ("fr", "pièce jointe : "), ("es", "adjunto: "),
             ("it", "allegato: "), ("pt-br", "anexado: "), ("nl", "bijgevoegd: "),
             ("ru", "прикреплено: "), ("zh", "附件："))

# Language, mark, and what stands for: image, video, audio, sticker, GIF, document, contact card.
IOS_OMITTED = (
    ("en", LRM, ("image omitted", "video omitted", "audio omitted", "sticker omitted",
                 "GIF omitted", "document omitted", "Contact card omitted")),
    ("de", LRM, ("Bild weggelassen", "Video weggelassen", "Audio weggelassen",
                 "Sticker weggelassen", "GIF weggelassen", "Dokument weggelassen",
                 "Kontaktkarte ausgelassen")),
    ("ar", RLM, ("لم يتم إدراج الصورة", "لم يتم إدراج الفيديوهات", "لم يتم إدراج المقاطع الصوتية",
                 "تم حذف الملصقات", "لم يتم إدراج صورة GIF", "لم يتم إدراج المستند",
                 "لم يتم إدراج بطاقة جهة اتصال")),
    ("ja", LRM, ("画像は含まれていません", "ビデオは含まれていません", "音声は含まれていません",
                 "スタンプは含まれていません", "GIFは含まれていません",
                 "ドキュメントは含まれていません", "連絡先カードを省略")),
    ("vi", LRM, ("đã bỏ qua hình ảnh", "đã bỏ video", "bỏ qua tệp âm thanh", "đã bỏ sticker",
                 "Đã bỏ qua ảnh GIF", "đã bỏ qua tài liệu", "Bỏ qua thẻ liên lạc")),
)


def marked(chat, wall, author, body, mark=LRM, **more):
    """A message that consists of one iOS marker."""
    return chat.say(wall, author, mark + body, text=body, mark=mark, **more)


def attachments():
    chat = (Chat("attach-android-en", "Android en: files with and without a caption, odd names",
                 GB, "WhatsApp Chat with Alice.txt")
            .media("2024-03-15T14:03:00", "Alice", "IMG-20240315-WA0001.jpg (file attached)",
                   "IMG-20240315-WA0001.jpg")
            .media("2024-03-15T14:04:00", "Bob", f"{LRM}PTT-20240315-WA0002.opus (file attached)",
                   "PTT-20240315-WA0002.opus")
            .media("2024-03-15T14:05:00", "Alice",
                   "IMG-20240315-WA0003.jpg (file attached)\nthe north gate\nat noon",
                   "IMG-20240315-WA0003.jpg", "the north gate\nat noon")
            .media("2024-03-15T14:06:00", "Bob", "Invoice 5 - final (2).pdf (file attached)",
                   "Invoice 5 - final (2).pdf")
            .media("2024-03-16T14:07:00", "Alice", "<Media omitted>")
            .say("2024-03-16T14:08:00", "Bob", "thanks"))
    for name in ("IMG-20240315-WA0001.jpg", "PTT-20240315-WA0002.opus", "IMG-20240315-WA0003.jpg",
                 "Invoice 5 - final (2).pdf"):
        chat.beside(name)
    yield chat
    for language, file, attached, omitted in ANDROID_WORDS:
        yield (Chat(f"attach-android-{language}", f"Android {language}: file with caption, file, "
                    "omitted file", DOTTED, file)
               .beside("IMG-20240315-WA0001.jpg").beside("VID-20240315-WA0002.mp4")
               .media("2024-03-15T14:03:00", "Alice", f"IMG-20240315-WA0001.jpg {attached}\nbridge",
                      "IMG-20240315-WA0001.jpg", "bridge")
               .media("2024-03-15T14:04:00", "Bob", f"VID-20240315-WA0002.mp4 {attached}",
                      "VID-20240315-WA0002.mp4")
               .media("2024-03-15T14:05:00", "Alice", omitted)
               .say("2024-03-16T14:06:00", "Bob", "ok"))
    yield (Chat("attach-ios-en", "iOS en: photo, voice message, document with page count, caption",
                IOS_GB)
           .beside("00000002-PHOTO-2024-03-15-14-03-07.jpg")
           .beside("00000003-AUDIO-2024-03-15-14-04-00.opus")
           .beside("00000004-Plan.pdf").beside("00000005-PHOTO-2024-03-16-09-00-00.jpg")
           .media("2024-03-15T14:03:07", "Alice",
                  f"{LRM}<attached: 00000002-PHOTO-2024-03-15-14-03-07.jpg>",
                  "00000002-PHOTO-2024-03-15-14-03-07.jpg", mark=LRM)
           .media("2024-03-15T14:04:00", "Bob",
                  f"{LRM}<attached: 00000003-AUDIO-2024-03-15-14-04-00.opus>",
                  "00000003-AUDIO-2024-03-15-14-04-00.opus", mark=LRM)
           .media("2024-03-15T14:05:00", "Alice",
                  f"Plan.pdf • {LRM}2 pages {LRM}<attached: 00000004-Plan.pdf>",
                  "00000004-Plan.pdf", f"Plan.pdf • {LRM}2 pages", mark=LRM)
           .media("2024-03-16T09:00:00", "Bob",
                  f"the bridge {LRM}<attached: 00000005-PHOTO-2024-03-16-09-00-00.jpg>",
                  "00000005-PHOTO-2024-03-16-09-00-00.jpg", "the bridge", mark=LRM)
           .say("2024-03-16T09:01:00", "Alice", "good"))
    for language, word in IOS_WORDS:
        yield (Chat(f"attach-ios-{language}", f"iOS {language}: the word before the file name is "
                    "translated", IOS_DOTTED)
               .beside("00000002-PHOTO-2024-03-15-14-03-07.jpg")
               .media("2024-03-15T14:03:07", "Alice",
                      f"{LRM}<{word}00000002-PHOTO-2024-03-15-14-03-07.jpg>",
                      "00000002-PHOTO-2024-03-15-14-03-07.jpg", mark=LRM)
               .say("2024-03-15T14:04:00", "Bob", "ok")
               .media("2024-03-16T14:05:00", "Bob",
                      f"{LRM}<{word}00000003-STICKER-2024-03-16-14-05-00.webp>",
                      "00000003-STICKER-2024-03-16-14-05-00.webp", mark=LRM))
    yield (Chat("attach-ios-unknown-word", "iOS in a language of no table: U+200F, <word: name> "
                "and the file beside the text are enough", IOS_GB)
           .beside("00000002-PHOTO-2024-03-15-14-03-07.jpg")
           .media("2024-03-15T14:03:07", "مریم",
                  f"{RLM}<پیوست‌شده: 00000002-PHOTO-2024-03-15-14-03-07.jpg>",
                  "00000002-PHOTO-2024-03-15-14-03-07.jpg", mark=RLM)
           .say("2024-03-15T14:04:00", "رضا", "ممنون")
           .say("2024-03-16T14:05:00", "مریم", "باشه"))


def omitted():
    for language, mark, words in IOS_OMITTED:
        chat = Chat(f"omitted-ios-{language}", f"iOS {language}: one wording for each kind of file",
                    IOS_GB)
        for number, word in enumerate(words):
            chat.media(f"2024-03-15T14:0{number}:07", ("Alice", "Bob")[number % 2], mark + word,
                       text=word, mark=mark, kind="contact" if number == 6 else "media")
        yield chat.say("2024-03-16T14:07:00", "Alice", "ok")
    yield (Chat("omitted-ios-video-note", "iOS en: video note", IOS_GB)
           .media("2024-03-15T14:00:07", "Alice", f"{LRM}video note omitted",
                  text="video note omitted", mark=LRM)
           .say("2024-03-15T14:01:00", "Bob", "nice")
           .say("2024-03-16T14:02:00", "Bob", "bye"))
    yield (Chat("omitted-android-caption", "Android: a caption after an omitted file", DOTTED,
                "WhatsApp Chat mit Alice.txt")
           .media("2024-03-15T14:03:00", "Alice", "<Medien ausgeschlossen>\ndie Brücke")
           .media("2024-03-15T14:04:00", "Bob", "<Medien ausgeschlossen>")
           .say("2024-03-16T14:05:00", "Alice", "ja"))
    yield (Chat("view-once-android", "Android: view once, and the literal null of 2022", GB,
                "WhatsApp Chat with Alice.txt")
           .media("2024-03-15T14:03:00", "Alice", "<View once voice message omitted>",
                  kind="view_once", view_once=1)
           .say("2024-03-15T14:04:00", "Bob", "null")
           .say("2024-03-16T14:05:00", "Alice", "null and void"))


def deleted_and_edited():
    def gone(chat, wall, author, body, ios_mark=""):
        return chat.say(wall, author, ios_mark + body, text=body, kind="deleted", deleted=1)

    chat = Chat("deleted-android-en", "Android en: three wordings", GB, GROUP)
    gone(chat, "2024-03-15T14:03:00", "Alice", "This message was deleted")
    gone(chat, "2024-03-15T14:04:00", "Bob", "You deleted this message")
    gone(chat, "2024-03-15T14:05:00", "Alice", "This message was deleted by admin Bob")
    yield chat.say("2024-03-16T14:06:00", "Bob", "This message was deleted, or not?")
    chat = Chat("deleted-ios-en", "iOS en: U+200E and a full stop", IOS_GB)
    gone(chat, "2024-03-15T14:03:07", "Alice", "This message was deleted.", LRM)
    gone(chat, "2024-03-15T14:04:00", "Bob", "You deleted this message.", LRM)
    gone(chat, "2024-03-15T14:05:00", "Alice", "This message was deleted by admin Bob.", LRM)
    yield chat.say("2024-03-16T14:06:00", "Bob", "ok")
    for language, head, file, other, own in (
            ("de", DOTTED, "WhatsApp Chat mit Alice.txt", "Diese Nachricht wurde gelöscht.",
             "Du hast diese Nachricht gelöscht."),
            ("es", GB, "Chat de WhatsApp con Alice.txt", "Se eliminó este mensaje.",
             "Eliminaste este mensaje."),
            ("fr", GB, "Discussion WhatsApp avec Alice.txt", "Ce message a été supprimé",
             "Vous avez supprimé ce message")):
        chat = Chat(f"deleted-android-{language}", f"Android {language}: deleted by either side",
                    head, file)
        gone(chat, "2024-03-15T14:03:00", "Alice", other)
        gone(chat, "2024-03-15T14:04:00", "Bob", own)
        yield chat.say("2024-03-16T14:05:00", "Alice", "ok")
    chat = Chat("deleted-ios-ar", "iOS ar: U+200F before the notice", IOS_GB)
    gone(chat, "2024-03-15T14:03:07", "ليلى", "تم حذف هذه الرسالة.", RLM)
    gone(chat, "2024-03-15T14:04:00", "سامي", "لقد حذَفت هذه الرسالة.", RLM)
    yield chat.say("2024-03-16T14:05:00", "ليلى", "طيب")

    yield (Chat("edited-android", "Android en: the mark behind the text and on a line of its own",
                GB, GROUP)
           .say("2024-03-15T14:03:00", "Alice", "at five <This message was edited>",
                text="at five", edited=1)
           .say("2024-03-15T14:04:00", "Bob", "two\nlines <This message was edited>",
                text="two\nlines", edited=1)
           .say("2024-03-15T14:05:00", "Bob", "long\n<This message was edited>", text="long",
                edited=1)
           .say("2024-03-16T14:06:00", "Alice", "no"))
    yield (Chat("edited-ios", "iOS en: U+200E before the mark", IOS_GB)
           .say("2024-03-15T14:03:07", "Alice", f"at five {LRM}<This message was edited>",
                text="at five", edited=1)
           .say("2024-03-15T14:04:00", "Bob", "ok")
           .say("2024-03-16T14:05:00", "Bob", f"two\nlines {LRM}<This message was edited>",
                text="two\nlines", edited=1))
    yield (Chat("edited-de-es", "The mark in German and in Spanish", DOTTED,
                "WhatsApp Chat mit Alice.txt")
           .say("2024-03-15T14:03:00", "Alice", "um fünf <Diese Nachricht wurde bearbeitet.>",
                text="um fünf", edited=1)
           .say("2024-03-15T14:04:00", "Bob", "a las cinco <Se editó este mensaje.>",
                text="a las cinco", edited=1)
           .say("2024-03-16T14:05:00", "Alice", "gut"))


def poll(chat, wall, author, word, question, option, votes):
    lines = [f"{word}:", question]
    options = []
    for name, count, unit in votes:
        lines.append(f"{LRM}{option}: {name} ({count} {unit})")
        options.append([name, count])
    body = "\n".join(lines)
    return chat.say(wall, author, LRM + body, text=body, kind="poll",
                    poll={"question": question, "options": options})


def structured():
    chat = Chat("poll-ios-en", "iOS en: polls, one with a colon and parentheses in an option",
                IOS_GB, newline="\r\n")
    poll(chat, "2024-03-15T14:03:07", "Alice", "POLL", "When?", "OPTION",
         (("Monday", 1, "vote"), ("Tuesday", 2, "votes"), ("never", 0, "votes")))
    chat.say("2024-03-15T14:04:00", "Bob", "Monday")
    poll(chat, "2024-03-16T14:05:00", "Bob", "POLL", "Where: exactly?", "OPTION",
         (("Gate 4 (north): left", 12, "votes"), ("Pier", 0, "votes")))
    yield chat
    chat = Chat("poll-ios-es", "iOS es: ENCUESTA and OPCIÓN", IOS_GB)
    poll(chat, "2024-03-15T14:03:07", "Ana", "ENCUESTA", "¿Cuándo?", "OPCIÓN",
         (("lunes", 0, "votos"), ("martes", 1, "voto")))
    chat.say("2024-03-15T14:04:00", "Luis", "lunes")
    yield chat.say("2024-03-16T14:05:00", "Ana", "vale")

    def place(chat, wall, author, word, latitude, longitude, mark=""):
        body = f"{word}https://maps.google.com/?q={latitude},{longitude}"
        return chat.say(wall, author, mark + body, text=body, kind="location", latitude=latitude,
                        longitude=longitude)

    for language, word, head, file in (
            ("en", "location: ", GB, "WhatsApp Chat with Alice.txt"),
            ("fr", "localisation : ", GB, "Discussion WhatsApp avec Alice.txt"),
            ("de", "Standort: ", DOTTED, "WhatsApp Chat mit Alice.txt"),
            ("es", "ubicación: ", GB, "Chat de WhatsApp con Alice.txt")):
        chat = Chat(f"location-android-{language}", f"Android {language}: places with coordinates, "
                    "north, south, west", head, file)
        place(chat, "2024-03-15T14:03:00", "Alice", word, "48.858370", "2.294481")
        place(chat, "2024-03-15T14:04:00", "Bob", word, "-33.8567844", "-70.6482685")
        yield chat.say("2024-03-16T14:05:00", "Alice", "https://maps.google.com/ is down")
    chat = Chat("location-ios", "iOS: a place with coordinates, a named one, a live one", IOS_GB)
    place(chat, "2024-03-15T14:03:07", "Alice", "Location: ", "51.5021456", "-0.127397", LRM)
    marked(chat, "2024-03-15T14:04:00", "Bob",
           "Corner Cafe (1 Example Street, London): https://foursquare.com/v/"
           "4e89af95e5fa82ad4c0aa03b", mark=LRM, kind="location")
    yield chat.say("2024-03-16T14:05:00", "Alice", "ok")
    yield (Chat("location-live", "Android: a live location has no coordinates", GB, GROUP)
           .say("2024-03-15T14:03:00", "Alice", "live location shared", kind="location")
           .say("2024-03-15T14:04:00", "Bob", "on my way")
           .say("2024-03-16T14:05:00", "Alice", "ok"))


def calls_and_contacts():
    chat = Chat("call-ios", "iOS: calls are lines with an author", IOS_GB)
    for wall, author, body in (
            ("2024-03-15T14:03:07", "Alice", "Missed voice call"),
            ("2024-03-15T14:04:00", "Bob", "Missed video call"),
            ("2024-03-15T14:05:00", "Alice", f"Voice call, {LRM}2 min"),
            ("2024-03-15T14:06:00", "Bob", f"Video call, {LRM}5 min")):
        chat.say(wall, author, LRM + body, text=body, kind="call")
    yield chat.say("2024-03-16T14:07:00", "Alice", "call me")
    yield (Chat("call-android", "Android: missed calls are lines without an author", GB,
                "WhatsApp Chat with Alice.txt")
           .say("2024-03-15T14:03:00", None, "Missed voice call", kind="call",
                action="missed-voice-call")
           .say("2024-03-15T14:04:00", None, "Missed video call", kind="call",
                action="missed-video-call")
           .say("2024-03-16T14:05:00", "Alice", "call me")
           .say("2024-03-16T14:06:00", "Bob", "later"))
    yield (Chat("contact-android", "Android: contact cards as .vcf files", GB, GROUP)
           .beside("Carol Example.vcf").beside("+44 7700 900456.vcf")
           .media("2024-03-15T14:03:00", "Alice", "Carol Example.vcf (file attached)",
                  "Carol Example.vcf", "Carol Example.vcf (file attached)", kind="contact")
           .say("2024-03-15T14:04:00", "Bob", "thanks")
           .media("2024-03-16T14:05:00", "Bob", "+44 7700 900456.vcf (file attached)",
                  "+44 7700 900456.vcf", "+44 7700 900456.vcf (file attached)", kind="contact"))
    yield (Chat("contact-ios", "iOS: a contact card as .vcf file", IOS_GB)
           .beside("00000002-Carol Example.vcf")
           .media("2024-03-15T14:03:07", "Alice", f"{LRM}<attached: 00000002-Carol Example.vcf>",
                  "00000002-Carol Example.vcf", "<attached: 00000002-Carol Example.vcf>", mark=LRM,
                  kind="contact")
           .say("2024-03-15T14:04:00", "Bob", "thanks")
           .say("2024-03-16T14:05:00", "Bob", "bye"))


def notices():
    yield (Chat("number-changed-android", "Android: a line that links two numbers", GB, GROUP)
           .say("2024-03-15T14:03:00", "+44 7700 900123", "hello")
           .system("2024-03-15T14:04:00", "+44 7700 900123 changed to +44 7700 900456",
                   "number-changed", identity={"before": "+44 7700 900123",
                                               "after": "+44 7700 900456"})
           .say("2024-03-15T14:05:00", "+44 7700 900456", "new number")
           .system("2024-03-16T14:06:00", "Alice changed their phone number to a new number. Tap "
                   "to message or add the new number.", "number-changed")
           .say("2024-03-16T14:07:00", "Alice", "me too"))
    yield (Chat("system-android-group", "Android en: what happens in a group", GB, GROUP)
           .system("2024-03-15T14:00:00", ENCRYPTED, "encryption-notice")
           .system("2024-03-15T14:01:00", 'Alice created group "Harbour"', "group-created")
           .system("2024-03-15T14:02:00", "Alice added you", "member-added")
           .system("2024-03-15T14:03:00", "Alice added Bob", "member-added")
           .system("2024-03-15T14:04:00", "Alice changed this group's icon", "icon-changed")
           .system("2024-03-15T14:05:00", 'Alice changed the subject from "Harbour" to "Pier"',
                   "subject-changed")
           .system("2024-03-15T14:06:00", "Alice changed the group description",
                   "description-changed")
           .system("2024-03-15T14:07:00", "+44 7700 900123 joined using this group's invite link",
                   "member-joined")
           .system("2024-03-15T14:08:00", "You're now an admin", "admin-changed")
           .system("2024-03-15T14:09:00", "Alice removed +44 7700 900123", "member-removed")
           .system("2024-03-15T14:10:00", "Bob left", "member-left")
           .say("2024-03-16T14:11:00", "Alice", "who is here?"))
    yield (Chat("system-android-chat", "Android en: what happens in a chat of two", GB,
                "WhatsApp Chat with Alice.txt")
           .system("2024-03-15T14:00:00", "Your security code with Alice changed. Tap to learn "
                   "more.", "security-code-changed")
           .system("2024-03-15T14:01:00", "You updated the message timer. New messages will "
                   "disappear from this chat 7 days after they're sent. Tap to change.",
                   "disappearing-timer")
           .system("2024-03-15T14:02:00", "You turned off disappearing messages. Tap to change.",
                   "disappearing-timer")
           .system("2024-03-15T14:03:00", "You blocked this contact. Tap to unblock.", "blocked")
           .say("2024-03-15T14:04:00", "Alice", "hello?")
           .system("2024-03-16T14:05:00", "The moon is in the seventh house today")
           .say("2024-03-16T14:06:00", "Alice", "?"))

    def ios_notice(chat, wall, shown, body, action):
        return chat.system(wall, LRM + body, action, shown=shown, text=body)

    chat = Chat("system-ios-contact-as-author", "iOS chat of two: the contact's name stands before "
                "system lines as if it spoke", IOS_GB, newline="\r\n")
    ios_notice(chat, "2024-03-15T14:00:00", "Alice", "Messages and calls are end-to-end encrypted. "
               "No one outside of this chat, not even WhatsApp, can read or listen to them.",
               "encryption-notice")
    chat.say("2024-03-15T14:01:00", "Alice", "hello")
    chat.say("2024-03-15T14:02:00", "Bob", "hi")
    ios_notice(chat, "2024-03-16T14:03:00", "Alice", "Alice changed their phone number to a new "
               "number", "number-changed")
    yield chat.say("2024-03-16T14:04:00", "Alice", "it is me")
    chat = Chat("system-ios-group-as-author", "iOS group: the group's name stands before system "
                "lines as if it spoke", IOS_GB)
    ios_notice(chat, "2024-03-15T14:00:00", "Harbour", "Messages and calls are end-to-end "
               "encrypted. No one outside of this chat, not even WhatsApp, can read or listen to "
               "them.", "encryption-notice")
    ios_notice(chat, "2024-03-15T14:00:00", "Harbour", "Alice created this group", "group-created")
    ios_notice(chat, "2024-03-15T14:01:00", "Harbour", "Alice added you", "member-added")
    chat.say("2024-03-15T14:02:00", "Alice", "welcome")
    ios_notice(chat, "2024-03-15T14:03:00", "Alice", "Alice added Bob", "member-added")
    ios_notice(chat, "2024-03-15T14:04:00", f"~{NNBSP}Marta", f"~{NNBSP}Marta left", "member-left")
    yield chat.say("2024-03-16T14:05:00", "Bob", "thanks")
    yield (Chat("system-other-languages", "The encryption notice in Spanish, then speech",
                GB, "Chat de WhatsApp con Ana.txt")
           .system("2024-03-15T14:00:00", "Los mensajes y las llamadas están cifrados de extremo a "
                   "extremo. Nadie fuera de este chat, ni siquiera WhatsApp, puede leerlos ni "
                   "escucharlos. Toca para obtener más información.", "encryption-notice")
           .say("2024-03-15T14:01:00", "Ana", "hola: ¿qué tal?")
           .say("2024-03-16T14:02:00", "Luis", "bien"))


def variants():
    yield from attachments()
    yield from omitted()
    yield from deleted_and_edited()
    yield from structured()
    yield from calls_and_contacts()
    yield from notices()
