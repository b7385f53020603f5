#pragma once
// Texts, and the names that are found in them.
#include <initializer_list>
#include <string>
#include <string_view>

namespace huxin::detect::test {

/// The names found in a text, in order, parted by spaces; nothing else is looked at.
std::string names(std::string_view text);

struct NameRow {
  const char* text;
  const char* expected;
};

/// Holds each text to the names that are found in it.
void check_names(std::initializer_list<NameRow> rows);

}  // namespace huxin::detect::test
