def tamper(case):
    number = case.find("derive")
    case.edit(number, lambda entry: entry["body"].update(parent=0))
    case.chain()
    case.sign_again()
