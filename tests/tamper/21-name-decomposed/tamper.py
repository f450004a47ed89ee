import unicodedata


def tamper(case):
    number = case.find_name("\u00e9")
    old = "caf\u00e9".encode()
    case.replace(number, old, unicodedata.normalize("NFD", "caf\u00e9").encode())
