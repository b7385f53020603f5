#pragma once
#include <string>
#include <string_view>

#include "policy/base/result.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/detect/finding.hpp"

namespace huxin::enforce {

/// Replaces every finding in a UTF-8 text by its mask. Spans are bytes of `text`; findings that
/// overlap are hidden wholly, and so is one whose element the catalogue does not know. kTooLarge
/// when the inspection kept fewer findings than it counted, kInvalid when a span lies outside the
/// text: what cannot be masked whole must not be shown at all. Spans are widened to whole
/// characters.
Result<std::string> mask_text(std::string_view text, const detect::Inspection& inspection,
                              const catalog::Catalog& catalog);

}  // namespace huxin::enforce
