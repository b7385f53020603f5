#pragma once
#include <memory>
#include <optional>

#include "certs/seal.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/rule/policy.hpp"

namespace huxin::inspect {

/// Everything a terminal currently runs by: taken together from one bundle, replaced together by the
/// next. Immutable; share freely.
struct InForce {
  std::shared_ptr<const rule::Policy> policy;
  std::shared_ptr<const catalog::Catalog> catalog;
  std::optional<certs::Sealer> sealer;  ///< none: no reviewer's key is known yet, evidence is not kept
};

}  // namespace huxin::inspect
