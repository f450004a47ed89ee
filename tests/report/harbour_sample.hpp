#pragma once
// The chat that the tests render: every kind of message, in several scripts, with what an attacker
// would put into one.

#include "case_fixture.hpp"

namespace forensics::test {

// Fills `fixture` with two exhibits and three conversations; the first is "Harbour Group".
void add_harbour_sample(CaseFixture& fixture);

// One conversation of `count` short messages.
void add_long_chat(CaseFixture& fixture, int count);

}  // namespace forensics::test
