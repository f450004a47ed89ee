#include "metadata.hpp"

namespace whatsapp_ios {
namespace {

// The words of a message as they travel: its text (1), an extended text (6.1), the caption of a
// picture (3.3) or of a video (9.7).
Part words_of(const sqlite::RowView& row, int column, const protobuf::Field& from,
              std::size_t base) {
  base += from.at;
  protobuf::Message message(from.bytes);
  for (protobuf::Field field; message.next(field);) {
    if (field.wire != protobuf::Wire::bytes) continue;
    if (field.number == 1) return part_of(row, column, base, field);
    const std::uint32_t wanted = field.number == 6   ? 1
                                 : field.number == 3 ? 3
                                 : field.number == 9 ? 7
                                                     : 0;
    if (wanted == 0) continue;
    protobuf::Message inner(field.bytes);
    for (protobuf::Field words; inner.next(words);)
      if (words.number == wanted && words.wire == protobuf::Wire::bytes)
        return part_of(row, column, base + field.at, words);
  }
  return {};
}

}  // namespace

Metadata read_metadata(const sqlite::RowView& row, int column) {
  Metadata out;
  protobuf::Message message(bytes_of(row, column));
  for (protobuf::Field field; message.next(field);) {
    const Part part = part_of(row, column, 0, field);
    const bool bytes = field.wire == protobuf::Wire::bytes;
    if (field.number == 5 && bytes) {
      out.reply_to = part;
    } else if (field.number == 6 && bytes) {
      out.quoted_sender = part;
    } else if (field.number == 17 && field.wire == protobuf::Wire::varint) {
      out.forward_score.emplace(field.value, part);
    } else if (field.number == 21 && bytes) {
      out.forwarded_from = part;
    } else {
      if (field.number == 19 && bytes) out.quoted = words_of(row, column, field, 0);
      if ((field.number != 19 || !out.quoted.there()) && out.unknown.size() < kMostUnknown)
        out.unknown.emplace_back(field, part);
    }
  }
  out.sound = message.sound();
  return out;
}

}  // namespace whatsapp_ios
