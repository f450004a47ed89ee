def tamper(case):
    on_paper = case.anchor()
    case.forge_object()
    case.chain()
    case.sign_again()
    return ["--anchor", on_paper]
