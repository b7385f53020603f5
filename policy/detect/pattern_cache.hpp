#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "policy/base/digest.hpp"
#include "policy/base/result.hpp"

namespace huxin::detect {

/// Keeps one compiled pattern database in a file named by what it was compiled from.
///
/// Layout: the 8 bytes "HXPS0001", SHA-256 of the fingerprint (32), SHA-256 of the body (32), the
/// body. Files are 0600 and replaced in one step; nothing is taken from a file whose digests
/// differ. The digest finds decay, not forgery: whoever may write to the folder may choose what is
/// loaded, so it belongs to the agent alone.
class PatternCache {
 public:
  /// `fingerprint` is everything the database depends on: patterns, library version, CPU. The file
  /// is named by the first 16 bytes of the fingerprint's SHA-256: several can lie side by side.
  PatternCache(std::filesystem::path folder, std::string_view fingerprint);

  /// The body; nothing when there is no such file; kCorrupt when it does not hold together.
  Result<std::optional<std::string>> load() const;
  /// Stores, making the folder (0700) where it is missing. kIo or kNoSpace; then the old file is as
  /// it was.
  Status store(std::string_view body) const;

  const std::filesystem::path& file() const { return file_; }

 private:
  Digest key_;
  std::filesystem::path file_;
};

}  // namespace huxin::detect
