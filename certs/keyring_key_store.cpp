// The kernel's keyring through its system calls: libkeyutils would add nothing but a dependency.
#include <linux/keyctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "certs/key_store.hpp"

namespace huxin::certs {
namespace {

using Serial = std::int32_t;

// keyrings(7), keyctl_setperm(3): all for a possessor; view, read, write, search, setattr for the
// user.
constexpr unsigned long kPermission = 0x3f000000UL | 0x002f0000UL;

template <class... Args>
long keyctl(int operation, Args... args) {
  return ::syscall(SYS_keyctl, operation, args...);
}

std::unexpected<Error> fail_keyring(std::string_view what) {
  if (errno == ENOKEY || errno == EKEYREVOKED || errno == EKEYEXPIRED) {
    return fail(Errc::kNotFound, "{}: no such key in the user keyring", what);
  }
  if (errno == EDQUOT) return fail(Errc::kNoSpace, "{}: the user's keyring quota is used up", what);
  return fail_errno(what);
}

class KeyringKeyStore final : public KeyStore {
 public:
  explicit KeyringKeyStore(std::string prefix) : prefix_(std::move(prefix)) {}

  Result<Secret> load(std::string_view name) override {
    const Result<Serial> key = find(name);
    if (!key) return std::unexpected(key.error());
    Secret secret(kLargestSecret);
    const long size = keyctl(KEYCTL_READ, *key, secret.writable().data(), secret.size());
    if (size < 0) return fail_keyring(description(name));
    if (std::cmp_greater(size, kLargestSecret))
      return fail(Errc::kTooLarge, "key {} has {} bytes", name, size);
    const ByteView read = secret.view().first(static_cast<std::size_t>(size));
    return Secret(Bytes(read.begin(), read.end()));
  }

  Status save(std::string_view name, const Secret& secret) override {
    if (Status named = check_key_name(name); !named) return named;
    if (secret.size() > kLargestSecret)
      return fail(Errc::kTooLarge, "key {} has {} bytes", name, secret.size());
    const std::string text = description(name);
    const long key = ::syscall(SYS_add_key, "user", text.c_str(), secret.view().data(),
                               secret.size(), KEY_SPEC_USER_KEYRING);
    if (key < 0) return fail_keyring(text);
    if (keyctl(KEYCTL_SETPERM, static_cast<Serial>(key), kPermission) != 0)
      return fail_keyring(text);
    return {};
  }

  Status remove(std::string_view name) override {
    const Result<Serial> key = find(name);
    if (!key && key.error().code == Errc::kNotFound) return {};
    if (!key) return std::unexpected(key.error());
    if (keyctl(KEYCTL_UNLINK, *key, KEY_SPEC_USER_KEYRING) != 0)
      return fail_keyring(description(name));
    return {};
  }

 private:
  std::string description(std::string_view name) const {
    return fmt::format("{}:{}", prefix_, name);
  }

  Result<Serial> find(std::string_view name) const {
    if (Status named = check_key_name(name); !named) return std::unexpected(named.error());
    const std::string text = description(name);
    const long key = keyctl(KEYCTL_SEARCH, KEY_SPEC_USER_KEYRING, "user", text.c_str(), 0);
    if (key < 0) return fail_keyring(text);
    return static_cast<Serial>(key);
  }

  std::string prefix_;
};

}  // namespace

Result<std::unique_ptr<KeyStore>> open_keyring_key_store(std::string_view prefix) {
  if (Status named = check_key_name(prefix); !named) return std::unexpected(named.error());
  if (keyctl(KEYCTL_GET_KEYRING_ID, KEY_SPEC_USER_KEYRING, 1) < 0) {
    return fail(Errc::kUnsupported, "{}", fail_errno("kernel keyring").error().context);
  }
  return std::make_unique<KeyringKeyStore>(std::string(prefix));
}

}  // namespace huxin::certs
