// WARC (ISO 28500): records one after the other, each with its own length. A damaged record does
// not end the reading: the next one is looked for.
#include <charconv>

#include "formats.hpp"

namespace web_archive {
namespace {

constexpr std::string_view kVersion = "WARC/";

std::uint64_t number_of(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && end == digits.data() + digits.size() ? value : ~std::uint64_t{0};
}

class Archive {
 public:
  explicit Archive(const fx::Host& host) : host_(host), lines_(host), window_(host) {}

  fx_status read() {
    Line line;
    while (lines_.next(line)) {
      if (!line.text.starts_with(kVersion)) continue;
      if (line.offset > covered_) skip(line.offset);
      record(line.offset);
      host_.check_cancelled();
    }
    skip(host_.length());
    return truncated_ ? FX_TRUNCATED : FX_OK;
  }

 private:
  // Between records stand two empty lines, and nothing else.
  void skip(std::uint64_t end) {
    if (end <= covered_) return;
    const fx_span where = fx::span(covered_, end - covered_);
    const std::string_view bytes =
        window_.at(covered_, static_cast<std::size_t>(std::min<std::uint64_t>(where.length, 16)));
    const bool blank =
        where.length <= 16 &&
        bytes.substr(0, static_cast<std::size_t>(where.length)).find_first_not_of("\r\n") ==
            std::string_view::npos;
    if (blank) {
      host_.skip(where, "between-records", "empty lines between the records of the archive");
    } else {
      host_.note(FX_WARNING, where, "between-records",
                 "bytes between the records that are no record");
      host_.skip(where, "no-record", "bytes that belong to no record of the archive");
    }
    covered_ = end;
  }

  void record(std::uint64_t begin) {
    Headers headers;
    headers.read(lines_);
    const std::uint64_t body = lines_.offset();
    const std::uint64_t left = host_.length() - body;
    std::uint64_t length = number_of(headers.value("Content-Length"));
    if (length > left) {
      host_.note(FX_WARNING, fx::span(begin, body - begin), "record-cut",
                 length == ~std::uint64_t{0} ? "a record that does not say how long it is"
                                             : "a record that ends behind the end of the file");
      truncated_ = truncated_ || length != ~std::uint64_t{0};
      length = length == ~std::uint64_t{0} ? 0 : left;
    }
    const std::string_view type = headers.value("WARC-Type");
    tell_headers(host_, "archive-record", headers, headers.find("WARC-Target-URI"),
                 fx::span(begin, body - begin));
    covered_ = body;
    if (type == "response")
      response(headers, body, length);
    else if (type == "resource" || type == "conversion")
      child(headers.value("WARC-Target-URI"), {}, body, length, Transfer::identity);
    else if (length != 0)
      host_.skip(fx::span(body, length), "archive-record-body",
                 "what the archive keeps about its own making: requests, metadata, revisits");
    covered_ = body + length;
    lines_.seek(covered_);
  }

  // The answer of a server: its own headers, then the page.
  void response(const Headers& headers, std::uint64_t body, std::uint64_t length) {
    const std::uint64_t end = body + length;
    Headers http;
    std::uint64_t begin = body;
    if (headers.value("Content-Type").starts_with("application/http")) {
      Lines lines(host_, body);
      Line status;
      lines.next(status);
      http.read(lines);
      begin = std::min(lines.offset(), end);
      tell_headers(host_, "answer-of-server", http, http.find("Date"),
                   fx::span(body, begin - body));
    }
    const std::string_view packed = http.value("Content-Encoding");
    const std::string_view ending = same_word(packed, "gzip") || same_word(packed, "x-gzip") ? ".gz"
                                    : same_word(packed, "br")                                ? ".br"
                                                                                             : "";
    child(headers.value("WARC-Target-URI"), ending, begin, end - begin,
          same_word(http.value("Transfer-Encoding"), "chunked") ? Transfer::chunked
                                                                : Transfer::identity);
  }

  void child(std::string_view address, std::string_view ending, std::uint64_t begin,
             std::uint64_t length, Transfer transfer) {
    if (length == 0) return;
    make_child(host_, window_, ++number_, address, ending, fx::span(begin, length), transfer);
  }

  const fx::Host& host_;
  Lines lines_;
  fx::Window window_;
  std::uint64_t covered_ = 0;
  std::uint64_t number_ = 0;
  bool truncated_ = false;
};

}  // namespace

int probe_warc(std::string_view head) {
  return head.starts_with("WARC/1.") || head.starts_with("WARC/0.") ? 95 : 0;
}

fx_status parse_warc(const fx::Host& host) {
  return Archive(host).read();
}

}  // namespace web_archive
