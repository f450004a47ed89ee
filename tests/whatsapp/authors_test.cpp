#include "authors.hpp"

#include <gtest/gtest.h>

namespace whatsapp {
namespace {

std::string author_of(const AuthorTable& table, std::string_view rest) {
  const Split split = table.split(rest);
  return split.found ? std::string(rest.substr(split.name_begin, split.name_end - split.name_begin))
                     : "(none)";
}

TEST(Authors, TakesTheFirstColonUnlessALongerNameRecurs) {
  AuthorTable table;
  for (const char* rest : {"Team: North: one", "Team: North: two", "Team: North: three",
                           "Bob: note: milk", "Bob: note: milk", "Bob: hi"})
    table.learn(rest);
  EXPECT_EQ(author_of(table, "Team: North: four"), "Team: North");
  EXPECT_EQ(author_of(table, "Bob: note: milk"), "Bob");
  EXPECT_EQ(author_of(table, "Eve: a: b"), "Eve");
}

TEST(Authors, KeepsTheShorterNameWhereTextsVaryBehindIt) {
  AuthorTable table;
  for (const char* rest : {"Dora: Bob: hi", "Dora: see: one", "Dora: see: two", "Dora: see: three"})
    table.learn(rest);
  EXPECT_EQ(author_of(table, "Dora: see: two"), "Dora");
}

TEST(Authors, FindsANameWithoutSpaceOnlyWhereItIsKnown) {
  AuthorTable table;
  table.learn("John Doe: hello");
  EXPECT_EQ(author_of(table, "John Doe:."), "John Doe");
  EXPECT_EQ(author_of(table, "Jane Doe:."), "(none)");
  EXPECT_EQ(author_of(table, "Alice added Bob"), "(none)");
}

TEST(Authors, StripsMarksAroundTheName) {
  AuthorTable table;
  EXPECT_EQ(author_of(table, "\u202A+1 202 555 0100\u202C: hi"), "+1 202 555 0100");
  EXPECT_EQ(author_of(table, "~\u202FEve: hi"), "~\u202FEve");
  EXPECT_EQ(author_of(table, "Carol:"), "Carol");
}

}  // namespace
}  // namespace whatsapp
