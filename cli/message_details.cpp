#include "message_details.hpp"

#include "casefile/same_message.hpp"

namespace forensics::cli {
namespace {

using model::Field;
using model::Key;
using model::Kind;
using model::Record;

// Fields that stand in the line under the name of their key.
constexpr Key kPlain[] = {
    Key::source_id, Key::reply_to, Key::forwarded_from, Key::forward_score, Key::edited_at,
    Key::received,  Key::timer,    Key::server_time,    Key::deleted_at,    Key::deleted_by,
    Key::action,    Key::expires,  Key::state,          Key::code,
};
// And those of the records that belong to it.
constexpr Key kOfReaction[] = {Key::emoji, Key::sender, Key::sent, Key::type};
constexpr Key kOfReceipt[] = {Key::participant, Key::delivered, Key::read, Key::played, Key::state};
constexpr Key kOfCall[] = {Key::type,        Key::state, Key::duration, Key::direction,
                           Key::participant, Key::until, Key::code};
constexpr Key kOfLocation[] = {Key::latitude, Key::longitude, Key::name,     Key::address,
                               Key::url,      Key::type,      Key::duration, Key::until};
constexpr Key kOfContact[] = {Key::name, Key::phone, Key::account, Key::username};

class Details {
 public:
  Details(Reading& reading, const casefile::Message& message)
      : reading_(reading), message_(message) {}

  Result<Json> of(const Record& record) {
    Json out;
    for (const Key key : kPlain) TRY(put(out, record, key));
    put_recovered(out, record);
    if (record.find(Key::quoted) != nullptr || record.find(Key::quoted_sender) != nullptr) {
      Json& quoted = out["quoted"];
      const Field* text = record.find(Key::quoted);
      quoted["text"] = text != nullptr ? Json(text->text) : Json();
      const Field* sender = record.find(Key::quoted_sender);
      quoted["sender"] = sender != nullptr ? TRY(person(sender->number)) : Json();
    }
    for (const Field& field : record.fields)
      if (field.key == Key::mentions) out["mentions"].push_back(TRY(person(field.number)));
    for (const Record& each : TRY(reading_.reader.records_of(message_.id))) {
      if (each.kind == Kind::reaction) TRY(add(out["reactions"], each, kOfReaction));
      if (each.kind == Kind::receipt) TRY(add(out["receipts"], each, kOfReceipt));
      if (each.kind == Kind::call) TRY(add(out["calls"], each, kOfCall));
      if (each.kind == Kind::location) TRY(add(out["locations"], each, kOfLocation));
      if (each.kind == Kind::contact) TRY(add(out["contacts"], each, kOfContact));
      if (each.kind == Kind::poll) out["polls"].push_back(poll(each));
    }
    TRY(add_places(out, record));
    return out;
  }

 private:
  // Where the case has the same message once more, and which one it answers.
  Status add_places(Json& out, const Record& record) {
    if (const auto answered = TRY(casefile::answered_message(reading_.reader, message_, record)))
      out["reply_to_message"] = casefile::message_id(answered->conversation, answered->number);
    for (const auto& each : TRY(casefile::same_messages(reading_.reader, message_, record))) {
      Json place = Json::object();
      place["id"] = casefile::message_id(each.message.conversation, each.message.number);
      place["exhibit"] = each.message.exhibit;
      place["artifact"] = casefile::artifact_id(each.message.artifact);
      if ((each.message.flags & casefile::kRecovered) != 0) place["recovered"] = true;
      Json differs = Json::array();
      for (const std::string& name : each.differs) differs.push_back(name);
      place["differs"] = std::move(differs);
      out["same_as"].push_back(std::move(place));
    }
    return {};
  }

  static void put_recovered(Json& out, const Record& record) {
    const Field* origin = record.find(Key::recovered);
    if (origin == nullptr) return;
    Json& recovered = out["recovered"];
    recovered["origin"] = origin->text;
    const Field* standing = record.find(Key::standing);
    recovered["standing"] = standing != nullptr ? Json(standing->text) : Json();
    const Field* confidence = record.find(Key::confidence);
    recovered["confidence"] = confidence != nullptr ? Json(confidence->number) : Json();
  }

  // A reference is the plugin's number of a participant.
  Result<Json> person(std::int64_t ref) {
    const auto found = TRY(reading_.reader.participant(message_.conversation, ref));
    if (!found) return Json();
    const auto& name = found->name ? found->name : found->phone ? found->phone : found->account;
    return name ? Json(*name) : Json();
  }

  Result<Json> value(const Field& field) {
    switch (field.type()) {
      case model::Type::text: return Json(field.text);
      case model::Type::integer: return Json(field.number);
      case model::Type::ref: return person(field.number);
      case model::Type::time: break;
    }
    std::string text = timeline::wall_text(field.time.wall, field.time.precision);
    if (field.time.basis == model::TimeBasis::epoch && !text.empty()) text += 'Z';
    return text.empty() ? Json() : Json(text);
  }

  Status put(Json& out, const Record& record, Key key) {
    for (const Field& field : record.fields) {
      if (field.key != key) continue;
      const std::string_view name = model::find_key(static_cast<std::uint8_t>(key))->name;
      // These may stand several times in one record.
      if (key == Key::participant)
        out["participants"].push_back(TRY(value(field)));
      else if (key == Key::phone)
        out["phones"].push_back(TRY(value(field)));
      else
        out[name] = TRY(value(field));
    }
    return {};
  }

  // Votes stand behind the option that they are for.
  static Json poll(const Record& record) {
    Json item = Json::object();
    const Field* question = record.find(Key::question);
    item["question"] = question != nullptr ? Json(question->text) : Json();
    std::vector<Json> answers;
    for (const Field& field : record.fields) {
      if (field.key == Key::option) {
        answers.push_back(Json::object());
        answers.back()["option"] = field.text;
        answers.back()["votes"] = Json();
      } else if (field.key == Key::votes && !answers.empty()) {
        answers.back()["votes"] = field.number;
      }
    }
    Json options = Json::array();
    for (Json& answer : answers) options.push_back(std::move(answer));
    item["options"] = std::move(options);
    return item;
  }

  template <std::size_t n>
  Status add(Json& list, const Record& record, const Key (&keys)[n]) {
    Json item = Json::object();
    for (const Key key : keys) TRY(put(item, record, key));
    put_recovered(item, record);
    list.push_back(std::move(item));
    return {};
  }

  Reading& reading_;
  const casefile::Message& message_;
};

}  // namespace

Result<Json> message_details(Reading& reading, const casefile::Message& message,
                             const Record& record) {
  return Details(reading, message).of(record);
}

}  // namespace forensics::cli
