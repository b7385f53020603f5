#pragma once
#include <string>
#include <vector>

#include "agent/extract/extract.hpp"
#include "policy/text/decode.hpp"

namespace huxin::extract::test {

/// Everything an extraction gave.
struct Extracted {
  Outcome outcome;
  std::vector<text::Document> documents;

  /// The text of all documents, one after another.
  std::string text() const {
    std::string all;
    for (const text::Document& document : documents) all += document.text;
    return all;
  }
  /// Where a text stands, or "" when it is nowhere.
  std::string place_of(std::string_view wanted) const {
    for (const text::Document& document : documents) {
      if (const std::size_t at = document.text.find(wanted); at != std::string::npos)
        return document.place(at);
    }
    return "";
  }
  /// The span of a text in the original (or the extracted text); empty when it is nowhere.
  Span span_of(std::string_view wanted) const {
    for (const text::Document& document : documents) {
      const std::size_t at = document.text.find(wanted);
      if (at != std::string::npos) return document.origin.original({at, at + wanted.size()});
    }
    return {};
  }
};

/// As shipped, but for a machine that is busy with other tests.
inline constexpr Budget kPatient{.deadline = std::chrono::minutes(2)};

inline Extracted extract_all(std::string_view content, std::string_view name,
                             const Budget& budget = kPatient) {
  Extracted extracted;
  extracted.outcome = extract(as_bytes(content), name, budget, [&](text::Document&& document) {
    extracted.documents.push_back(std::move(document));
    return true;
  });
  return extracted;
}

}  // namespace huxin::extract::test
