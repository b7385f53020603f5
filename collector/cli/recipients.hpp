#pragma once
#include <string>
#include <vector>

#include "collector/state.hpp"

namespace huxin::collector::cli {

/// Whom terminals are to seal evidence to. Without reviewers, one key is enough, and the report
/// says so.
struct Recipients {
  /// Certificates (DER). Nobody is among both.
  std::vector<Bytes> officers, reviewers;
  /// For people: where they come from, and each one by name and fingerprint.
  std::string report;
};

/// Chooses, in this order: the certificate files that are named; the keys that officers and second
/// reviewers registered in the console, when there is at least one of each; those of the bundle in
/// force; nobody. An account that may be second reviewer holds the second key and no other; a
/// disabled account, or one without such a role any more, is left out. Files are PEM, one
/// certificate each. Who is chosen is tried with certs::Sealer, whose errors say that a certificate
/// cannot receive or is on both sides.
Result<Recipients> choose_recipients(State& state, const std::vector<std::string>& officer_files,
                                     const std::vector<std::string>& reviewer_files);

}  // namespace huxin::collector::cli
