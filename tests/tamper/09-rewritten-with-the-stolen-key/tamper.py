def tamper(case):
    case.forge_object()
    case.chain()
    case.sign_again()
