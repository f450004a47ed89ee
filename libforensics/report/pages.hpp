#pragma once
// Pages and how long lists are cut into them. A page is made of blocks that are never torn; it ends
// before it would pass the wanted size. What a list renders to goes through a scratch file, so that
// every page can say "page 3 of 12" while no more than one page is in memory.

#include <cstdint>
#include <string>
#include <vector>

#include "report/folder.hpp"
#include "report/html.hpp"

namespace forensics::report {

enum class Section : std::uint8_t { cover, conversations, timeline, coverage, artifacts, method };

// What every page shows around its content: set once, before the first page is written.
struct Frame {
  std::string case_name;  // number and title, for the head line and the window title
  Html anchor;            // the ledger's checkpoint in one line, for the foot
  std::size_t page_bytes = 400'000;
};

// Where the reader is in a list of pages.
struct Place {
  Address list{"x"};
  std::size_t number = 1;
  std::size_t count = 1;
};

class Site {
 public:
  Site(Folder& folder, Frame frame) : folder_(folder), frame_(std::move(frame)) {}

  // `title` may be of evidence; `place` puts a page in its list.
  Status write(const Address& page, Section section, std::string_view title, const Html& body,
               const Place* place = nullptr);

  Folder& folder() { return folder_; }
  std::size_t page_bytes() const { return frame_.page_bytes; }
  std::int64_t page_count() const { return page_count_; }

 private:
  Folder& folder_;
  Frame frame_;
  std::int64_t page_count_ = 0;
};

// What opens and closes the blocks of each page of a list.
struct Around {
  Markup open{""};
  Markup close{""};
};

// One long list. Blocks come in, pages go out when finish() is called.
//
//   Series list(site, Address("timeline"), Section::timeline, {"<ol>", "</ol>"});
//   TRY(list.add(block, "2024-03-05"));
//   TRY(list.finish("Timeline", lead));
class Series {
 public:
  Series(Site& site, Address base, Section section, Around around = {})
      : site_(site), base_(std::move(base)), section_(section), around_(around) {}

  // `mark` names the block in the index of pages: a number, a time.
  Status add(const Html& block, const std::string& mark);

  // Repeated at the top of a page that begins from here on: a heading that is still in force.
  void set_context(Html context) { context_ = std::move(context); }

  // Writes all pages: `lead` opens the first, `lead_again` every other. Where there is more than
  // one page, an index of them is written too.
  Status finish(std::string_view title, const Html& lead, const Html& lead_again = {});

  // The page that the last added block is on.
  std::size_t current_page() const { return pages_.size() + 1; }

  static Address index_of(const Address& base) { return base.joined(Address("-pages")); }

 private:
  struct Page {
    std::uint64_t length = 0;
    std::string first, last;  // marks
  };
  Status cut();
  Status write_index(std::string_view title);

  Site& site_;
  Address base_;
  Section section_;
  Around around_;
  Html context_;
  Html current_;
  std::size_t blocks_ = 0;  // in current_, beside the context
  Page current_facts_;
  std::vector<Page> pages_;  // complete, in the scratch file
  Descriptor scratch_;
};

// The style sheet of the report.
std::string_view style_sheet();

}  // namespace forensics::report
