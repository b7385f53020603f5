#include "policy/known/print_matcher.hpp"

#include <algorithm>

#include "policy/known/text_fold.hpp"

namespace huxin::known {
namespace {

// Folded at a time, so that it stays in the cache; the pieces overlap by what prints need.
constexpr std::size_t kPiece = std::size_t{64} << 10U;

// The most that a piece loses where it ends: a stretch, and the windows that reach beyond it.
constexpr std::uint64_t kEdges = Winnow::kGram + 2 * Winnow::kWindow - 3;

}  // namespace

PrintMatcher::PrintMatcher(std::shared_ptr<const DocumentPrints> prints, const SipKey& key)
    : prints_(std::move(prints)), winnow_(key) {
  if (!prints_) return;
  hit_.resize(prints_->prints());
  seen_.resize(prints_->documents());
}

void PrintMatcher::add(std::string_view text, std::string_view where) {
  if (!prints_ || prints_->prints() == 0) return;
  folded_.clear();
  while (!text.empty()) {
    std::size_t size = std::min(text.size(), kPiece);
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) ++size;
    fold(text.substr(0, size), folded_);
    text.remove_prefix(size);
    look_up(where);
    if (folded_.size() > Winnow::kShared) folded_.erase(0, folded_.size() - Winnow::kShared);
  }
}

// All are asked for before any is looked at: they lie far apart, and memory answers many at once.
void PrintMatcher::look_up(std::string_view where) {
  picked_.clear();
  winnow_.each_print(folded_, [&](std::uint32_t print, std::size_t) { picked_.push_back(print); });
  for (const std::uint32_t print : picked_) prints_->expect(print);
  for (const std::uint32_t print : picked_) see(print, where);
}

void PrintMatcher::see(std::uint32_t print, std::string_view where) {
  const auto [first, last] = prints_->find(print);
  for (std::uint32_t number = first; number < last; ++number) {
    if (hit_[number]) continue;
    hit_[number] = true;
    dirty_.push_back(number);
    const DocumentPrints::Entry entry = prints_->entry(number);
    Seen& seen = seen_[entry.document];
    if (seen.prints++ == 0) {
      found_.push_back(entry.document);
      seen.where = where;
    }
    seen.weight += entry.weight;
  }
}

std::vector<DocumentMatch> PrintMatcher::finish() {
  std::vector<DocumentMatch> matches;
  for (const std::uint16_t document : found_) {
    Seen seen = std::exchange(seen_[document], {});
    const double total = prints_->total(document);
    const double share = std::min(1.0, static_cast<double>(seen.weight + kEdges) / total);
    if (seen.prints < kLeastPrints || share < kLeastShare) continue;
    matches.push_back({std::string(prints_->name(document)), share, std::move(seen.where)});
  }
  found_.clear();
  for (const std::uint32_t number : dirty_) hit_[number] = false;
  dirty_.clear();
  std::ranges::sort(matches, {}, [](const DocumentMatch& match) {
    return std::pair(-match.share, std::string_view(match.name));
  });
  if (matches.size() > kMostMatches) matches.resize(kMostMatches);
  return matches;
}

}  // namespace huxin::known
