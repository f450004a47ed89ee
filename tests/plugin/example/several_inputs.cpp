// A plugin that reads more than one file, opens what is protected and hands over what was inside:
// the extensions fx.companions/1, fx.keys/1 and fx.children/1 in one small format.
//
// The input begins with the line "#several-inputs"; a file beside it with the suffix "-log" goes on
// without one. Further lines are "name<TAB>text" or "!name<TAB>sealed": sealed bytes are the inner
// file, each combined with the first byte of the key by exclusive or.
#include <forensics/plugin.hpp>
#include <string>

namespace {

constexpr std::string_view kSignature = "#several-inputs\n";
constexpr std::size_t kMost = 1 << 20;

class SeveralInputs {
 public:
  static constexpr std::string_view kManifest = R"({
    "id": "org.example.several-inputs", "version": "1.0.0", "name": "Several inputs",
    "formats": ["several-inputs"], "licence": "Apache-2.0",
    "companions": [{"input": 1, "suffix": "-log"}, {"input": 3, "name": "several.note"}]})";

  static int probe(fx::Host& host, std::string_view) {
    std::string head(kSignature.size(), '\0');
    return host.read(0, head.data(), head.size()) == head.size() && head == kSignature ? 100 : 0;
  }

  static fx_status parse(fx::Host& host, std::string_view, std::string_view) {
    return SeveralInputs(host).run();
  }

 private:
  explicit SeveralInputs(fx::Host& host) : host_(host) {}

  fx_status run() {
    std::string main(static_cast<std::size_t>(std::min<std::uint64_t>(host_.length(), kMost)),
                     '\0');
    main.resize(host_.read(0, main.data(), main.size()));
    const fx_span head = fx::span(0, kSignature.size());
    record_.start(FX_KIND_CONVERSATION, 1, 0, kSignature.size());
    record_.derived("platform", "several", "several.format", head);
    host_.emit(record_);
    lines(0, main, kSignature.size());
    for (const fx_companion& each : host_.companions()) {
      std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(each.length, kMost)),
                        '\0');
      bytes.resize(host_.read(each.input, 0, bytes.data(), bytes.size()));
      if (each.input == 1)
        lines(1, bytes, 0);
      else
        host_.skip(fx::span(0, bytes.size(), FX_CODEC_NONE, each.input), "note", "words about it");
    }
    return is_closed_ ? FX_ENCRYPTED : FX_OK;
  }

  void lines(std::uint32_t input, std::string_view bytes, std::size_t at) {
    while (at < bytes.size()) {
      const std::size_t end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
      const std::size_t tab = bytes.substr(at, end - at).find('\t');
      const fx_span whole = fx::span(at, end - at, FX_CODEC_NONE, input);
      if (tab == std::string_view::npos)
        host_.skip(whole, "no-tab", "a line without a tab");
      else if (bytes[at] == '!')
        sealed(bytes.substr(at + 1, tab - 1), bytes.substr(at + tab + 1, end - at - tab - 2),
               whole);
      else
        message(bytes.substr(at, tab), bytes.substr(at + tab + 1, end - at - tab - 2), whole);
      at = end;
    }
  }

  // The text stands in two places: its first byte, and the others.
  void message(std::string_view name, std::string_view text, const fx_span& whole) {
    fx_span first =
        fx::span(whole.offset + name.size() + 1, text.empty() ? 0 : 1, FX_CODEC_UTF8, whole.input);
    const fx_span rest = fx::span(first.offset + first.length, text.size() - first.length,
                                  FX_CODEC_NONE, whole.input);
    record_.start(FX_KIND_MESSAGE, ++messages_, whole);
    record_.ref("conversation", 1, nullptr, whole);
    record_.derived("type", "text", "several.format", whole);
    record_.decoded("text", text, first).continued({&rest, 1});
    if (whole.input == 1) {
      record_.derived("recovered", "log", "several.log", whole);
      record_.derived("standing", "deleted", "several.log", whole);
      record_.number("confidence", 900, "several.log", whole);
    }
    host_.emit(record_);
  }

  void sealed(std::string_view name, std::string_view bytes, const fx_span& whole) {
    const auto keys = host_.keys();
    host_.skip(whole, "sealed", "the sealed bytes of a file");
    if (keys.empty() || keys[0].length == 0) {
      is_closed_ = true;
      return;
    }
    if (!host_.can_make_children()) return;
    host_.begin_child(name, whole, "exclusive-or");
    std::string plain(bytes);
    for (char& c : plain) c = static_cast<char>(c ^ keys[0].data[0]);
    for (char& c : plain)
      if (c == '|') c = '\n';
    host_.write_child(plain.data(), plain.size());
    host_.end_child(name.find("unproved") == std::string_view::npos, "by example");
  }

  fx::Host& host_;
  fx::Record record_;
  std::int64_t messages_ = 0;
  bool is_closed_ = false;
};

}  // namespace

FX_PLUGIN(SeveralInputs)
