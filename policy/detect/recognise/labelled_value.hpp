#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/catalog/value_form.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// A value that its label told.
struct LabelledMatch {
  Span span;         ///< without what closes it; separators inside stay
  double doubt = 0;  ///< 1 when its form's hint speaks against it
};

/// Finds the value behind a label: the first word of letters and digits within reach, in one of the
/// forms of the element. Its groups may be joined by single spaces, hyphens or dots; what precedes
/// it is colons, quotes, brackets and a little Han (号码为). A word of another form is no value,
/// and nothing is looked for behind it.
///
/// Offsets are bytes of the normalised text; `stop` is the end of the line, cell or next keyword.
/// `today` bounds dates in the value.
std::optional<LabelledMatch> value_behind(std::string_view text, const Span& label,
                                          std::size_t stop, const catalog::LabelledValue& value,
                                          Date today);

/// The same for a cell under or beside its label: the value is all of the cell. For the values of
/// several kinds, one after the other; borrows the text.
class LabelledCell {
 public:
  LabelledCell(std::string_view text, const Span& cell, Date today);

  std::optional<LabelledMatch> read(const catalog::LabelledValue& value) const;

 private:
  std::string_view text_;
  Span cell_;
  Date today_;
  std::size_t letters_;  ///< and digits of it
};

}  // namespace huxin::detect
