#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace huxin::extract {

/// One part of a multipart/form-data body (RFC 7578). Names are UTF-8, converted from GBK where
/// need be, and the sender's: not to be used as paths.
struct Part {
  std::string name;      ///< the field
  std::string filename;  ///< empty: a plain field
  std::string_view content;
};

/// Says whether content begins with a delimiter line and a Content-Disposition header. The boundary
/// is taken from the body, not from any header: at most 200 bytes, more than RFC 2046 allows.
bool looks_like_multipart(std::string_view head);

/// Takes the parts off a body one by one. A last part without its closing delimiter is given too,
/// and truncated() is true. Borrows the body. A part's header takes at most 16 KiB; without its end
/// the body counts as truncated.
class MultipartReader {
 public:
  explicit MultipartReader(std::string_view body);
  /// Nothing behind the closing delimiter; what follows it is not looked at.
  std::optional<Part> next();
  bool truncated() const { return truncated_; }

 private:
  std::string_view rest_;
  std::string delimiter_;  ///< "\r\n--boundary"
  bool truncated_ = false;
};

}  // namespace huxin::extract
