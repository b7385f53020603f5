#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huxin::catalog {

/// Labels that speak against a finding: numbers under them are orders, invoices, log entries and
/// the like, no customer's. Lower case, half-width; a space stands for '_', '-' and nothing as
/// well.
std::span<const std::string_view> foreign_labels();

/// Says whether a text ends as labels of such numbers do that no list has: 表样编号.
bool ends_like_foreign_label(std::string_view utf8);

/// Says whether a word in lower case names a thing where it stands before `name`: file, station.
/// `apart`: with a space between.
bool is_named_thing(std::string_view word, bool apart);

/// The ways that a label is written in traditional characters, as far as they are listed; none
/// where it has no character that differs.
std::vector<std::string> traditional(std::string_view label);

}  // namespace huxin::catalog
