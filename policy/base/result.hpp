#pragma once
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace huxin {

/// Says what kind of failure happened; the caller acts on this, people read Error::context. Names
/// are printed and kept in JSON, numbers are not kept anywhere.
enum class Errc : std::uint8_t {
  kInvalid,          ///< the input is malformed (a policy, a flag, a CSV line)
  kNotFound,         ///< the thing named does not exist
  kExists,           ///< the thing to be made is already there
  kCorrupt,          ///< stored or received bytes do not hold together (digest, signature, chain)
  kUnsupported,      ///< understood, but not something this build or machine can do
  kTooLarge,         ///< over a published limit
  kTimeout,          ///< a deadline passed
  kDenied,           ///< the caller may not do this
  kUnauthenticated,  ///< the caller did not prove who it is
  kIo,               ///< the operating system refused a file, socket or process operation
  kNoSpace,          ///< the disk is full
  kCrypto,           ///< a cryptographic operation failed
  kProtocol,         ///< the peer broke the protocol
  kUnavailable,      ///< the peer or service is away; trying again may help
  kCancelled,        ///< shut down in the middle
  kInternal,         ///< a fault of ours
};

/// Returns the stable lower-case name of a code, as printed and as written to JSON.
std::string_view to_string(Errc code);

/// Describes a failure. `context` names the file, line or peer and the way out; it never holds
/// matched customer data. English, one line, without a full stop. It may name what a peer sent only
/// after cutting it short.
struct Error {
  Errc code = Errc::kInternal;
  std::string context;

  /// Puts `outer: ` before the context, for the caller who knows more of the circumstances.
  Error within(std::string_view outer) const {
    return {code, fmt::format("{}: {}", outer, context)};
  }
};

/// Holds a value or says why there is none. Absence is not failure: use Result<std::optional<T>>.
template <class T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

/// Makes the failing side of any Result, with a formatted context. Arguments must not hold secrets
/// or matched values: contexts are logged.
template <class... Args>
std::unexpected<Error> fail(Errc code, fmt::format_string<Args...> format, Args&&... args) {
  return std::unexpected(Error{code, fmt::format(format, std::forward<Args>(args)...)});
}

/// Makes the failing side from errno (kNoSpace for ENOSPC and EDQUOT, kNotFound for ENOENT,
/// kDenied for EACCES and EPERM, else kIo); `what` names the operation and its object. Call it
/// before anything else can change errno.
std::unexpected<Error> fail_errno(std::string_view what);

}  // namespace huxin
