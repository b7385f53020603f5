#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/file_version.hpp"
#include "policy/catalog/catalog.hpp"

namespace huxin::discover {

/// What one version of a file was found to hold. Counts and kinds; never a value of a customer.
struct Holding {
  std::string format;  ///< as extraction told it: "xlsx", "pdf", …
  std::map<catalog::ElementId, std::uint64_t> elements;  ///< findings of each
  unsigned level = 0;                                    ///< the gravest: 1 to 3; 0: nothing found
  std::uint32_t customers = 0;
  std::uint64_t findings = 0;
  std::string reason;    ///< why it was not inspected whole ("encrypted"); empty: it was
  bool partial = false;  ///< with a reason: some of it was inspected
  bool retry = false;    ///< the reason may pass: not to be taken for known
  Bytes consent{};       ///< keyed digest of the authorisation its judgement rests on; or empty
};

/// For what a file of a place may be kept, and how long.
struct Purpose {
  /// Its id in the policy.
  std::string profile;
  std::chrono::days keep{};  ///< 0: as long as it likes
};

/// Everything the inventory has on one file.
struct Entry {
  std::filesystem::path path;
  FileVersion version;
  std::string policy_digest;  ///< under which it was inspected
  Holding holding;
  std::string profile;  ///< purpose profile that governs its place; empty: none
  Time first_seen{}, last_seen{};
  Time since{};             ///< from when its deadline is counted
  std::optional<Time> due;  ///< when it should be gone; none: no profile says
};

/// "inspected", "partial", "not_inspected". As extract::to_string says it.
std::string_view status_of(const Holding& holding);

}  // namespace huxin::discover
