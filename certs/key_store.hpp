#pragma once
#include <filesystem>
#include <memory>
#include <string_view>

#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::certs {

/// Keeps long-lived secrets of one machine: the database key, the digest key, the device key.
/// Names are 1 to 64 of [a-z0-9_.-], not beginning with a dot, else kInvalid; secrets are at most
/// 16 KiB, else kTooLarge. One process at a time writes a store. The seam for a TPM. Secrets are
/// wiped from memory when their Secret goes.
class KeyStore {
 public:
  virtual ~KeyStore() = default;
  /// kNotFound when there is none; kDenied when its protection is too weak (file mode, owner).
  virtual Result<Secret> load(std::string_view name) = 0;
  /// Keeps a secret; replaces one of the same name in one step. On disk, or in the keyring, when it
  /// returns.
  virtual Status save(std::string_view name, const Secret& secret) = 0;
  /// Forgets a secret; succeeds when there is none.
  virtual Status remove(std::string_view name) = 0;
  /// Loads, or makes `size` random bytes and keeps them. kCorrupt when one of another size is kept.
  Result<Secret> load_or_create(std::string_view name, std::size_t size);
};

/// Refuses names that could leave the store's folder or namespace.
Status check_key_name(std::string_view name);
inline constexpr std::size_t kLargestSecret = 16 * 1024;

/// Files of mode 0600 in a folder of mode 0700, both owned by the caller. The folder is made when
/// absent; one that others can enter is kDenied. Links are not followed. Checked at opening and at
/// each load, since a mode may be changed.
Result<std::unique_ptr<KeyStore>> open_file_key_store(const std::filesystem::path& folder);
/// The kernel keyring of the caller's user (keys vanish at reboot unless re-provisioned).
/// kUnsupported where the kernel or a container keeps the keyring away. `prefix` stands before each
/// name, so that two stores of one user do not meet. kNoSpace: the user's quota is used up.
Result<std::unique_ptr<KeyStore>> open_keyring_key_store(std::string_view prefix);

}  // namespace huxin::certs
