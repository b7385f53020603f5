#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace huxin::extract {

/// One part of a multipart/form-data body (RFC 7578).
struct Part {
  std::string name;      ///< the field
  std::string filename;  ///< empty: a plain field
  std::string_view content;
};

/// Says whether content begins with a delimiter line and a Content-Disposition header.
bool looks_like_multipart(std::string_view head);

/// Takes the parts off a body one by one. A last part without its closing delimiter is given too,
/// and truncated() is true.
class MultipartReader {
 public:
  explicit MultipartReader(std::string_view body);
  std::optional<Part> next();
  bool truncated() const { return truncated_; }

 private:
  std::string_view rest_;
  std::string delimiter_;  ///< "\r\n--boundary"
  bool truncated_ = false;
};

}  // namespace huxin::extract
