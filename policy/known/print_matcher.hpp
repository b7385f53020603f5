#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policy/known/document_match.hpp"
#include "policy/known/document_prints.hpp"
#include "policy/known/winnow.hpp"

namespace huxin::known {

/// Looks for pieces of the bank's documents in the texts of one file. Order and what stands between
/// pieces do not count; a piece of less than Winnow::kShared folded bytes may be missed. One
/// thread; its memory is kept from file to file.
class PrintMatcher {
 public:
  static constexpr double kLeastShare = 0.1;      ///< of what is told
  static constexpr std::size_t kLeastPrints = 3;  ///< as well
  static constexpr std::size_t kMostMatches = 20;

  /// Null prints match nothing, and cost nothing.
  PrintMatcher(std::shared_ptr<const DocumentPrints> prints, const SipKey& key);

  /// `where`: provenance of the text, kept for a document's first piece.
  void add(std::string_view text, std::string_view where);
  /// The documents that were seen, largest share first; the next add() begins another file. A share
  /// is made up, by 155 bytes, for what a piece loses at its ends, so that a piece of 30 % is never
  /// told as less.
  std::vector<DocumentMatch> finish();

 private:
  struct Seen {
    std::uint64_t weight = 0;
    std::size_t prints = 0;
    std::string where;
  };
  void look_up(std::string_view where);
  void see(std::uint32_t print, std::string_view where);

  std::shared_ptr<const DocumentPrints> prints_;
  Winnow winnow_;
  std::string folded_;
  std::vector<std::uint32_t> picked_;  ///< of folded_
  std::vector<bool> hit_;              ///< of each entry
  std::vector<std::uint32_t> dirty_;   ///< those that are set
  std::vector<Seen> seen_;             ///< of each document
  std::vector<std::uint16_t> found_;   ///< documents seen
};

}  // namespace huxin::known
