#pragma once
#include <cstdio>
#include <string>

#include "agent/inspect/scanner.hpp"
#include "policy/catalog/catalog.hpp"

namespace huxin::agent::cli {

/// What became of one file.
struct Scanned {
  std::string path;  ///< printable
  inspect::ScanResult result;
  std::string detail;  ///< why it could not be opened, in the operating system's words
};

/// One JSON object on one line, keys in their published order. Values only with `reveal`. Without
/// `reveal` values are masked as in an incident. Ends in a line break.
std::string to_json(const Scanned& scanned, const catalog::Catalog& catalog, bool reveal);

/// The keys that every report of a file begins with, without the closing brace: path, format,
/// bytes, status, reason.
std::string json_outcome(const Scanned& scanned);
/// The row of a file that was inspected in part or not at all; nothing for one inspected whole.
std::string coverage_row(const Scanned& scanned);
/// What an element is called in reports. "unknown" and masked wholly where the catalogue has it
/// not: numbers come from hostile bytes.
struct Named {
  std::string_view name = "unknown";
  std::string_view zh = "未知";
  catalog::Mask mask = catalog::Mask::kRemove;
};
Named named(const catalog::Catalog& catalog, catalog::ElementId id);

/// The rows of a file in the table for people, its path before its findings: nothing for a clean
/// file. Each row ends in a line break.
std::string to_rows(const Scanned& scanned, const catalog::Catalog& catalog, bool reveal);
/// Where, element, level, confidence and masked value; one line.
std::string table_heading();

/// Counts of a whole scan.
struct Totals {
  std::size_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t findings = 0;
  std::size_t with_findings = 0;
  std::size_t partial = 0;
  std::size_t not_inspected = 0;
  std::size_t links = 0;
  std::size_t errors = 0;

  /// `links` is the caller's to set: links are no files.
  void add(const Scanned& scanned);
};

/// The last line of the table: Chinese, then English.
std::string summary(const Totals& totals);
/// Files, bytes, seconds, MB/s, peak memory. One line; MB/s counts 10^6 bytes, peak memory 2^20, of
/// the workers that ended and of this process.
std::string stats(const Totals& totals, double seconds);

/// Says whether an outcome is an error of the scan rather than a property of the file.
bool is_error(const extract::Outcome& outcome);

}  // namespace huxin::agent::cli
