#pragma once
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "policy/known/document_prints.hpp"
#include "policy/known/winnow.hpp"

namespace huxin::known {

/// What became of a build, for those who asked for it.
struct PrintsReport {
  std::vector<std::string> too_short;  ///< names of documents of less than kLeastText folded bytes
  std::vector<std::string>
      nothing_own;            ///< of those left with less, once what is common is dropped
  std::size_t documents = 0;  ///< in the file
  std::size_t prints = 0;     ///< in the file
  std::size_t common = 0;     ///< distinct prints dropped: too many documents, or the clean set
};

/// Gathers documents and makes their prints into a file. Texts are forgotten as they come: 12 bytes
/// are kept for each 32 of folded text. One thread.
class PrintsBuilder {
 public:
  static constexpr std::size_t kLeastText = 1000;  ///< folded bytes: a third of a page

  /// Draws a salt; the key is derived from it and the bank's.
  explicit PrintsBuilder(ByteView bank_key);
  /// The same with a salt of DocumentPrints::kSaltSize bytes that was drawn before.
  PrintsBuilder(ByteView bank_key, Bytes salt);

  /// Takes a document. kTooLarge beyond DocumentPrints' limits; kInvalid for a name that is empty,
  /// over 255 bytes or holds controls.
  Status add(std::string_view name, std::string_view text);
  /// Takes a text that is nobody's secret: letterheads, empty forms. What it has is dropped.
  void add_clean(std::string_view text);

  /// The file, whole. What more than `most_shared` documents have is dropped first (0: four, or a
  /// twentieth of them, whichever is more). kTooLarge when more
  /// than kMostPrints are left. The builder is empty then.
  Result<Bytes> build(PrintsReport& report, std::size_t most_shared = 0);

 private:
  struct Print {
    std::uint32_t print = 0;
    std::uint32_t document = 0;
    std::uint32_t weight = 0;
  };
  void add_prints(std::uint32_t document, std::string_view folded);
  void drop_common(PrintsReport& report, std::size_t most_shared);
  void drop_poor(PrintsReport& report);
  Bytes file() const;

  Bytes salt_;
  Winnow winnow_;
  std::vector<std::string> names_, too_short_;
  std::vector<Print> prints_;
  std::unordered_set<std::uint32_t> clean_;
};

}  // namespace huxin::known
