#include "capture.hpp"

#include <algorithm>
#include <string>

#include "html/elements.hpp"
#include "html/text.hpp"
#include "json/reader.hpp"
#include "json/tree.hpp"
#include "people.hpp"
#include "posts.hpp"
#include "survey.hpp"

namespace facebook {
namespace {

bool holds(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

class Capture {
 public:
  explicit Capture(const fx::Host& host)
      : host_(host),
        bytes_(host),
        elements_(bytes_),
        values_(host),
        script_bytes_(host),
        fields_(host, false),
        people_(fields_),
        scripts_(fields_, posts_) {}

  void read() {
    html::Event event;
    while (elements_.next(event)) {
      switch (event.what) {
        case html::Event::opened: opened(event.token); break;
        case html::Event::closed: closed(event.element); break;
        case html::Event::raw: raw(event); break;
        case html::Event::other:
          if (event.token.kind == html::Kind::comment) comment(event.where);
          break;
        case html::Event::text: break;
      }
    }
    tell();
  }

 private:
  enum Mark { none, post, words, author };

  Text attribute(html::Range where) {
    where.length = std::min<std::uint64_t>(where.length, html::Values::kMostBytes);
    return {values_.attribute(where), html::span_of(where, FX_CODEC_HTML_ATTRIBUTE), nullptr};
  }
  Text text(html::Range where) {
    where.length = std::min<std::uint64_t>(where.length, html::Values::kMostBytes);
    where = values_.trimmed(where);
    return {values_.text(where), html::span_of(where, FX_CODEC_HTML_TEXT), nullptr};
  }

  // The post of which the current element is a part; of the years when posts were elements.
  Post* current() { return element_post_ == 0 ? nullptr : &posts_.all()[element_post_ - 1]; }

  void opened(const html::Token& token) {
    if (token.name() == "meta" || token.name() == "link") return head(token);
    html::Element* element = nullptr;
    if (!elements_.open().empty() && elements_.open().back().tag.offset == token.where.offset)
      element = &elements_.open().back();
    const bool wraps = token.has_class("userContentWrapper") || token.has_class("UFIComment");
    if (wraps && element != nullptr) {
      if (Post* made = posts_.unnamed(html::span_of(token.where)); made != nullptr) {
        made->is_comment = token.has_class("UFIComment");
        outer_.push_back(element_post_);
        element_post_ = posts_.all().size();
        element->mark = post;
      }
    }
    Post* here = current();
    if (here == nullptr) return;
    if (element != nullptr && element->mark == none) {
      if (token.has_class("userContent") || token.has_class("UFICommentBody"))
        element->mark = words;
      if (token.has_class("fwb") || token.has_class("profileLink") ||
          token.has_class("UFICommentActorName"))
        element->mark = author;
    }
    const html::Attribute time = token.attribute("data-utime");
    if (const auto instant = instant_of(time.value); instant && here->time.length == 0) {
      here->time = html::span_of(time.where, instant->codec);
      here->milliseconds = instant->milliseconds;
    }
    const html::Attribute link = token.attribute("href");
    if (holds(link.value, "story_fbid") || holds(link.value, "/posts/") ||
        holds(link.value, "/permalink"))
      put(here->url, attribute(link.where));
    const html::Attribute image = token.attribute("src");
    if (token.name() == "img" && image.where.length != 0 && !image.value.starts_with("data:") &&
        here->images.size() < Posts::kMostImages)
      here->images.push_back(attribute(image.where));
  }

  void closed(const html::Element& element) {
    Post* here = current();
    if (here == nullptr || element.mark == none) return;
    if (element.mark == words) put(here->text, text(element.inner()));
    if (element.mark == author) put(here->author, text(element.inner()));
    if (element.mark != post) return;
    here->place = fx::span(element.tag.offset, element.end - element.tag.offset);
    element_post_ = outer_.back();
    outer_.pop_back();
  }

  void head(const html::Token& token) {
    const html::Attribute content = token.attribute("content");
    const std::string_view property =
        token.has("property") ? token.value("property") : token.value("name");
    if (property == "og:title") put(title_, attribute(content.where));
    if (property == "og:url") put(posts_.address, attribute(content.where));
    if (token.value("rel") == "canonical")
      put(posts_.address, attribute(token.attribute("href").where));
    // "fb://page/123?referrer=..."
    for (const std::string_view start : {"fb://page/", "fb://profile/", "fb://group/"}) {
      if (!content.value.starts_with(start)) continue;
      const std::string_view digits = content.value.substr(start.size());
      const std::size_t length = std::min(digits.find_first_not_of("0123456789"), digits.size());
      if (length == 0) continue;
      const html::Range where{content.where.offset + start.size(), length};
      put(start == "fb://group/" ? posts_.group_id : posts_.page_id, attribute(where));
    }
  }

  // What the program that saved the page wrote into it.
  void comment(html::Range where) {
    if (where.length > 4096) return;
    const std::string_view said = values_.bytes(where);
    const auto line_after = [&](std::string_view mark) -> html::Range {
      const std::size_t found = said.find(mark);
      if (found == said.npos) return {};
      std::size_t begin = found + mark.size();
      while (begin < said.size() && said[begin] == ' ') ++begin;
      const std::size_t end = std::min(said.find_first_of("\r\n", begin), said.size());
      const std::size_t stop = std::min(end, said.find(" -->", begin));
      return {where.offset + begin, stop - begin};
    };
    const auto take = [&](html::Range line, Text& into) {
      if (line.length != 0) put(into, attribute(line));
    };
    if (const std::size_t saved = said.find("saved from url=("); saved != said.npos) {
      const std::size_t close = said.find(')', saved);
      if (close == said.npos) return;
      const std::size_t end = std::min(said.find(' ', close), said.find("-->", close));
      take({where.offset + close + 1, std::min(end, said.size()) - close - 1},
           posts_.capture_address);
    } else if (holds(said, "SingleFile")) {
      const html::Range address = line_after("url:");
      const html::Range date = line_after("saved date:");
      take(address, posts_.capture_address);
      take(date, posts_.saved);
    }
  }

  void raw(const html::Event& event) {
    if (event.token.name() == "title") put(title_, attribute(values_.trimmed(event.where)));
    if (event.token.name() == "script") script(event.where);
  }

  // Every object that stands in a script, be the script itself JSON or a program around it.
  void script(html::Range where) {
    html::Cursor cursor(script_bytes_, where.offset, where.end());
    while (cursor.find('{')) {
      if (!cursor.look(2).substr(1).starts_with('"')) {
        cursor.advance(1);
        continue;
      }
      const json::HostSource source(host_, cursor.offset(), where.end());
      json::Reader reader(source, silent_);
      const json::Token first = reader.next();
      if (first.kind != json::Kind::begin_object) return;
      tree_.read(reader, first);
      scripts_.read(tree_.root());
      if (tree_.full_at() < tree_.end())
        host_.note(
            FX_WARNING, fx::span(tree_.full_at(), tree_.end() - tree_.full_at()), "too-large",
            "an object in a script is larger than what is read of one: the rest stands here");
      const std::uint64_t end = std::max(tree_.end(), cursor.offset() + 1);
      cursor = html::Cursor(script_bytes_, end, where.end());
    }
  }

  void tell() {
    fields_.start(FX_KIND_CONVERSATION, 1, fx::span(0, 0));
    const bool group = !posts_.group_id.value.empty() && posts_.page_id.value.empty();
    const Text& id = group ? posts_.group_id : posts_.page_id;
    put(posts_.title, title_);
    fields_.word("platform", "facebook", "facebook.family", fx::span(0, 0));
    fields_.word("type", group ? "group" : "page", "facebook.saved-page", id.span);
    if (!posts_.title.value.empty()) fields_.text("title", posts_.title);
    if (!id.value.empty()) {
      fields_.text("source_id", id);
      fields_.text("account", id);
    }
    const auto more = [&](std::string_view name, const Text& text) {
      if (!text.value.empty()) fields_.extra(name, text);
    };
    more("address", posts_.address);
    more("captured-from", posts_.capture_address);
    more("captured", posts_.saved);
    if (title_.span.offset != posts_.title.span.offset) more("page-title", title_);
    fields_.emit();
    for (const Post& each : posts_.all()) tell(each);
    for (const Change& each : posts_.changes) tell(each);
    if (posts_.full)
      host_.note(FX_WARNING, fx::span(0, 0), "too-many-posts",
                 "more posts and comments than are read of one page");
    skip_rest();
  }

  void tell(const Post& each) {
    if (each.text.value.empty() && each.time.length == 0 && each.images.empty()) return;
    std::int64_t sender = 0;
    if (!each.author.value.empty())
      sender = people_.of(1, each.author, fx::span(each.author.span.offset, 0));
    fields_.start(FX_KIND_MESSAGE, ++messages_, each.place);
    taken_.push_back({each.place.offset, each.place.length});
    fields_.ref("conversation", 1, each.place);
    if (sender != 0) fields_.ref("sender", sender, each.author.span);
    if (each.time.length != 0) fields_.time("sent", each.milliseconds, each.time);
    fields_.word("type", each.text.value.empty() ? each.images.empty() ? "other" : "media" : "text",
                 "facebook.post-type", each.place);
    fields_.word("code", each.is_comment ? "comment" : "post", "facebook.saved-page", each.place);
    if (!each.text.value.empty()) fields_.text("text", each.text);
    if (!each.id.value.empty()) fields_.text("source_id", each.id);
    if (!each.parent.value.empty()) fields_.text("reply_to", each.parent);
    if (!each.url.value.empty()) fields_.text("url", each.url);
    if (!each.author_id.value.empty()) fields_.extra("author-id", each.author_id);
    fields_.emit();
    for (const Text& image : each.images) {
      fields_.start(FX_KIND_ATTACHMENT, 0, fx::span(image.span.offset, 0));
      fields_.ref("message", messages_, image.span);
      fields_.word("type", "image", "facebook.picture-of-post", image.span);
      const bool is_address = image.value.starts_with("http") || image.value.starts_with("//");
      fields_.text(is_address ? "url" : "path", image);
      fields_.emit();
    }
  }

  void tell(const Change& each) {
    fields_.start(FX_KIND_IDENTITY, 0, each.place);
    taken_.push_back({each.place.offset, each.place.length});
    fields_.word("platform", "facebook", "facebook.family", each.place);
    fields_.text("action", each.what);
    if (!each.name.value.empty()) fields_.text("name", each.name);
    if (!posts_.page_id.value.empty()) fields_.text("account", posts_.page_id);
    fields_.time("sent", each.milliseconds, each.time);
    fields_.emit();
  }

  void skip_rest() {
    std::ranges::sort(taken_, {}, &html::Range::offset);
    taken_.push_back({host_.length(), 0});
    std::uint64_t at = 0;
    for (const html::Range& each : taken_) {
      if (each.offset > at)
        host_.skip(fx::span(at, each.offset - at), "page-of-a-browser",
                   "programs, styles and markup of the saved page that are no post or comment");
      at = std::max(at, each.end());
    }
  }

  const fx::Host& host_;
  html::InputBytes bytes_;
  html::Elements elements_;
  html::Values values_;
  html::InputBytes script_bytes_;
  Fields fields_;
  People people_;
  Posts posts_;
  ScriptReader scripts_;
  NoDefects silent_;
  json::Tree tree_;
  Text title_;
  std::size_t element_post_ = 0;  // its number from 1 on; 0: none
  std::vector<std::size_t> outer_;
  std::vector<html::Range> taken_;
  std::int64_t messages_ = 0;
};

}  // namespace

int probe_capture(std::string_view head) {
  if (holds(head, "userContentWrapper") && holds(head, "data-utime")) return 80;
  const bool ours = holds(head, "fb://page/") || holds(head, "fb://group/") ||
                    holds(head, "fb://profile/") || holds(head, "facebook.com/");
  if (!ours) return 0;
  for (const std::string_view sign :
       {"fb://page/", "fb://group/", "fb://profile/", "id=\"facebook\"", "static.xx.fbcdn.net",
        "CometRootInitServerLoader", "ScheduledServerJS", "\"__typename\":\"Story\""})
    if (holds(head, sign)) return 80;
  return holds(head, "saved from url=(") || holds(head, "og:url") ? 60 : 0;
}

fx_status parse_capture(const fx::Host& host) {
  Capture(host).read();
  return FX_OK;
}

}  // namespace facebook
