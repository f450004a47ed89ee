import base64

from attack import Key


def tamper(case):
    size, stranger = case.sizes()[1], Key.made(case.outside / "stranger.pem")
    origin = "urn:uuid:00000000-0000-4000-8000-000000000099"
    text = f"{origin}\n{size}\n{base64.b64encode(bytes(32)).decode()}\n".encode()
    case.note(size).write_bytes(text + b"\n" + stranger.signature_line(origin, text))
