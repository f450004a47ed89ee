import base64

from attack import Key


def tamper(case):
    new = Key.made(case.outside / "new.pem")
    public = base64.b64encode(new.public).decode()
    case.append("key_rotate", {"new_key": {"public": public, "type": "ed25519"}})
    case.sign(len(case.lines()), case.key, new)
    case.append("assert", {"zone": "Asia/Dubai"})
    case.sign(len(case.lines()), new)
    return ["--key", case.key.fingerprint]
