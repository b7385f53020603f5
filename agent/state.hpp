#pragma once
#include <filesystem>

namespace huxin::agent {

/// Where an agent keeps what outlives it. Everything lies below one folder of mode 0700.
struct State {
  std::filesystem::path root = "/var/lib/huxin";

  std::filesystem::path keys() const { return root / "keys"; }        ///< key store
  std::filesystem::path journal() const { return root / "journal"; }  ///< SQLCipher
  std::filesystem::path vault() const { return root / "vault"; }      ///< quarantined files
  std::filesystem::path destroy() const { return root / "destroy"; }  ///< log of destructions
  std::filesystem::path inventory() const { return root / "inventory.db"; }  ///< SQLCipher
  std::filesystem::path control() const { return root / "control.sock"; }    ///< for the verbs
  std::filesystem::path cache() const { return root / "cache"; }  ///< compiled pattern databases
  std::filesystem::path enrolment() const { return root / "enrolment.json"; }
  std::filesystem::path bundle() const { return root / "policy.bundle"; }
  std::filesystem::path watchdog() const { return root / "watchdog"; }  ///< note of its last act
  std::filesystem::path device_authority() const { return root / "device-authority.pem"; }
};

}  // namespace huxin::agent
