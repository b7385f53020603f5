#pragma once
#include "agent/guard/pool.hpp"
#include "agent/inspect/known_files.hpp"
#include "agent/state.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::agent {

/// What workers are given of the bank's customers and documents: the files of a bundle, and the
/// keys derived for them from the bank's, which stays here.
guard::KnownData known_data(const inspect::KnownFiles& files, const Secret& digest_key);

/// The same of the bundle stored on this terminal, for verbs that inspect beside a running agent,
/// or without one; nothing is changed. Empty where no terminal was enrolled, or no bundle came yet.
/// kDenied: the caller may not read the state, which is its owner's alone; kCorrupt, with the
/// reason: what is stored does not verify.
Result<guard::KnownData> stored_known_data(const State& state);

}  // namespace huxin::agent
