#include "agent/enforce/masking.hpp"

#include <algorithm>
#include <vector>

#include "policy/record/mask.hpp"

namespace huxin::enforce {
namespace {

struct Stretch {
  Span span;
  catalog::Mask mask;
};

bool inside_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

/// Widens a span to whole characters.
Span whole_characters(std::string_view text, Span span) {
  while (span.begin > 0 && inside_character(text, span.begin)) --span.begin;
  while (inside_character(text, span.end)) ++span.end;
  return span;
}

std::vector<Stretch> stretches(std::string_view text, const detect::Inspection& inspection,
                               const catalog::Catalog& catalog) {
  std::vector<Stretch> all;
  for (const detect::Finding& finding : inspection.findings) {
    const catalog::Element* element = catalog.find(finding.element);
    const catalog::Mask mask = element == nullptr ? catalog::Mask::kRemove : element->mask;
    all.push_back({whole_characters(text, finding.span), mask});
  }
  std::ranges::sort(all, {},
                    [](const Stretch& one) { return std::pair(one.span.begin, one.span.end); });
  std::vector<Stretch> merged;
  for (const Stretch& one : all) {
    if (merged.empty() || !merged.back().span.overlaps(one.span)) {
      merged.push_back(one);
      continue;
    }
    Stretch& last = merged.back();
    if (last.span != one.span || last.mask != one.mask) last.mask = catalog::Mask::kRemove;
    last.span.end = std::max(last.span.end, one.span.end);
  }
  return merged;
}

}  // namespace

Result<std::string> mask_text(std::string_view text, const detect::Inspection& inspection,
                              const catalog::Catalog& catalog) {
  if (inspection.truncated || inspection.findings_total > inspection.findings.size()) {
    return fail(Errc::kTooLarge, "{} findings, of which {} are known", inspection.findings_total,
                inspection.findings.size());
  }
  for (const detect::Finding& finding : inspection.findings) {
    if (finding.span.begin > finding.span.end || finding.span.end > text.size()) {
      return fail(Errc::kInvalid, "a finding lies outside the text");
    }
  }
  std::string masked;
  std::size_t at = 0;
  for (const Stretch& one : stretches(text, inspection, catalog)) {
    masked += text.substr(at, one.span.begin - at);
    masked += record::mask(text.substr(one.span.begin, one.span.size()), one.mask);
    at = one.span.end;
  }
  return masked += text.substr(at);
}

}  // namespace huxin::enforce
