#pragma once
#include "collector/store/connections.hpp"
#include "collector/store/known_data.hpp"

namespace huxin::store {

/// The embedded store's. Private to collector/store.
class SealedKnownData final : public KnownData {
 public:
  explicit SealedKnownData(Connections& db) : db_(db) {}

  Status save(KnownKind kind, ByteView file, const KnownBuild& how) override;
  Status drop(KnownKind kind) override;
  Result<Bytes> file(KnownKind kind) override;
  Result<std::optional<KnownBuild>> build(KnownKind kind) override;

 private:
  Connections& db_;
};

}  // namespace huxin::store
