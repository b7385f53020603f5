#pragma once
#include <string>

#include "agent/cli/scan_report.hpp"

namespace huxin::agent::cli {

/// One JSON object on one line: the outcome as scan tells it, "total", "cut" (more came up than are
/// told) and "traces": what became of each candidate, and why. Values are masked as in an incident,
/// and long numbers in keys hidden, unless `reveal`. Ends in a line break.
std::string explain_json(const Scanned& scanned, const catalog::Catalog& catalog, bool reveal);

/// The same for people, Chinese beside English: for each candidate a row as scan has it, with its
/// fate, and below it what decided. Each row ends in a line break.
std::string explain_rows(const Scanned& scanned, const catalog::Catalog& catalog, bool reveal);
/// Where, element, fate, confidence against the threshold, and masked value; one line.
std::string explain_heading();

}  // namespace huxin::agent::cli
