#include "report/pages.hpp"

namespace forensics::report {
namespace {

struct Entry {
  Section section;
  Address page;
  Markup label;
};

const std::vector<Entry>& entries() {
  static const std::vector<Entry> kEntries = {
      {Section::cover, Address("index.html"), "Cover"},
      {Section::conversations, Address("conversations.html"), "Conversations"},
      {Section::timeline, Address("timeline.html"), "Timeline"},
      {Section::coverage, Address("coverage.html"), "Coverage and errors"},
      {Section::artifacts, Address("artifacts.html"), "Files and hashes"},
      {Section::method, Address("method.html"), "Method and verification"},
  };
  return kEntries;
}

void write_navigation(Html& out, Section section) {
  out << "<nav class=site aria-label=Report><ul>";
  for (const Entry& entry : entries()) {
    out << "<li><a href=" << entry.page;
    if (entry.section == section) out << " aria-current=true";
    out << ">" << entry.label << "</a></li>";
  }
  out << "</ul></nav>";
}

void write_pager(Html& out, const Place& place, Markup label) {
  if (place.count < 2) return;
  out << "<nav class=pager aria-label=\"" << label << "\"><ul><li>";
  if (place.number > 1)
    out << "<a rel=prev href=" << place.list.page(place.number - 1) << ">← Previous</a>";
  else
    out << "<span class=off>← Previous</span>";
  out << "</li><li>Page <b>" << place.number << "</b> of " << place.count
      << " · <a href=" << Series::index_of(place.list).page(1) << ">All pages</a></li><li>";
  if (place.number < place.count)
    out << "<a rel=next href=" << place.list.page(place.number + 1) << ">Next →</a>";
  else
    out << "<span class=off>Next →</span>";
  out << "</li></ul></nav>";
}

}  // namespace

Status Site::write(const Address& page, Section section, std::string_view title, const Html& body,
                   const Place* place) {
  const Place alone;
  const Place& here = place != nullptr ? *place : alone;
  Html out;
  // Nothing is loaded but the style sheet and the media beside the page; nothing can run.
  out << "<!doctype html>\n<html lang=en><head><meta charset=utf-8>\n"
         "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; img-src 'self'; "
         "media-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'\">\n"
         "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=referrer content=no-referrer>\n"
         "<meta name=generator content=\"libforensics report\">\n"
         "<title>"
      << Plain{clipped(title, 200)};
  if (here.count > 1) out << " (" << here.number << "/" << here.count << ")";
  out << " · " << Plain{clipped(frame_.case_name, 200)}
      << "</title>\n<link rel=stylesheet href=\"style.css\">\n</head>\n<body>"
         "<a class=skip href=\"#main\">Skip to content</a>\n<header class=top><p class=case>"
      << Clip{frame_.case_name, 200} << "</p>";
  write_navigation(out, section);
  out << "</header>\n<main id=main>\n";
  if (section == Section::cover) out << "<p class=kicker>Report on digital evidence</p>";
  out << "<h1 dir=auto>" << Clip{title, 400} << "</h1>\n";
  write_pager(out, here, "Pages");
  out << body;
  write_pager(out, here, "Pages, again");
  out << "</main>\n<footer class=foot><p>" << Clip{frame_.case_name, 200} << " · page "
      << here.number << " of " << here.count << " of this part</p><p>" << frame_.anchor
      << "</p></footer>\n</body></html>\n";
  ++page_count_;
  return folder_.write(page.text(), out.bytes());
}

Status Series::add(const Html& block, const std::string& mark) {
  if (blocks_ > 0 && current_.size() + block.size() > site_.page_bytes()) {
    TRY(cut());
    current_ << context_;
  }
  if (current_facts_.first.empty()) current_facts_.first = mark;
  current_facts_.last = mark;
  current_ << block;
  ++blocks_;
  return {};
}

Status Series::cut() {
  if (!scratch_) scratch_ = TRY(site_.folder().scratch());
  current_facts_.length = current_.size();
  TRY(site_.folder().files().write(scratch_, current_.bytes(), "a scratch file of the report"));
  pages_.push_back(std::move(current_facts_));
  current_facts_ = {};
  current_.clear();
  blocks_ = 0;
  return {};
}

Status Series::finish(std::string_view title, const Html& lead, const Html& lead_again) {
  const std::size_t count = pages_.size() + 1;
  std::uint64_t offset = 0;
  for (std::size_t number = 1; number <= count; ++number) {
    Html body;
    body << (number == 1 ? lead : lead_again) << around_.open;
    if (number < count) {
      const std::uint64_t length = pages_[number - 1].length;
      body << Html::rendered(TRY(read_at(scratch_, offset, length)));
      offset += length;
    } else {
      body << current_;
    }
    body << around_.close;
    const Place place{base_, number, count};
    TRY(site_.write(base_.page(number), section_, title, body, &place));
  }
  pages_.push_back(std::move(current_facts_));
  return count > 1 ? write_index(title) : Status{};
}

Status Series::write_index(std::string_view title) {
  Series index(site_, index_of(base_), section_, {"<ol class=pages>\n", "</ol>\n"});
  for (std::size_t number = 1; number <= pages_.size(); ++number) {
    const Page& page = pages_[number - 1];
    Html row;
    row << "<li value=" << number << "><a href=" << base_.page(number) << ">Page " << number
        << "</a> <span>" << Text(page.first) << " … " << Text(page.last) << "</span></li>\n";
    TRY(index.add(row, fmt::format("page {}", number)));
  }
  const std::string heading = std::string(title) + ": all pages";
  return index.finish(heading, {});
}

}  // namespace forensics::report
