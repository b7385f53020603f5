#pragma once
#include <optional>

#include "certs/key_store.hpp"
#include "collector/store/store.hpp"
#include "policy/base/clock.hpp"
#include "policy/bundle/bundle.hpp"

namespace huxin::collector {

/// Puts the customer lists, and what the bank knows, as they are now into a bundle, gives it the
/// next serial, signs it with the collector's key and publishes it; terminals take it at their next
/// heartbeat. Gives back what was published. Another publication at the same time is waited out.
/// Five times at most, then kExists. Serial, creation time and lists of `contents` are replaced.
/// kNotFound when the signing key was taken away.
Result<bundle::Contents> publish(store::Store& store, certs::KeyStore& keys,
                                 bundle::Contents contents, Time now);

/// What became of a change to the lists.
/// Terminals that hold the bundle in force need not take another.
struct Shipping {
  std::optional<std::uint64_t> serial;  ///< of the bundle that carries them; none: no policy yet
  bool published = false;               ///< false: the bundle in force has them already
};

/// Publishes the policy in force again, unchanged, with the lists and files as they are now. Does
/// nothing where it carries them already, or where no policy was ever published: its first
/// publication will carry them. `public_key` is the collector's own: the bundle in force is
/// verified before its policy is signed again, and kCorrupt says that it does not hold.
Result<Shipping> ship_lists(store::Store& store, certs::KeyStore& keys, ByteView public_key,
                            Time now);

}  // namespace huxin::collector
