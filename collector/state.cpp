#include "collector/state.hpp"

#include <sys/stat.h>

#include "policy/base/file.hpp"
#include "policy/bundle/bundle.hpp"
#include "policy/frame/signed_frame.hpp"

namespace huxin::collector {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDatabase = "collector.db";
constexpr std::string_view kDatabaseKey = "database.key";
constexpr std::string_view kDigestKey = "digest.key";
constexpr std::string_view kBundleKey = "bundle.key";
constexpr std::size_t kKeySize = 32;

std::string key_name(std::string_view server) { return fmt::format("{}.key", server); }
fs::path certificate_file(const fs::path& folder, std::string_view server) {
  return folder / "servers" / fmt::format("{}.crt", server);
}

/// Splits concatenated PEM certificates.
Result<std::vector<Bytes>> read_pem_chain(const fs::path& file) {
  constexpr std::string_view kEnd = "-----END CERTIFICATE-----";
  const Result<std::string> text = read_file(file, std::size_t{1} << 20U);
  if (!text) return std::unexpected(text.error());
  std::vector<Bytes> chain;
  std::string_view rest = *text;
  for (std::size_t end = rest.find(kEnd); end != std::string_view::npos; end = rest.find(kEnd)) {
    Result<Bytes> der = certs::certificate_from_pem(rest.substr(0, end + kEnd.size()));
    if (!der) return std::unexpected(der.error().within(file.string()));
    chain.push_back(std::move(*der));
    rest.remove_prefix(end + kEnd.size());
  }
  if (chain.empty()) return fail(Errc::kCorrupt, "{} holds no certificate", file.string());
  return chain;
}

/// Cuts concatenated DER certificates apart by their outer lengths.
std::vector<ByteView> split_der(ByteView all) {
  std::vector<ByteView> parts;
  while (all.size() > 4 && all[0] == 0x30 && all[1] == 0x82) {
    const std::size_t size = 4 + (std::size_t{all[2]} << 8U) + all[3];
    if (size > all.size()) break;
    parts.push_back(all.first(size));
    all = all.subspan(size);
  }
  return parts;
}

Result<std::vector<std::string>> read_names(const fs::path& folder) {
  const Result<std::string> text = read_file(folder / "servers" / "names", std::size_t{64} << 10U);
  if (!text) return std::unexpected(text.error());
  std::vector<std::string> names;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    if (!line.empty()) names.emplace_back(line);
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  return names;
}

Result<certs::Identity> issue(State& state, std::string_view server, Time now) {
  const auto names = read_names(state.folder);
  if (!names) return std::unexpected(names.error());
  auto made = state.authority->issue_server(*names, now);
  if (!made) return std::unexpected(made.error());
  // The key first: a crash between the two leaves a pair that does not fit, which is then
  // re-issued.
  if (Status kept = state.keys->save(key_name(server), made->private_key); !kept)
    return std::unexpected(kept.error());
  std::string pem = certs::certificate_to_pem(made->issued.certificate);
  for (const ByteView der : split_der(made->issued.chain)) pem += certs::certificate_to_pem(der);
  const Status written =
      write_file_atomically(certificate_file(state.folder, server), as_bytes(pem));
  if (!written) return std::unexpected(written.error());
  return certs::Identity{std::move(made->issued.certificate), std::move(made->issued.chain),
                         std::move(made->private_key)};
}

/// Proves that a key is a certificate's, by a signature.
bool belong_together(const certs::Identity& identity) {
  constexpr std::string_view kStatement = "huxin-server-key-check";
  const Result<Bytes> signature = certs::sign(identity.private_key, as_bytes(kStatement));
  return signature &&
         certs::verify_signature(identity.certificate, as_bytes(kStatement), *signature);
}

Status make_folders(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error && ::chmod(folder.c_str(), 0700) != 0) return fail_errno("chmod " + folder.string());
  if (!error) fs::create_directories(folder / "servers", error);
  if (error) return fail(Errc::kIo, "{}: {}", folder.string(), error.message());
  return {};
}

Status make_keys(const fs::path& folder) {
  auto keys = certs::open_file_key_store(folder / "keys");
  if (!keys) return std::unexpected(keys.error());
  for (const std::string_view name : {kDatabaseKey, kDigestKey}) {
    if (auto key = (*keys)->load_or_create(name, kKeySize); !key)
      return std::unexpected(key.error());
  }
  auto signing = bundle::make_signing_key();
  if (!signing) return std::unexpected(signing.error());
  if (Status kept = (*keys)->save(kBundleKey, signing->private_key); !kept) return kept;
  return write_file_atomically(folder / "bundle.pub", signing->public_key);
}

