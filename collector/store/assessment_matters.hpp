#pragma once
#include "certs/sealed_database.hpp"
#include "collector/assess/facts.hpp"

namespace huxin::store {

/// Fills in what people concluded and did, and what lies on terminals: cases, destructions and
/// inventories. Of each only what was known before `facts.until`, so that a past month stays as it
/// was. Terminals, branches, period and `until` must be filled in. Private to collector/store.
Status gather_matters(certs::SealedDatabase& db, assess::Facts& facts);

}  // namespace huxin::store
