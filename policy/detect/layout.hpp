#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/text/document.hpp"
#include "policy/text/normalise.hpp"

namespace huxin::detect {

/// A document's text as the detector reads it: normalised, with its segments moved along.
/// One thread; borrows the document. The document's text is valid UTF-8, and so is the normalised
/// one. Spans it takes and gives are of the normalised text unless they say otherwise.
class Layout {
 public:
  /// `buffer` holds the moved segments; it must outlive the layout.
  Layout(const text::Document& document, std::vector<text::Segment>& buffer);

  std::string_view text() const { return text_; }
  std::string_view text(const Span& span) const { return text_.substr(span.begin, span.size()); }
  std::span<const text::Segment> segments() const { return segments_; }
  /// Rows and columns mean something: headers are learnt, rows are records.
  bool table() const { return table_; }

  /// Index of the segment holding `offset`; nullopt between segments and where there are none.
  /// Cheap when asked in ascending order. Not const in truth: it remembers where it was, so one
  /// thread alone.
  std::optional<std::size_t> segment_at(std::size_t offset) const;
  /// What context is judged within: the segment, in prose the line in it, as far as it matters.
  Span scope_of(const Span& span) const;
  /// Says whether two segments stand in one row.
  bool same_row(std::size_t a, std::size_t b) const {
    return segments_[a].row == segments_[b].row && segments_[a].group == segments_[b].group;
  }
  /// The segment on the left in the same row; nullopt for the first.
  std::optional<std::size_t> left_of(std::size_t segment) const;

  /// Bytes of Document::text and of the original file.
  Span in_document(const Span& span) const;
  Span in_original(const Span& span) const;

 private:
  void move_segments(std::vector<text::Segment>& buffer);
  std::size_t moved(std::size_t document_offset, std::size_t from) const;

  const text::Document& document_;
  text::Normalised normalised_;
  std::string_view text_;
  std::span<const text::Segment> segments_;
  bool table_;
  mutable std::size_t cursor_ = 0;
  mutable Span line_;  ///< the last one that was asked for
};

}  // namespace huxin::detect
