#include "tests/quality/misses.hpp"

#include <algorithm>

#include "policy/base/file.hpp"
#include "tests/quality/score.hpp"

namespace huxin::quality {
namespace {

constexpr std::size_t kAround = 48;  // bytes on either side

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// The text about a span on one line, cut between characters.
std::string around(std::string_view text, const Span& span) {
  if (span.end > text.size() || span.size() == 0) return {};
  std::size_t begin = span.begin - std::min(span.begin, kAround);
  std::size_t end = std::min(span.end + kAround, text.size());
  while (begin < span.begin && continues_character(text[begin])) ++begin;
  while (end < text.size() && continues_character(text[end])) ++end;
  std::string line(text.substr(begin, end - begin));
  std::ranges::replace_if(line, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return line;
}

}  // namespace

void note_misses(const std::filesystem::path& file, const GoldenDocument& document,
                 const Inspected& inspected, const Matching& matching,
                 const detect::Detector& detector, std::vector<Miss>& misses) {
  const std::string text = read_file(file).value_or(std::string());
  const auto note = [&](catalog::ElementId element, bool made_up, double confidence,
                        std::string value, const Span& span) {
    misses.push_back({element, made_up, document.group, confidence, document.file, std::move(value),
                      inspected.by_place ? around(text, span) : std::string()});
  };
  const auto& findings = inspected.inspection.findings;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (matching.findings[i] != Mark::kWrong) continue;
    note(findings[i].element, true, findings[i].confidence, findings[i].value, findings[i].span);
  }
  for (std::size_t i = 0; i < document.labels.size(); ++i) {
    const Label& label = document.labels[i];
    if (matching.found[i] || label.optional || !knows(detector, label.element)) continue;
    note(label.element, false, 0, label.value, label.span);
  }
}

}  // namespace huxin::quality
