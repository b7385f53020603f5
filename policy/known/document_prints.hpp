#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/known/key.hpp"

namespace huxin::known {

/// The prints of the bank's own documents. Layout on disk and wire, little-endian:
///
///   offset  size          what
///   0       8             magic, "HUXPRNT1"
///   8       32            SHA-256 of all that follows
///   40      16            salt of the key (derive_key with kPrintsPurpose)
///   56      4             documents
///   60      4             prints
///   64      4             bytes of names
///   68      4             0
///   72      4·documents   bytes of folded text that a document's prints stand for
///   ...     4·documents   where its name ends
///   ...     names         UTF-8, one behind the other
///   ...     4·prints      Winnow's prints, ascending
///   ...     2·prints      number of the document that has it
///   ...     2·prints      bytes of folded text that it stands for
///
/// A print that several documents have stands there several times. Immutable; share freely. Borrows
/// the file, which has to stay as it is for as long.
class DocumentPrints {
 public:
  static constexpr std::size_t kMostDocuments = 10'000;
  static constexpr std::size_t kMostPrints = 1'000'000;  ///< some 32 MB of folded text
  static constexpr std::size_t kLongestName = 255;       ///< bytes
  static constexpr std::size_t kSaltSize = 16;

  /// A print of a document: its number, and the text that it stands for.
  struct Entry {
    std::uint16_t document = 0;
    std::uint16_t weight = 0;
  };

  /// Reads and checks everything but the digest: kCorrupt, with what is wrong. Linear.
  static Result<DocumentPrints> open(ByteView file);

  std::size_t documents() const { return totals_.size(); }
  std::size_t prints() const { return count_; }
  /// `document` is below documents().
  std::string_view name(std::size_t document) const;
  std::uint32_t total(std::size_t document) const { return totals_[document]; }
  ByteView salt() const { return salt_; }

  /// Begins to fetch what find() is going to read for a print; worth it for many at a time.
  void expect(std::uint32_t print) const {
    __builtin_prefetch(prints_.data() + std::size_t{starts_[print >> 16U]} * 4);
  }
  /// The entries of a print, as numbers from first to last for entry().
  std::pair<std::uint32_t, std::uint32_t> find(std::uint32_t print) const;
  Entry entry(std::uint32_t number) const;

 private:
  DocumentPrints() = default;
  Status read(ByteView file);
  Status check_names() const;
  Status check_prints() const;
  std::uint32_t print_at(std::size_t number) const;
  void index();

  ByteView salt_, names_, prints_, owners_, weights_;
  std::size_t count_ = 0;
  std::vector<std::uint32_t> totals_, name_ends_;
  std::vector<std::uint32_t> starts_;  ///< of the prints with each value of the upper 16 bits
};

inline constexpr std::string_view kPrintsPurpose = "huxin-prints-1";

/// As DocumentPrints::open, and that the digest holds: once for each file that came from outside.
Status check_prints(ByteView file);

}  // namespace huxin::known
