from attack import Key


def tamper(case):
    witness = case.cosign(Key.made(case.outside / "witness.pem"))
    case.forge_object()
    case.chain()
    case.sign_again()
    return ["--witness-key", witness]
