#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"
#include "policy/frame/signed_frame.hpp"

namespace huxin::bundle {

/// What travels from the collector to terminals: a policy, a catalogue and the reviewers' public
/// keys, under one Ed25519 signature (RFC 8032). Layout on disk and wire: bundle.proto. Officers
/// and reviewers: at most 64 in a list, 16 KiB each; version: 64 bytes.
struct Contents {
  std::string policy;           ///< YAML source
  std::string catalog;          ///< YAML source; empty: the agent's builtin
  std::vector<Bytes> officers;  ///< X.509 certificates (DER) whose keys open the inner envelope
  /// Empty: evidence has one envelope, and one key is enough.
  std::vector<Bytes> reviewers;  ///< X.509 certificates (DER) whose keys open the outer envelope
  Bytes authorisations;          ///< DigestList: who consented to a credit query
  Bytes holds;                   ///< DigestList: whose files are not to be destroyed
  std::string exact;   ///< known::ExactFilter's file, up to 12 MiB; empty: no list of customers
  std::string prints;  ///< known::DocumentPrints' file, up to 8 MiB; empty: no documents
  std::string version;
  std::uint64_t serial = 0;  ///< grows by one a publication; an agent refuses to go back
  /// By the collector's clock; nothing depends on it.
  Time created{};
};

using frame::make_signing_key;
using frame::SigningKey;

/// Signs and frames: kInvalid for a key that is not Ed25519, kTooLarge over a limit of
/// bundle.proto. Neither policy, certificates nor lists are looked at: publishing checks them
/// first.
Result<Bytes> sign(const Contents& contents, const Secret& private_key);

/// Verifies before anything inside is parsed: kCorrupt for a wrong signature, kDenied for a serial
/// below `least_serial`, kTooLarge over 32 MiB or another limit of bundle.proto, kInvalid for a
/// public key that is not Ed25519. Says nothing about whether the policy inside loads.
/// `least_serial` is what the terminal has seen; 0 takes any. Certificates, lists, filter and
/// prints inside are not parsed; the large ones are moved out of the message, not copied.
Result<Contents> verify(ByteView bundle, ByteView public_key, std::uint64_t least_serial);

}  // namespace huxin::bundle
