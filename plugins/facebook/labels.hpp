#pragma once
// The labels and values of a provider's return, in the order of the page. A label is the text that
// stands directly in a table cell; its value is what stands in the elements inside. So a message
// that says "Author" is a value and no label.

#include <string>
#include <vector>

#include "html/elements.hpp"
#include "html/text.hpp"

namespace facebook {

struct Labelled {
  html::Range label;
  html::Range value;  // length 0: a heading of what is nested in it
  std::size_t depth = 0;
};

class Labels {
 public:
  Labels(html::Bytes& bytes, html::Values& values) : elements_(bytes), values_(values) {}
  bool next(Labelled& found);

 private:
  enum Mark { none, cell };
  struct Cell {
    html::Range label;
    bool has_value = false;
  };

  bool end_run(Labelled& found);

  html::Elements elements_;
  html::Values& values_;
  html::Event event_;
  std::vector<Cell> cells_;
  html::Range run_;  // of text that goes on
  bool run_is_label_ = false;
  bool pending_ = false;  // event_ is still to be looked at
};

}  // namespace facebook
