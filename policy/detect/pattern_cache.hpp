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
/// differ.
class PatternCache {
 public:
  /// `fingerprint` is everything the database depends on: patterns, library version, CPU.
  PatternCache(std::filesystem::path folder, std::string_view fingerprint);

  /// The body; nothing when there is no such file; kCorrupt when it does not hold together.
  Result<std::optional<std::string>> load() const;
  /// Stores, making the folder (0700) where it is missing.
  Status store(std::string_view body) const;

  const std::filesystem::path& file() const { return file_; }

 private:
  Digest key_;
  std::filesystem::path file_;
};

}  // namespace huxin::detect
