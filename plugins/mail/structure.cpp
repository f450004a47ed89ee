#include "structure.hpp"

#include <algorithm>

#include "encoded_words.hpp"
#include "text/utf8.hpp"

namespace mail {

void StructureReader::begin(std::uint64_t offset) {
  structure_ = {};
  structure_.all = {offset, offset};
  state_ = State::header;
  top_ = true;
  part_headers_.clear();
  part_ = {};
  part_.header = {offset, offset};
  open_.clear();
  last_content_ = offset;
}

void StructureReader::add(const text::Line& line) {
  if (state_ == State::header) {
    Headers& headers = top_ ? structure_.headers : part_headers_;
    if (headers.add(line)) {
      part_.header.end = line.end();
      return;
    }
    const bool blank = text::trimmed(line.text).empty();
    end_header(line.offset, blank, blank ? line.end() : line.offset);
    if (blank) return;
  }
  if (!open_.empty() && line.text.starts_with("--") && !line.continued && boundary(line)) return;
  last_content_ = line.offset + line.text.size();
}

void StructureReader::end_header(std::uint64_t offset, bool has_blank_line, std::uint64_t body) {
  const Headers& headers = top_ ? structure_.headers : part_headers_;
  part_.header.end = has_blank_line ? body : offset;
  part_.body.begin = body;
  last_content_ = body;
  state_ = State::body;
  const Header* type = headers.find("Content-Type");
  const Parameters content(type != nullptr ? std::string_view(type->value) : std::string_view{});
  part_.type = type != nullptr ? content.word() : "text/plain";
  part_.charset = content["charset"];
  if (const Header* encoding = headers.find("Content-Transfer-Encoding"))
    part_.encoding = text::lower(text::trimmed(encoding->value));
  const Header* disposition = headers.find("Content-Disposition");
  const Parameters how(disposition != nullptr ? std::string_view(disposition->value)
                                              : std::string_view{});
  part_.disposition = how.word();
  part_.file_name = decoded_words(how["filename"]);
  if (part_.file_name.empty()) part_.file_name = decoded_words(content["name"]);
  if (const Header* id = headers.find("Content-ID")) part_.content_id = text::repaired(id->value);
  part_.alternative = !open_.empty() && open_.back().alternative;
  const std::string boundary(content["boundary"]);
  if (part_.type.starts_with("multipart/") && !boundary.empty() && open_.size() < kMostDepth) {
    open_.push_back({boundary, part_.type == "multipart/alternative"});
    begin_between(body);
  }
  top_ = false;
}

void StructureReader::begin_between(std::uint64_t offset) {
  part_ = {};
  part_.header = {offset, offset};
  part_.body.begin = offset;
  part_.between = true;
  last_content_ = offset;
  state_ = State::body;
}

// The line break before a boundary belongs to the boundary.
void StructureReader::end_body(std::uint64_t end, std::uint64_t line_end) {
  part_.body.end = std::max(part_.body.begin, std::min(end, line_end));
  if (part_.between && part_.body.length() == 0) return;
  if (structure_.parts.size() < kMostParts)
    structure_.parts.push_back(std::move(part_));
  else
    ++structure_.dropped;
}

bool StructureReader::boundary(const text::Line& line) {
  const std::string_view text = line.text.substr(2);
  for (std::size_t i = open_.size(); i-- > 0;) {
    const std::string& wanted = open_[i].boundary;
    if (!text.starts_with(wanted)) continue;
    std::string_view behind = text.substr(wanted.size());
    const bool closing = behind.starts_with("--");
    if (closing) behind.remove_prefix(2);
    if (!text::trimmed(behind).empty()) continue;
    end_body(last_content_, line.offset);
    open_.resize(closing ? i : i + 1);
    if (closing) {
      begin_between(line.end());
    } else {
      part_ = {};
      part_.header = {line.end(), line.end()};
      part_headers_.clear();
      state_ = State::header;
      last_content_ = line.end();
    }
    return true;
  }
  return false;
}

Structure& StructureReader::finish(std::uint64_t end) {
  structure_.all.end = end;
  if (state_ == State::header) end_header(end, false, end);
  structure_.open_boundary = !open_.empty();
  end_body(end, end);
  return structure_;
}

}  // namespace mail
