from attack import Key


def tamper(case):
    case.forge_object()
    case.chain()
    case.sign_again(Key.made(case.outside / "attacker.pem"))
