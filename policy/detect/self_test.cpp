#include "policy/detect/self_test.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace huxin::detect {
namespace {

/// One of each kind of character that normalising changes.
constexpr std::array<std::string_view, 6> kChanged{"１",       // full-width digit
                                                   "Ａ",       // full-width letter
                                                   "\u3000",   // full-width space
                                                   "\u200B",   // of no width
                                                   "\uFEFF",   // of no width
                                                   "\u00A0"};  // space that does not break

/// Every byte value, and the characters that the loops know by their bytes, from place `lead` of a
/// block on, with clean blocks before and behind.
std::string sample(std::size_t lead) {
  std::string text(kPlacesBytes + lead, 'a');
  for (int byte = 0; byte < 256; ++byte) text += static_cast<char>(byte);
  text += "：（＝｜　为是１Ａ-7. 4@x|(\u200B\u00A0\u3000\uFEFF";
  text.resize((text.size() / kPlacesBytes + 3) * kPlacesBytes, 'a');
  return text;
}

bool same_places(const std::string& text, const VectorLoops& loops) {
  const std::size_t blocks = text.size() / kPlacesBytes - 1;  // kPlacesAhead lie in the last one
  std::vector<Places> fast(blocks);
  std::vector<Places> slow(blocks);
  loops.places(text.data(), blocks, fast.data());
  find_places_portable(text.data(), blocks, slow.data());
  return fast == slow;
}

/// Does the loop stop at each character that normalising changes? Where it stops beyond that is its
/// own business.
bool stops_at_changes(std::size_t lead, const VectorLoops& loops) {
  return std::ranges::all_of(kChanged, [&](std::string_view character) {
    std::string text(4 * kPlacesBytes, 'a');
    text.replace(kPlacesBytes + lead, character.size(), character);
    const text::ChangeBlock found = loops.changes(text.data(), 0, text.size());
    return found.at == kPlacesBytes && (found.leads >> lead & 1U) != 0;
  });
}

}  // namespace

Status test_vector_loops(const VectorLoops& loops) {
  for (std::size_t lead = 0; lead < kPlacesBytes; ++lead) {
    const std::string text = sample(lead);
    if (!same_places(text, loops))
      return fail(Errc::kInternal, "self-test: the search for digits and marks misses at {}", lead);
    if (!stops_at_changes(lead, loops))
      return fail(Errc::kInternal, "self-test: normalising overlooks a character at {}", lead);
  }
  return {};
}

}  // namespace huxin::detect
