#include "agent/policy_keeper.hpp"

#include <unistd.h>

#include <cerrno>

#include "policy/base/digest.hpp"
#include "policy/base/file.hpp"
#include "policy/bundle/bundle.hpp"
#include "policy/presets/presets.hpp"
#include "policy/rule/load.hpp"

namespace huxin::agent {
namespace {

constexpr std::size_t kMaxBundle = std::size_t{32} << 20U;

Bytes digest_of(ByteView bytes) {
  const Digest digest = sha256(bytes);
  return {digest.begin(), digest.end()};
}

/// What judging depends on, whatever the lists of customers hold: each part behind its length.
Bytes basis_of(const bundle::Contents& contents) {
  Bytes text;
  const auto add = [&](ByteView part) {
    for (unsigned shift = 0; shift < 64; shift += 8)
      text.push_back(static_cast<std::uint8_t>(part.size() >> shift));
    text.insert(text.end(), part.begin(), part.end());
  };
  add(as_bytes(contents.policy));
  add(as_bytes(contents.catalog));
  for (const auto* const list : {&contents.officers, &contents.reviewers}) {
    add({});
    for (const Bytes& each : *list) add(each);
  }
  return digest_of(text);
}

/// What a terminal runs by before it has a bundle: it looks and records, and enforces nothing.
std::shared_ptr<const inspect::InForce> shipped_preset() {
  auto in_force = std::make_shared<inspect::InForce>();
  in_force->catalog = catalog::Catalog::builtin();
  in_force->policy = rule::load_policy(presets::audit(), "audit.yaml", *in_force->catalog).policy;
  in_force->digest = in_force->bundle_digest = digest_of(as_bytes(presets::audit()));
  return in_force;
}

}  // namespace

Result<std::shared_ptr<const inspect::InForce>> PolicyKeeper::open(ByteView bundle) const {
  Result<bundle::Contents> contents = bundle::verify(bundle, policy_key_, serial_);
  if (!contents) return std::unexpected(contents.error());
  auto in_force = std::make_shared<inspect::InForce>();
  in_force->catalog = catalog::Catalog::builtin();
  if (!contents->catalog.empty()) {
    auto catalog = catalog::Catalog::parse(contents->catalog, "bundle:catalog.yaml");
    if (!catalog) return std::unexpected(catalog.error());
    in_force->catalog = *std::move(catalog);
  }
  const rule::LoadReport report =
      rule::load_policy(contents->policy, "bundle:policy.yaml", *in_force->catalog);
  if (!report.ok()) {
    return fail(Errc::kInvalid, "{}", report.render(contents->policy, "bundle:policy.yaml"));
  }
  in_force->policy = report.policy;
  if (!contents->officers.empty()) {
    Result<certs::Sealer> sealer = certs::Sealer::make(contents->officers, contents->reviewers);
    if (!sealer) return std::unexpected(sealer.error());
    in_force->sealer = *std::move(sealer);
  }
  for (const auto& [bytes, list] : {std::pair{&contents->authorisations, &in_force->authorisations},
                                    std::pair{&contents->holds, &in_force->holds}}) {
    auto parsed = bundle::DigestList::parse(*bytes);
    if (!parsed) return std::unexpected(parsed.error());
    *list = *std::move(parsed);
  }
  auto known = inspect::KnownFiles::make(as_bytes(contents->exact), as_bytes(contents->prints));
  if (!known) return std::unexpected(known.error());
  in_force->known = *std::move(known);
  in_force->digest = basis_of(*contents);
  in_force->catalog_yaml = std::move(contents->catalog);
  in_force->bundle_digest = digest_of(bundle);
  in_force->serial = contents->serial;
  return in_force;
}

std::shared_ptr<const inspect::InForce> PolicyKeeper::initial(std::string& problem) {
  const auto kept = stored();
  if (!kept) problem = kept.error().context;
  if (!kept || !*kept) return shipped_preset();
  auto opened = open(as_bytes(**kept));
  if (!opened) {
    problem = opened.error().within("the stored policy bundle").context;
    return shipped_preset();
  }
  serial_ = (*opened)->serial;
  return *opened;
}

Status PolicyKeeper::take(ByteView bundle, const Apply& apply) {
  auto opened = open(bundle);
  if (!opened) return std::unexpected(opened.error());
  const auto before = stored();
  if (!before) return std::unexpected(before.error());
  if (Status kept = write_file_atomically(state_.bundle(), bundle, 0600); !kept) return kept;
  if (Status applied = apply(*opened); !applied) {
    if (const Status back = put_back(*before); !back)
      return fail(applied.error().code, "{}; and the bundle before it could not be put back: {}",
                  applied.error().context, back.error().context);
    return applied;
  }
  serial_ = (*opened)->serial;
  return {};
}

Result<std::optional<std::string>> PolicyKeeper::stored() const {
  Result<std::string> kept = read_file(state_.bundle(), kMaxBundle);
  if (kept) return *std::move(kept);
  if (kept.error().code == Errc::kNotFound) return std::nullopt;
  return std::unexpected(kept.error());
}

Status PolicyKeeper::put_back(const std::optional<std::string>& before) const {
  if (before) return write_file_atomically(state_.bundle(), as_bytes(*before), 0600);
  if (::unlink(state_.bundle().c_str()) != 0 && errno != ENOENT)
    return fail_errno("unlink " + state_.bundle().native());
  return {};
}

}  // namespace huxin::agent
