#include "policy/detect/repeated_names.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "policy/catalog/tables.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/validators/person_name.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kShort = 2 * kHanBytes;  // 王强 begins 王强调, 欧阳静怡 nothing
constexpr std::size_t kList = 64;              // names found in a chunk that make it a list

// Few enough to be looked for; empty otherwise, and of a list. Without blanks in them.
std::vector<std::string> distinct_names(std::string_view text,
                                        std::span<const Candidate> candidates) {
  std::vector<std::string> names;
  std::size_t found = 0;
  for (const Candidate& candidate : candidates) {
    if (candidate.kind != Kind::kName) continue;
    if (++found > kList) return {};
    const std::string name =
        value_of(Kind::kName, text.substr(candidate.span.begin, candidate.span.size()));
    if (std::ranges::find(names, name) != names.end()) continue;
    if (names.size() == kMaxRepeated) return {};
    names.push_back(name);
  }
  std::erase_if(names, [](std::string_view name) { return person_name_bits(name) < kBitsAlone; });
  return names;
}

bool ends_behind(std::string_view rest, bool is_short) {
  if (middle_dot_at(rest) > 1) return false;
  return !is_short || !is_han(rest) || catalog::name_follower(rest).bytes > 0;
}

bool begins_behind(std::string_view before, bool is_short) {
  if (before.size() < kHanBytes) return true;
  const std::string_view last = before.substr(before.size() - kHanBytes);
  if (last.substr(1) == "·") return false;
  return !is_short || !is_han(last) || catalog::name_leader(last) == kHanBytes;
}

// A search by the first byte alone would stop at every character: Han have six of them.
std::size_t next_place(std::string_view text, std::string_view name, std::size_t from) {
  if (from >= text.size()) return std::string_view::npos;
  const void* const place =
      ::memmem(text.data() + from, text.size() - from, name.data(), name.size());
  return place == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(place) - text.data());
}

bool is_taken(const Span& span, std::span<const Candidate> candidates) {
  const auto behind = std::ranges::lower_bound(
      candidates, span.end, {}, [](const Candidate& each) { return each.span.begin; });
  return behind != candidates.begin() && std::prev(behind)->span.end > span.begin;
}

}  // namespace

void names_again(std::string_view text, const Span& chunk, std::span<const Candidate> candidates,
                 double confidence, std::vector<Candidate>& again) {
  again.clear();
  const std::string_view within = text.substr(0, chunk.end);
  for (const std::string& name : distinct_names(text, candidates)) {
    const bool is_short = name.size() <= kShort;
    for (std::size_t at = next_place(within, name, chunk.begin); at != std::string_view::npos;
         at = next_place(within, name, at + name.size())) {
      const Span span{at, at + name.size()};
      if (is_taken(span, candidates) || !begins_behind(text.substr(0, at), is_short) ||
          !ends_behind(text.substr(span.end), is_short)) {
        continue;
      }
      again.push_back({.span = span, .kind = Kind::kName, .confidence = confidence});
    }
  }
}

}  // namespace huxin::detect
