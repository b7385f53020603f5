#include "policy/base/result.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>

namespace huxin {

std::string_view to_string(Errc code) {
  switch (code) {
    case Errc::kInvalid:
      return "invalid";
    case Errc::kNotFound:
      return "not_found";
    case Errc::kExists:
      return "exists";
    case Errc::kCorrupt:
      return "corrupt";
    case Errc::kUnsupported:
      return "unsupported";
    case Errc::kTooLarge:
      return "too_large";
    case Errc::kTimeout:
      return "timeout";
    case Errc::kDenied:
      return "denied";
    case Errc::kUnauthenticated:
      return "unauthenticated";
    case Errc::kIo:
      return "io";
    case Errc::kNoSpace:
      return "no_space";
    case Errc::kCrypto:
      return "crypto";
    case Errc::kProtocol:
      return "protocol";
    case Errc::kUnavailable:
      return "unavailable";
    case Errc::kCancelled:
      return "cancelled";
    case Errc::kInternal:
      return "internal";
  }
  return "internal";
}

std::unexpected<Error> fail_errno(std::string_view what) {
  const int saved = errno;
  Errc code = Errc::kIo;
  if (saved == ENOSPC || saved == EDQUOT) code = Errc::kNoSpace;
  if (saved == ENOENT) code = Errc::kNotFound;
  if (saved == EACCES || saved == EPERM) code = Errc::kDenied;
  return fail(code, "{}: {}", what, std::generic_category().message(saved));
}

}  // namespace huxin
