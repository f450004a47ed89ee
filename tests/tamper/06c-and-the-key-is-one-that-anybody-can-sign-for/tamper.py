import attack


def tamper(case):
    key = attack.KeyOfSmallOrder()
    case.forge_object()
    case.edit(0, lambda entry: entry["body"]["log_key"].update(public=key.base64))
    case.chain()
    case.sign_again(key)
    return ["--key", key.fingerprint]
