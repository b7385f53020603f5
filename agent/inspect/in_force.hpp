#pragma once
#include <memory>
#include <optional>
#include <string>

#include "agent/inspect/known_files.hpp"
#include "certs/seal.hpp"
#include "policy/base/bytes.hpp"
#include "policy/bundle/digest_list.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/rule/policy.hpp"

namespace huxin::inspect {

/// Everything a terminal currently runs by: taken together from one bundle, replaced together by
/// the next. Immutable; share freely. `policy` and `catalog` are never null.
struct InForce {
  std::shared_ptr<const rule::Policy> policy;
  std::shared_ptr<const catalog::Catalog> catalog;
  std::string catalog_yaml;  ///< what the workers compile; empty: the built-in catalogue
  std::optional<certs::Sealer>
      sealer;  ///< none: no reviewer's key is known yet, evidence is not kept
  bundle::DigestList authorisations;  ///< who consented to a credit query
  bundle::DigestList holds;           ///< whose files are not to be destroyed
  KnownFiles known;                   ///< the bank's customers and documents
  /// Of what content is judged and sealed by: policy, catalogue, reviewers. The lists of customers
  /// are left out: a file that was dealt with is not told of anew because somebody else's consent
  /// came in, nor because the bank has another customer. What rested on a consent that is over is
  /// told of by the next discovery run. SHA-256.
  Bytes digest;
  Bytes bundle_digest;  ///< SHA-256 of the whole bundle (of the preset's text before there is one)
  std::uint64_t serial = 0;  ///< of the bundle; 0: the shipped preset
};

}  // namespace huxin::inspect
