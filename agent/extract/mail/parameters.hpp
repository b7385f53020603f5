#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace huxin::extract {

/// A structured field of MIME: a value and its parameters (RFC 2045, 5.1; RFC 2183), with
/// continuations, charsets and percent signs resolved (RFC 2231). At most 256 of them, out of the
/// first 64 KiB of a field; further ones are not looked at. Owns what it gives.
class ParameterField {
 public:
  ParameterField() = default;
  explicit ParameterField(std::string_view body);

  /// In lower case: "multipart/mixed", "attachment". Empty: there is no such field.
  const std::string& value() const { return value_; }
  /// A parameter as text in UTF-8, whatever way it is written; "" when there is none.
  std::string text(std::string_view name) const;
  /// A parameter that is a name of the protocol, such as a charset; bytes as they are.
  std::string token(std::string_view name) const;

 private:
  /// name*section*=value
  struct Piece {
    std::string name, value;
    unsigned section = 0;   ///< counted from 1; 0: it is not cut
    bool extended = false;  ///< percent signs are escapes; the first has a charset in front
    bool quoted = false;
  };
  static Piece piece_of(std::string_view name, std::string value, bool quoted);
  void take(std::string_view parameter);
  std::vector<const Piece*> pieces_of(std::string_view name) const;

  std::string value_;
  std::vector<Piece> pieces_;
};

}  // namespace huxin::extract