Status make_database(const fs::path& folder) {
  const auto keys = certs::open_file_key_store(folder / "keys");
  if (!keys) return std::unexpected(keys.error());
  const auto key = (*keys)->load(kDatabaseKey);
  if (!key) return std::unexpected(key.error());
  const auto store = store::open_sealed_store(folder / kDatabase, *key);
  return store ? Status() : std::unexpected(store.error());
}

/// Is bundle.pub the other half of the key that signs? Everything signed here would be refused, and
/// certificates checked against a key that is not ours, if somebody put another in its place.
Status check_public_key(const State& state) {
  const auto signing = state.keys->load(kBundleKey);
  if (!signing) {
    if (signing.error().code == Errc::kNotFound) return {};  // kept elsewhere
    return std::unexpected(signing.error());
  }
  constexpr frame::Kind kProbe{"probe", "HUXPROBE", std::string_view("huxin-probe\0", 12), 1024};
  const auto signed_probe = frame::sign(kProbe, as_bytes("bundle.pub"), *signing);
  if (!signed_probe) return std::unexpected(signed_probe.error());
  if (frame::verify(kProbe, *signed_probe, state.bundle_public_key)) return {};
  return fail(Errc::kCorrupt,
              "{} is not the public half of {}: it was changed; restore it from a backup",
              (state.folder / "bundle.pub").string(), kBundleKey);
}

/// A database that is gone must not be taken for one that holds nothing: opening would make it
/// anew, and every chain in it would be whole.
Status require_database(const fs::path& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  if (error)
    return fail(Errc::kNotFound, "{}: {}; restore it from a backup", file.string(),
                error.message());
  if (size == 0)
    return fail(Errc::kCorrupt, "{} is empty; restore it from a backup", file.string());
  return {};
}

}  // namespace

Status State::create(const fs::path& folder, const std::vector<std::string>& names,
                     std::string_view organisation, Time now) {
  if (fs::exists(folder / "bundle.pub") || fs::exists(folder / "authority")) {
    return fail(Errc::kExists, "{} has a collector already", folder.string());
  }
  std::string lines;
  for (const std::string& name : names) lines.append(name).append("\n");
  Status done = make_folders(folder);
  if (done) done = certs::Authority::create(folder / "authority", organisation, now);
  if (done) done = write_file_atomically(folder / "servers" / "names", as_bytes(lines));
  if (done) done = make_keys(folder);
  if (done) done = make_database(folder);
  if (!done) return done;
  Result<State> state = open(folder);
  if (!state) return std::unexpected(state.error());
  for (const std::string_view server : {kAgentsServer, kConsoleServer}) {
    if (auto made = issue(*state, server, now); !made) return std::unexpected(made.error());
  }
  return {};
}

Result<State> State::open(const fs::path& folder) {
  State state;
  state.folder = folder;
  Result<std::string> public_key = read_file(folder / "bundle.pub", 4096);
  if (!public_key) {
    if (public_key.error().code != Errc::kNotFound) return std::unexpected(public_key.error());
    return fail(Errc::kNotFound,
                "{} has no collector; make one with: huxin-collector init --state {}",
                folder.string(), folder.string());
  }
  state.bundle_public_key.assign(public_key->begin(), public_key->end());
  auto keys = certs::open_file_key_store(folder / "keys");
  if (!keys) return std::unexpected(keys.error());
  state.keys = std::move(*keys);
  if (const Status fits = check_public_key(state); !fits) return std::unexpected(fits.error());
  auto authority = certs::Authority::open(folder / "authority");
  if (!authority) return std::unexpected(authority.error());
  state.authority = std::move(*authority);
  const auto database_key = state.keys->load(kDatabaseKey);
  if (!database_key) return std::unexpected(database_key.error());
  if (const Status there = require_database(folder / kDatabase); !there)
    return std::unexpected(there.error());
  auto store = store::open_sealed_store(folder / kDatabase, *database_key);
  if (!store) return std::unexpected(store.error());
  state.store = std::move(*store);
  return state;
}

Result<ServerIdentity> server_identity(State& state, std::string_view server, Time now) {
  auto chain = read_pem_chain(certificate_file(state.folder, server));
  auto key = state.keys->load(key_name(server));
  if (chain && key) {
    certs::Identity identity{chain->front(), {}, std::move(*key)};
    for (std::size_t i = 1; i < chain->size(); ++i) {
      identity.chain.insert(identity.chain.end(), (*chain)[i].begin(), (*chain)[i].end());
    }
    const auto certificate = certs::read_certificate(identity.certificate);
    const bool due = certificate && now >= certificate->renew_from();
    if (certificate && !due && belong_together(identity))
      return ServerIdentity{std::move(identity), false};
  }
  auto issued = issue(state, server, now);
  if (!issued) return std::unexpected(issued.error());
  return ServerIdentity{std::move(*issued), true};
}

}  // namespace huxin::collector
