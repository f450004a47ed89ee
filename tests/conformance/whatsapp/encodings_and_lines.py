"""Bytes under the text: signatures, line ends, encodings, ill-formed parts."""

from chat import BOM, LRM, Chat
from locales import WITH_ALICE
from peers import GB, IOS_GB


def plain(name, about, head=GB, file=WITH_ALICE, newline="\n"):
    return (Chat(name, about, head, file, newline)
            .say("2024-03-05T14:03:07", "Alice", "first")
            .say("2024-03-05T14:04:00", "Bob", "second: ü, ж, 日本\nwith two lines")
            .say("2024-03-25T14:05:59", "Alice", "third 😀"))


def with_settings(chat, **settings):
    for key, value in settings.items():
        setattr(chat, key, value)
    return chat


def variants():
    yield with_settings(plain("bytes-bom", "One UTF-8 signature"), signature=BOM)
    yield with_settings(plain("bytes-double-bom", "Two UTF-8 signatures", IOS_GB, "_chat.txt"),
                        signature=BOM + BOM)
    yield (Chat("bytes-bom-before-lines", "A UTF-8 signature before many lines", IOS_GB)
           .say("2024-03-05T14:03:07", "Alice", "first", mark=BOM)
           .say("2024-03-05T14:04:00", "Bob", "second", mark=BOM + BOM)
           .say("2024-03-25T14:05:59", "Alice", "third")
           .say("2024-03-25T14:06:59", "Bob", "fourth", mark=BOM))
    yield plain("bytes-crlf", "CR LF everywhere; the text of a reader has LF", IOS_GB, "_chat.txt",
                "\r\n")
    yield (Chat("bytes-mixed-line-ends", "CR LF and LF in turn", GB, WITH_ALICE)
           .say("2024-03-05T14:03:07", "Alice", "first", newline="\r\n")
           .say("2024-03-05T14:04:00", "Bob", "second\nwith two lines")
           .say("2024-03-25T14:05:59", "Alice", "third\nand\nmore", newline="\r\n")
           .say("2024-03-25T14:06:59", "Bob", "fourth"))
    yield with_settings(plain("bytes-no-final-newline", "The file ends without a line end"),
                        final_newline=False)
    yield with_settings(plain("bytes-no-final-newline-crlf", "CR LF, none at the end", IOS_GB,
                              "_chat.txt", "\r\n"), final_newline=False)
    yield with_settings(plain("bytes-utf16le", "UTF-16 little-endian with signature"),
                        signature=BOM, encoding="utf-16-le")
    yield with_settings(plain("bytes-utf16be-crlf", "UTF-16 big-endian with signature, CR LF",
                              IOS_GB, "_chat.txt", "\r\n"), signature=BOM, encoding="utf-16-be")
    yield (Chat("bytes-ill-formed-body", "Ill-formed UTF-8 in bodies: one U+FFFD for each maximal "
                "subpart", GB, WITH_ALICE)
           .say("2024-03-05T14:03:07", "Alice", "good")
           .say("2024-03-05T14:04:00", "Bob", "caf{latin1} au lait", text="caf\ufffd au lait")
           .say("2024-03-25T14:05:00", "Alice", "cut {cut} and {never}\nsecond line",
                text="cut \ufffd and \ufffd\ufffd\nsecond line")
           .say("2024-03-25T14:06:00", "Bob", "surrogate {surrogate}.",
                text="surrogate \ufffd\ufffd\ufffd.")
           .say("2024-03-25T14:07:00", "Alice", "good again: ü")
           .corrupt("{latin1}", b"\xe9").corrupt("{cut}", b"\xf0\x9f\x98")
           .corrupt("{never}", b"\xff\xfe").corrupt("{surrogate}", b"\xed\xa0\x80"))
    yield (Chat("bytes-ill-formed-author", "An author's name in Latin-1", GB, WITH_ALICE)
           .say("2024-03-05T14:03:07", "Alice", "good")
           .say("2024-03-05T14:04:00", "Ren\ufffd", "bonjour", shown="Ren{e}")
           .say("2024-03-25T14:05:00", "Alice", "salut")
           .corrupt("{e}", b"\xe9"))
    yield (Chat("bytes-no-line-ends", "U+2028, U+2029, U+0085, VT, FF and NUL end no line", GB,
                WITH_ALICE)
           .say("2024-03-05T14:03:07", "Alice", "a\u2028b\u2029c\u0085d")
           .say("2024-03-05T14:04:00", "Bob", "e\x0bf\x0cg\x1ch\x00i")
           .say("2024-03-25T14:05:00", "Alice", "tab\there"))
    yield (Chat("bytes-bidi-marks", "U+200E before lines that hold no marker is no part of "
                "anything a reader sees", IOS_GB)
           .say("2024-03-05T14:03:07", "Alice", "first", mark=LRM)
           .say("2024-03-05T14:04:00", "Bob", "a\u200eb \u2068@Alice\u2069 c")
           .say("2024-03-25T14:05:59", "Alice", "\u05e9\u05dc\u05d5\u05dd\u200f!"))
