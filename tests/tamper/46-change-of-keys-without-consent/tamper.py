import base64

from attack import Key


def tamper(case):
    attacker = Key.made(case.outside / "attacker.pem")
    public = base64.b64encode(attacker.public).decode()
    case.append("key_rotate", {"new_key": {"public": public, "type": "ed25519"}})
    case.sign(len(case.lines()), attacker)
