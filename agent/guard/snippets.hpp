#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "policy/detect/finding.hpp"
#include "policy/text/document.hpp"

namespace huxin::guard {

/// Keeps documents of one file with findings in them, up to a limit, to show findings in their
/// surroundings: evidence a reviewer can judge by. What it returns is customer data. Up to 32 MiB
/// of text in all. One thread.
class Snippets {
 public:
  /// Keeps a document while there is room; drops it else.
  void keep(text::Document&& document);
  /// Up to 120 characters around a finding, whole characters, on one line; empty when its document
  /// was not kept.
  std::string around(const detect::Finding& finding) const;

 private:
  struct Kept {
    text::Document document;
    Span original;  ///< what it came from
  };
  using Documents = std::vector<Kept>;
  static std::string in(const Documents& documents, Span original);

  std::unordered_map<std::string, Documents> by_place_;  ///< by their `where`
  std::size_t kept_ = 0;
};

}  // namespace huxin::guard
