#include "policy/record/hide_numbers.hpp"

namespace huxin::record {
namespace {

/// The shortest number that identifies a person by itself: a mobile.
constexpr std::size_t kShortest = 11;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string hide_numbers(std::string_view text) {
  std::string hidden(text);
  for (std::size_t begin = 0; begin < hidden.size();) {
    std::size_t end = begin;
    while (end < hidden.size() && is_digit(hidden[end])) ++end;
    if (end - begin >= kShortest) {
      if (end < hidden.size() && (hidden[end] == 'X' || hidden[end] == 'x')) ++end;
      for (std::size_t i = begin + 1; i + 1 < end; ++i) hidden[i] = '*';
    }
    begin = end + 1;
  }
  return hidden;
}

}  // namespace huxin::record
