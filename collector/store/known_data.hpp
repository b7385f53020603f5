#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"

namespace huxin::store {

/// What the bank gives its terminals to know.
enum class KnownKind : std::uint8_t {
  kExact,   ///< its customers: known::ExactFilter
  kPrints,  ///< its documents: known::DocumentPrints
};
/// As the database keeps it.
std::string_view to_string(KnownKind kind);  ///< "exact", "prints"

/// Who built it, of what, and when. `entries`: distinct values, or documents.
struct KnownBuild {
  Time time{};
  std::string who;   ///< operating-system user of the command line
  std::string file;  ///< name of the table or folder, as given
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;  ///< of the file; set when read
};

/// The files that go into every bundle, one of each kind. Thread-safe; every call is one
/// transaction. What is in a file is not looked at.
class KnownData {
 public:
  virtual ~KnownData() = default;

  /// Puts a file in the place of the one before. Terminals see it with the next bundle.
  virtual Status save(KnownKind kind, ByteView file, const KnownBuild& how) = 0;
  /// Leaves none; also where there was none.
  virtual Status drop(KnownKind kind) = 0;
  /// Empty: there is none.
  virtual Result<Bytes> file(KnownKind kind) = 0;
  /// nullopt: there is none.
  virtual Result<std::optional<KnownBuild>> build(KnownKind kind) = 0;
};

}  // namespace huxin::store
