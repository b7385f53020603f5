#include "agent/known_data.hpp"

#include "agent/enrolment.hpp"
#include "agent/policy_keeper.hpp"
#include "certs/key_store.hpp"
#include "policy/known/document_prints.hpp"
#include "policy/known/exact_filter.hpp"
#include "policy/known/key.hpp"

namespace huxin::agent {
namespace {

/// Whether there is an enrolment: asked first, since opening a key store makes one.
Result<bool> is_enrolled(const State& state) {
  std::error_code error;
  const auto status = std::filesystem::status(state.enrolment(), error);
  if (status.type() == std::filesystem::file_type::not_found) return false;
  if (error == std::errc::permission_denied)
    return fail(Errc::kDenied, "{}: {}", state.enrolment().string(), error.message());
  if (error) return fail(Errc::kIo, "{}: {}", state.enrolment().string(), error.message());
  return true;
}

}  // namespace

guard::KnownData known_data(const inspect::KnownFiles& files, const Secret& digest_key) {
  const auto key_for = [&](std::string_view purpose, const Bytes& salt) {
    return known::to_bytes(known::derive_key(digest_key.view(), purpose, salt));
  };
  return {.file = files.file,
          .exact_bytes = files.exact_bytes,
          .prints_bytes = files.prints_bytes,
          .exact_key = key_for(known::kExactPurpose, files.exact_salt),
          .prints_key = key_for(known::kPrintsPurpose, files.prints_salt)};
}

Result<guard::KnownData> stored_known_data(const State& state) {
  const auto enrolled = is_enrolled(state);
  if (!enrolled) return std::unexpected(enrolled.error());
  if (!*enrolled) return guard::KnownData{};
  const auto keys = certs::open_file_key_store(state.keys());
  if (!keys) return std::unexpected(keys.error());
  const auto enrolment = load_enrolment(state, **keys);
  if (!enrolment) return std::unexpected(enrolment.error());
  if (!*enrolment) return guard::KnownData{};
  std::string problem;
  const auto in_force = PolicyKeeper(state, (*enrolment)->policy_key).initial(problem);
  if (!problem.empty()) return fail(Errc::kCorrupt, "{}", problem);
  return known_data(in_force->known, (*enrolment)->digest_key);
}

}  // namespace huxin::agent
