#include "receipts.hpp"

#include <algorithm>
#include <optional>

namespace whatsapp_ios {
namespace {

constexpr std::size_t kMostOptions = 256;

// A telephone number packed as 0x8n, then its digits, four bits each, ended by 0xF.
std::string unpacked(std::string_view bytes) {
  if (bytes.size() < 4 || bytes.size() > 12 ||
      (static_cast<unsigned char>(bytes[0]) & 0xf0) != 0x80)
    return {};
  std::string digits;
  for (std::size_t i = 1; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    for (const unsigned nibble :
         {static_cast<unsigned>(byte >> 4), static_cast<unsigned>(byte & 15)}) {
      if (nibble == 15 && i + 1 == bytes.size()) break;
      if (nibble > 9) return {};
      digits += static_cast<char>('0' + nibble);
    }
  }
  return digits;
}

}  // namespace

Receipts::Receipts(sqlite::Fields& fields, Parts& parts, People& people)
    : fields_(fields),
      parts_(parts),
      people_(people),
      view_(fields.db().table("ZWAMESSAGEINFO")),
      message_(view_["ZMESSAGE"]),
      info_(view_["ZRECEIPTINFO"]) {
  view_.ignore({"Z_PK", "Z_ENT", "Z_OPT"});
  if (view_.there()) rows_ = sqlite::Seeker(fields.db(), &view_.table());
}

const sqlite::Row* Receipts::find(std::int64_t rowid) {
  return view_.there() ? rows_.find(rowid) : nullptr;
}

// Empty where the column holds no bytes: what it then holds is told with the rest of the row.
std::string_view Receipts::info_of(const sqlite::RowView& row) const {
  const sqlite::Value* value = row.value(info_);
  return value != nullptr && value->type == sqlite::Storage::blob ? value->bytes
                                                                  : std::string_view();
}

void Receipts::emit(const sqlite::RowView& row, std::int64_t conversation, std::int64_t message) {
  fields_.joined(row);
  Context context{row, conversation, message, 0};
  // The base of the times may stand behind what is counted from it.
  protobuf::Message first(info_of(row));
  for (protobuf::Field field; first.next(field);)
    if (field.number == 3 && field.wire == protobuf::Wire::varint) context.base = field.value;
  if (!first.sound())
    fields_.host().note(FX_WARNING, fields_.span(row, info_), "receipt-info",
                        "ZRECEIPTINFO breaks off: what stands before is read");
  protobuf::Message message_info(info_of(row));
  for (protobuf::Field field; message_info.next(field);) {
    if (field.wire != protobuf::Wire::bytes) continue;
    if (field.number == 2) receipt(context, field);
    if (field.number == 7) reactions(context, field);
    if (field.number == 8) poll(context, field);
  }
  others(context);
}

// What stands beside receipts, reactions and polls, and the other columns of the row.
void Receipts::others(const Context& context) {
  fields_.start(FX_KIND_RECEIPT, 0, context.row);
  fields_.ref("message", context.message, context.row, -1);
  fields_.word("state", "receipt-info", "whatsapp.ios.receipt-info", context.row, -1);
  protobuf::Message message(info_of(context.row));
  std::size_t read = 0;
  for (protobuf::Field field; message.next(field);) {
    read = field.at + field.bytes.size();
    const bool known = field.wire == protobuf::Wire::bytes &&
                       (field.number == 2 || field.number == 7 || field.number == 8);
    if (known) continue;
    unknown_field(parts_, "receipt_info", field, part_of(context.row, info_, 0, field));
  }
  if (!message.sound()) {
    const std::string_view left = info_of(context.row).substr(read);
    parts_.extra("receipt_info", "(" + std::to_string(left.size()) + " bytes that are no field)",
                 {&context.row, info_, read, left.size(), left});
  }
  if (read != 0) fields_.told(context.row, info_);
  fields_.rest(context.row);
  if (fields_.extras() != 0) fields_.emit();
  parts_.clear();
}

Identity Receipts::identity(const Context& context, const protobuf::Field& field,
                            std::size_t base) const {
  Identity out;
  out.part = part_of(context.row, info_, base, field);
  if (is_jid(field.bytes)) {
    out.jid = field.bytes;
  } else if (const std::string digits = unpacked(field.bytes); !digits.empty()) {
    out.jid = digits + "@s.whatsapp.net";
  }
  return out;
}

// 1: who. 4, 5: seconds from the base until it was delivered and read; what the numbers mean is
// inferred from databases whose conversations are known.
void Receipts::receipt(const Context& context, const protobuf::Field& field) {
  std::int64_t who = 0;
  bool own = false;
  std::optional<Part> raw;
  {
    protobuf::Message message(field.bytes);
    for (protobuf::Field inner; message.next(inner);) {
      if (inner.number != 1 || inner.wire != protobuf::Wire::bytes) continue;
      const Identity found = identity(context, inner, field.at);
      own = !found.jid.empty() && found.jid == people_.owner_jid();
      if (!found.jid.empty()) who = people_.of(context.conversation, found);
      if (who == 0) raw = found.part;
    }
  }
  if (own) return;  // the sender's own entry says nothing of a receiver
  fields_.start(FX_KIND_RECEIPT, 0, context.row);
  fields_.ref("message", context.message, context.row, message_);
  if (who != 0) fields_.ref("participant", who, context.row, info_);
  if (raw) parts_.extra("who", "(" + std::to_string(raw->length) + " bytes)", *raw);
  protobuf::Message message(field.bytes);
  int unknown = 0;
  for (protobuf::Field inner; message.next(inner);) {
    if (inner.number == 1) continue;
    const Part part = part_of(context.row, info_, field.at, inner);
    const bool offset =
        inner.wire == protobuf::Wire::varint && context.base != 0 && inner.value < 4'000'000'000U;
    if (offset && (inner.number == 4 || inner.number == 5)) {
      inferred_ |=
          parts_.time(inner.number == 4 ? "delivered" : "read", context.base + inner.value, part);
    } else if (++unknown <= kMostUnknown) {
      unknown_field(parts_, "receipt", inner, part);
    }
  }
  fields_.emit();
  parts_.clear();
}

// 1: of others, each {2 who, 3 sign, 4 when}; 2: the owner's {2 sign, 3 when}; 3: tallies.
void Receipts::reactions(const Context& context, const protobuf::Field& field) {
  protobuf::Message message(field.bytes);
  for (protobuf::Field inner; message.next(inner);) {
    if (inner.wire != protobuf::Wire::bytes) continue;
    if (inner.number == 1 || inner.number == 2) {
      reaction(context, inner, field.at, inner.number == 2);
    } else {
      fields_.start(FX_KIND_REACTION, 0, context.row);
      fields_.ref("message", context.message, context.row, message_);
      fields_.word("type", "tally", "whatsapp.ios.receipt-info", context.row, info_);
      protobuf::Message tally(inner.bytes);
      int count = 0;
      for (protobuf::Field one; tally.next(one) && count < kMostUnknown; ++count) {
        const Part part = part_of(context.row, info_, field.at + inner.at, one);
        if (one.number != 1 || !parts_.text("emoji", part))
          unknown_field(parts_, "tally", one, part);
      }
      fields_.emit();
      parts_.clear();
    }
  }
}

void Receipts::reaction(const Context& context, const protobuf::Field& field, std::size_t base,
                        bool own) {
  base += field.at;
  const std::uint32_t sign = own ? 2 : 3;
  const std::uint32_t when = own ? 3 : 4;
  std::int64_t who = own ? people_.owner(context.conversation, context.row, info_) : 0;
  if (!own) {
    protobuf::Message message(field.bytes);
    for (protobuf::Field inner; message.next(inner);) {
      if (inner.number != 2 || inner.wire != protobuf::Wire::bytes) continue;
      const Identity found = identity(context, inner, base);
      if (!found.jid.empty()) who = people_.of(context.conversation, found);
    }
  }
  fields_.start(FX_KIND_REACTION, 0, context.row);
  fields_.ref("message", context.message, context.row, message_);
  if (who != 0) fields_.ref("sender", who, context.row, info_);
  protobuf::Message message(field.bytes);
  bool signed_once = false;
  bool dated = false;
  bool numbered = false;
  int unknown = 0;
  for (protobuf::Field inner; message.next(inner);) {
    const Part part = part_of(context.row, info_, base, inner);
    const bool bytes = inner.wire == protobuf::Wire::bytes;
    if (inner.number == sign && bytes && !signed_once) {
      signed_once = parts_.text("emoji", part);
    } else if (inner.number == when && !bytes && !dated) {
      dated = parts_.time("sent", inner.value, part);
    } else if (inner.number == 1 && bytes && !numbered) {
      numbered = parts_.text("source_id", part);
    } else if ((own || inner.number != 2) && ++unknown <= kMostUnknown) {
      unknown_field(parts_, "reaction", inner, part);
    } else if (inner.number == 2 && !own && who == 0) {
      unknown_field(parts_, "who", inner, part);
    }
  }
  fields_.emit();
  parts_.clear();
}

// 2: the question; 3.1: an answer.
void Receipts::poll(const Context& context, const protobuf::Field& field) {
  fields_.start(FX_KIND_POLL, 0, context.row);
  fields_.ref("message", context.message, context.row, message_);
  protobuf::Message message(field.bytes);
  bool asked = false;
  std::size_t options = 0;
  int unknown = 0;
  for (protobuf::Field inner; message.next(inner);) {
    const Part part = part_of(context.row, info_, field.at, inner);
    if (inner.number == 2 && inner.wire == protobuf::Wire::bytes && !asked) {
      asked = parts_.text("question", part);
    } else if (inner.number == 3 && inner.wire == protobuf::Wire::bytes && options < kMostOptions) {
      protobuf::Message option(inner.bytes);
      for (protobuf::Field one; option.next(one);) {
        const Part where = part_of(context.row, info_, field.at + inner.at, one);
        if (one.number == 1 && one.wire == protobuf::Wire::bytes && options < kMostOptions) {
          options += parts_.text("option", where) ? 1 : 0;
        } else if (++unknown <= kMostUnknown) {
          unknown_field(parts_, "option", one, where);
        }
      }
    } else if (++unknown <= kMostUnknown) {
      unknown_field(parts_, "poll", inner, part);
    }
  }
  fields_.emit();
  parts_.clear();
}

}  // namespace whatsapp_ios
