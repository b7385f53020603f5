#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace huxin::extract {

/// One field of a header (RFC 5322, 2.2), folded and encoded as it is in the message.
struct Field {
  std::string_view name;  ///< without the colon and the blanks before it
  std::string_view body;  ///< without the line end behind it
};

/// Takes the fields off the front of a message or a body part, whose lines end in LF or CRLF. A
/// header also ends at a line that is no field, which is then the body's first. An envelope line
/// ("From …", as mailboxes have it) and a byte-order mark before the first field are passed over.
/// Borrows the text.
class FieldReader {
 public:
  explicit FieldReader(std::string_view entity);
  /// Nothing at the header's end.
  std::optional<Field> next();
  /// What follows the header, once next() gave nothing.
  std::string_view body() const { return rest_; }
  /// The header ended with a blank line, or with the text.
  bool well_formed() const { return well_formed_; }

 private:
  std::string_view rest_;
  bool well_formed_ = true;
};

/// The line at the front, without its end; takes it off `text`.
std::string_view take_line(std::string_view& text);

/// Turns a field's body into UTF-8: unfolded, encoded words decoded (RFC 2047; those that stand
/// side by side in one charset are joined before, for a character may be cut by them), bytes beyond
/// ASCII guessed. Words that do not decode stay as written.
std::string decode_field(std::string_view body);

}  // namespace huxin::extract
