#include "collector/cli/recipients.hpp"

#include "certs/certificate.hpp"
#include "certs/seal.hpp"
#include "policy/base/file.hpp"
#include "policy/bundle/bundle.hpp"

namespace huxin::collector::cli {
namespace {

constexpr std::size_t kLargestPem = std::size_t{64} << 10U;
constexpr std::size_t kShownFingerprint = 16;

Result<std::vector<Bytes>> read_certificates(const std::vector<std::string>& files) {
  std::vector<Bytes> all;
  for (const std::string& file : files) {
    const auto pem = read_file(file, kLargestPem);
    if (!pem) return std::unexpected(pem.error());
    auto der = certs::certificate_from_pem(*pem);
    if (!der) return std::unexpected(der.error().within(file));
    all.push_back(std::move(*der));
  }
  return all;
}

Result<Recipients> from_files(const std::vector<std::string>& officer_files,
                              const std::vector<std::string>& reviewer_files) {
  auto officers = read_certificates(officer_files);
  if (!officers) return std::unexpected(officers.error());
  auto reviewers = read_certificates(reviewer_files);
  if (!reviewers) return std::unexpected(reviewers.error());
  return Recipients{std::move(*officers), std::move(*reviewers), "证书文件 Certificate files"};
}

Result<Recipients> registered(State& state) {
  using enum store::Role;
  const auto keys = state.store->reviewer_keys().current();
  if (!keys) return std::unexpected(keys.error());
  Recipients found{{}, {}, "控制台登记的密钥 Keys registered in the console"};
  for (const store::ReviewerKey& key : *keys) {
    const auto user = state.store->user(key.user);
    if (!user) return std::unexpected(user.error());
    if (!*user || !(*user)->works(SystemClock().now())) continue;
    if ((*user)->roles.has(kReviewer)) {
      found.reviewers.push_back(key.certificate);
    } else if ((*user)->roles.meets({kOfficer, kAmlReviewer})) {
      found.officers.push_back(key.certificate);
    }
  }
  return found;
}

Result<Recipients> in_force(State& state) {
  Recipients found{{}, {}, "沿用现行策略的证书 Those of the bundle in force"};
  const auto current = state.store->current_bundle();
  if (!current) return std::unexpected(current.error());
  if (!*current) return found;
  auto before = bundle::verify((*current)->bundle, state.bundle_public_key, 0);
  if (!before) return std::unexpected(before.error().within("the bundle in force"));
  found.officers = std::move(before->officers);
  found.reviewers = std::move(before->reviewers);
  return found;
}

void describe(Recipients& chosen) {
  const auto add = [&](std::string_view what, const std::vector<Bytes>& certificates) {
    for (const Bytes& der : certificates) {
      const auto read = certs::read_certificate(der);
      if (!read) continue;
      chosen.report += fmt::format("\n  {} {} {}", what, read->common_name,
                                   read->sha256.substr(0, kShownFingerprint));
    }
  };
  add("安全员 officer", chosen.officers);
  add("复核人 reviewer", chosen.reviewers);
}

}  // namespace

Result<Recipients> choose_recipients(State& state, const std::vector<std::string>& officer_files,
                                     const std::vector<std::string>& reviewer_files) {
  Result<Recipients> chosen = from_files(officer_files, reviewer_files);
  if (chosen && chosen->officers.empty() && chosen->reviewers.empty()) {
    chosen = registered(state);
    if (chosen && (chosen->officers.empty() || chosen->reviewers.empty())) {
      const bool half = !chosen->officers.empty() || !chosen->reviewers.empty();
      chosen = in_force(state);
      if (chosen && half) {
        chosen->report +=
            "（登记的密钥须安全员与复核人各至少一把才会启用 registered keys are used once there is "
            "one of an officer and one of a second reviewer）";
      }
    }
  }
  if (!chosen || (chosen->officers.empty() && chosen->reviewers.empty())) return chosen;
  const auto sealer = certs::Sealer::make(chosen->officers, chosen->reviewers);
  if (!sealer) return std::unexpected(sealer.error());
  describe(*chosen);
  return chosen;
}

}  // namespace huxin::collector::cli
