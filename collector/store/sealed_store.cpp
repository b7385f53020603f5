#include "collector/store/sealed_store.hpp"

#include "collector/store/schema.hpp"

namespace huxin::store {

Result<std::unique_ptr<Store>> open_sealed_store(const std::filesystem::path& file,
                                                 const Secret& key) {
  Result<certs::SealedDatabase> writer = certs::SealedDatabase::open(file, key);
  if (!writer) return std::unexpected(writer.error());
  if (Status ready = writer->migrate(schema_steps()); !ready) {
    return std::unexpected(ready.error().within(file.string()));
  }
  Result<certs::SealedDatabase> reader = certs::SealedDatabase::open(file, key);
  if (!reader) return std::unexpected(reader.error());
  return std::make_unique<SealedStore>(std::move(*writer), std::move(*reader));
}

}  // namespace huxin::store
