#include "collector/publication.hpp"

#include <tuple>

#include "policy/base/digest.hpp"

namespace huxin::collector {
namespace {

constexpr int kTries = 5;

Status add_lists(store::Store& store, bundle::Contents& contents) {
  const std::pair<store::ListKind, Bytes*> lists[] = {
      {store::ListKind::kAuthorisation, &contents.authorisations},
      {store::ListKind::kHold, &contents.holds}};
  for (const auto& [kind, into] : lists) {
    const auto list = store.customer_lists().list(kind);
    if (!list) return std::unexpected(list.error());
    *into = list->serialise();
  }
  for (const auto& [kind, into] : {std::pair{store::KnownKind::kExact, &contents.exact},
                                   std::pair{store::KnownKind::kPrints, &contents.prints}}) {
    const auto file = store.known_data().file(kind);
    if (!file) return std::unexpected(file.error());
    *into = as_text(*file);
  }
  return {};
}

/// All that publishing takes from the store, for comparing.
auto lists_of(const bundle::Contents& contents) {
  return std::tie(contents.authorisations, contents.holds, contents.exact, contents.prints);
}

}  // namespace

Result<bundle::Contents> publish(store::Store& store, certs::KeyStore& keys,
                                 bundle::Contents contents, Time now) {
  const auto key = keys.load("bundle.key");
  if (!key) return std::unexpected(key.error());
  for (int tries = 1;; ++tries) {
    if (Status added = add_lists(store, contents); !added) return std::unexpected(added.error());
    const auto serial = store.next_serial();
    if (!serial) return std::unexpected(serial.error());
    contents.serial = *serial;
    contents.created = now;
    auto bytes = bundle::sign(contents, *key);
    if (!bytes) return std::unexpected(bytes.error());
    const Digest digest = sha256(*bytes);
    const Status published = store.publish_bundle(
        {*std::move(bytes), Bytes(digest.begin(), digest.end()), contents.version, *serial}, now);
    if (published) return contents;
    if (published.error().code != Errc::kExists || tries == kTries)
      return std::unexpected(published.error());
  }
}

Result<Shipping> ship_lists(store::Store& store, certs::KeyStore& keys, ByteView public_key,
                            Time now) {
  const auto current = store.current_bundle();
  if (!current) return std::unexpected(current.error());
  if (!*current) return Shipping{};
  auto contents = bundle::verify((*current)->bundle, public_key, 0);
  if (!contents) return std::unexpected(contents.error().within("the bundle in force"));
  const bundle::Contents before = *contents;
  if (Status added = add_lists(store, *contents); !added) return std::unexpected(added.error());
  if (lists_of(*contents) == lists_of(before)) return Shipping{(*current)->serial, false};
  const auto published = publish(store, keys, *std::move(contents), now);
  if (!published) return std::unexpected(published.error());
  return Shipping{published->serial, true};
}

}  // namespace huxin::collector
