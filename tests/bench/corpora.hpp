#pragma once
// Texts for timing, made anew by every run from a fixed seed: no customer is in them.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace huxin::bench {

struct Corpus {
  std::string_view name;
  std::string text;
};

/// Prose in two languages, source code, a service's log, a log of orders without customers, and a
/// list of customers in which every field of every row is a finding. About `size` bytes each.
/// Those alone whose name holds `part`.
std::vector<Corpus> corpora(std::size_t size, std::string_view part = "");

/// Texts made to be slow: one digit, digits and dashes, letters that look like keywords… Those
/// alone whose name holds `part`.
std::vector<Corpus> hostile(std::size_t size, std::string_view part = "");

/// `part` over and over, `size` bytes or a few more.
std::string repeated(std::string_view part, std::size_t size);

}  // namespace huxin::bench
