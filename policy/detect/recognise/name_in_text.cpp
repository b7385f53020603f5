#include "policy/detect/recognise/name_in_text.hpp"

#include <algorithm>

#include "policy/catalog/tables.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/name.hpp"
#include "policy/detect/validators/person_name.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kLeast = 2 * kHanBytes;

std::size_t joint_end(std::string_view text, std::size_t at, std::size_t stop) {
  constexpr Mark kJoints =
      Mark::kEnumeration | Mark::kComma | Mark::kSlash | Mark::kSpace | Mark::kSemicolon;
  const std::size_t end = skip_marks(text, at, std::min(stop, at + 12), kJoints);
  for (const std::string_view word : {"和", "与", "及"}) {
    if (text.substr(end, stop - end).starts_with(word))
      return skip_marks(text, end + word.size(), stop, Mark::kSpace);
  }
  return end;
}

}  // namespace

std::optional<Span> name_in_text(std::string_view text, const Span& clause, int least) {
  const std::string_view within = text.substr(0, clause.end);
  bool may_begin = true;
  for (std::size_t at = clause.begin; at + kLeast <= clause.end;) {
    const std::string_view rest = within.substr(at);
    if (!is_han(rest)) {
      may_begin = true;
      ++at;
      continue;
    }
    const std::size_t leader = catalog::name_leader(rest);
    if (may_begin && leader <= kHanBytes) {  // 我是巴特尔·苏和: no name begins with a longer word
      const WeighedName name = name_at(rest);
      if (name.bits >= least) return Span{at, at + name.bytes};
    }
    may_begin = leader > 0;
    at += may_begin ? leader : kHanBytes;
  }
  return std::nullopt;
}

std::optional<Span> next_name(std::string_view text, std::size_t end, std::size_t stop) {
  const std::size_t begin = joint_end(text, end, stop);
  if (begin == end || begin >= stop) return std::nullopt;
  const std::string_view rest = text.substr(begin, stop - begin);
  const WeighedName name = name_at(rest);
  const bool whole = name.bytes == rest.size() || !is_han(rest.substr(name.bytes));
  if (name.bits < (whole ? kBitsBesideElement : kBitsAlone)) return std::nullopt;
  return Span{begin, begin + name.bytes};
}

}  // namespace huxin::detect
