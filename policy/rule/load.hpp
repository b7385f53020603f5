#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policy/rule/clauses.hpp"
#include "policy/rule/policy.hpp"

namespace huxin::rule {

/// One thing wrong, or doubtful, in a policy source.
struct Diagnostic {
  std::string code;        ///< "E012" or "W003"; CODES.md explains each
  std::size_t line = 0;    ///< from 1
  std::size_t column = 0;  ///< from 1
  std::string message;     ///< what is wrong and the way out, in English
  bool error() const { return code.starts_with('E'); }
};

/// What loading a policy gave: a policy only when there is no error, and everything to tell its
/// author. Diagnostics stand in the order in which they were met, warnings of the whole policy
/// last.
struct LoadReport {
  std::shared_ptr<const Policy> policy;
  std::vector<Diagnostic> diagnostics;

  bool ok() const { return policy != nullptr; }
  /// Prints each diagnostic as compilers do, in Chinese by its code, then in English with what is
  /// particular to the place; with the source line and a caret. Bytes that could steer a terminal
  /// become '?'; lines over 160 bytes are not shown. Give the source that was loaded.
  std::string render(std::string_view source, std::string_view origin) const;
};

/// Reads a policy. Never throws; at most 1 MiB of source (E002), 2,000 rules (E003), 1,000 entries
/// a list (E004), 512 bytes a text (E005). Clause ids are looked up in `clauses`, the builtin file
/// if null. `origin` names the source in E002 alone. The catalogue is used during the call and not
/// kept.
LoadReport load_policy(std::string_view yaml, std::string_view origin,
                       const catalog::Catalog& catalog, const Clauses* clauses = nullptr);

}  // namespace huxin::rule
