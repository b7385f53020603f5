#include "agent/trust_pins.hpp"

#include <algorithm>
#include <array>

#include "policy/base/digest.hpp"

namespace huxin::agent {
namespace {

struct Anchor {
  std::string_view name;  ///< in the journal
  std::string_view what;  ///< in enrolment.json
  Bytes Enrolment::* value;
};
constexpr std::array<Anchor, 2> kAnchors{
    {{"trust/policy_key", "policy_key", &Enrolment::policy_key},
     {"trust/root", "root", &Enrolment::root}}};

std::string fingerprint(ByteView bytes) { return "SHA-256 " + to_hex(sha256(bytes)); }

}  // namespace

Status pin_trust(journal::Journal& journal, const Enrolment& enrolment) {
  for (const Anchor& anchor : kAnchors) {
    if (Status put = journal.put(anchor.name, as_text(enrolment.*anchor.value)); !put) return put;
  }
  return {};
}

Result<std::string> hold_to_pins(journal::Journal& journal, Enrolment& enrolment) {
  std::string told;
  for (const Anchor& anchor : kAnchors) {
    Bytes& value = enrolment.*anchor.value;
    const auto pinned = journal.get(anchor.name);
    if (!pinned) return std::unexpected(pinned.error());
    if (!*pinned) {
      if (Status put = journal.put(anchor.name, as_text(value)); !put)
        return std::unexpected(put.error());
      continue;
    }
    const ByteView right = as_bytes(**pinned);
    if (std::ranges::equal(right, value)) continue;
    told +=
        fmt::format("{}{} in enrolment.json was changed to {}; pinned, and in force: {}",
                    told.empty() ? "" : "; ", anchor.what, fingerprint(value), fingerprint(right));
    value.assign(right.begin(), right.end());
  }
  return told;
}

}  // namespace huxin::agent
