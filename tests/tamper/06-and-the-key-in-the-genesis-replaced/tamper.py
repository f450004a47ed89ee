import base64

from attack import Key


def tamper(case):
    on_paper, attacker = case.key.fingerprint, Key.made(case.outside / "attacker.pem")
    case.forge_object()
    public = base64.b64encode(attacker.public).decode()
    case.edit(0, lambda entry: entry["body"]["log_key"].update(public=public))
    case.chain()
    case.sign_again(attacker)
    return ["--key", on_paper]
