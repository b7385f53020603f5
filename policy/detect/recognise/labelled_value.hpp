#pragma once
#include <algorithm>
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/detect/recognise/value_reader.hpp"

namespace huxin::detect {

/// What stands between a label and its value.
struct ValueGap {
  std::size_t end = 0;
  bool assigned = false;  ///< a colon, an equals sign, 为 or 是
};

/// Finds the value behind a label: the first word of letters and digits within reach, in one of the
/// forms of the element. Its groups may be joined by single spaces, hyphens or dots; what precedes
/// it is colons, quotes, brackets and a little Han (号码为). A word of another form is no value,
/// and nothing is looked for behind it. For the values of several kinds, one after the other;
/// borrows the text.
///
/// Offsets are bytes of the normalised text; `stop` is the end of the line, cell or next keyword.
/// `today` bounds dates in the value.
class LabelledText {
 public:
  LabelledText(std::string_view text, const Span& label, std::size_t stop, Date today)
      : text_(text), label_(label), stop_(stop), today_(today) {}

  std::optional<LabelledMatch> read(const ValueForms& value) {
    return rules_out(value) ? std::nullopt : look(value);
  }

 private:
  /// Where the value may stand: behind the label's tail, or behind a note there.
  class Place {
   public:
    Place(std::string_view line, std::size_t from);
    std::size_t from() const { return from_; }
    /// Whether what was looked at already is no value of a kind.
    bool rules_out(const ValueForms& value, std::size_t stop) const {
      return reader_ && std::min(stop, behind_ + value.value().reach + 1) <= looked_ &&
             reader_->rules_out(value);
    }
    std::optional<LabelledMatch> read(const LabelledText& label, const ValueForms& value);

   private:
    void look(const LabelledText& label, std::size_t reach);

    std::size_t from_;
    std::size_t behind_;  ///< markup
    ValueGap gap_;
    std::size_t looked_ = 0;  ///< up to where the gap was looked for; of one that ended, anywhere
    bool told_ = false;       ///< something says that a value follows
    bool parted_ = false;     ///< what stands there is no value of the label
    std::optional<ValueReader> reader_;
  };

  /// Most kinds are ruled out by what was looked at for those before.
  bool rules_out(const ValueForms& value) const {
    return looked_for_note_ && tail_->rules_out(value, stop_) &&
           (!note_ || note_->rules_out(value, stop_));
  }
  std::optional<LabelledMatch> look(const ValueForms& value);

  std::string_view text_;
  Span label_;
  std::size_t stop_;
  Date today_;
  std::optional<Place> tail_;
  std::optional<Place> note_;
  bool looked_for_note_ = false;  ///< and for the tail
};

/// The same for a cell under or beside its label: the value is all of the cell.
class LabelledCell {
 public:
  LabelledCell(std::string_view text, const Span& cell, Date today);

  std::optional<LabelledMatch> read(const ValueForms& value) const;

 private:
  std::string_view text_;
  Span cell_;
  Date today_;
  std::size_t letters_;  ///< and digits of it
};

}  // namespace huxin::detect
