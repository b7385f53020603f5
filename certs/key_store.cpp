#include "certs/key_store.hpp"

#include <algorithm>

#include "policy/base/digest.hpp"

namespace huxin::certs {

Status check_key_name(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
  };
  if (name.empty() || name.size() > 64 || name.front() == '.' ||
      !std::ranges::all_of(name, allowed)) {
    return fail(Errc::kInvalid, "a key name is 1 to 64 of [a-z0-9_.-], not '{}'",
                name.substr(0, 64));
  }
  return {};
}

Result<Secret> KeyStore::load_or_create(std::string_view name, std::size_t size) {
  Result<Secret> kept = load(name);
  if (kept && kept->size() != size) {
    return fail(Errc::kCorrupt, "key {} has {} bytes, not {}", name, kept->size(), size);
  }
  if (kept || kept.error().code != Errc::kNotFound) return kept;
  Secret fresh(random_bytes(size));
  if (Status saved = save(name, fresh); !saved) return std::unexpected(saved.error());
  return fresh;
}

}  // namespace huxin::certs
