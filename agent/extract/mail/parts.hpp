#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/extract/mail/entity.hpp"

namespace huxin::extract {

/// A piece of a message that holds no others: a text, an attachment, or another message. What
/// stands before, between and behind the parts of a multipart, which no mail program shows, is a
/// text too.
struct MailPart {
  Entity entity;
  std::string_view content;  ///< as sent; without the line end before the border
  std::string_view outside;  ///< "preamble" or "epilogue" of what is no part; else empty
};

/// Takes the parts off a message's body in one pass (RFC 2046, 5.1), however they are nested; a
/// border of an outer multipart ends all inner ones. One thread; borrows body and extraction.
///
/// Multiparts nest 32 deep; a deeper one is given as one text, with the loss "too_deep". Where the
/// last border is missing, "corrupt" is lost.
class PartReader {
 public:
  PartReader(Entity outer, std::string_view body, Extraction& extraction);
  std::optional<MailPart> next();

 private:
  struct Border {
    std::size_t begin = 0;  ///< of its line
    std::size_t after = 0;  ///< its line
    std::size_t level = 0;  ///< index of the multipart it belongs to
    bool closes = false;
  };
  void enter(Entity entity);
  MailPart cut(std::size_t end);
  void pass(const Border& border);
  Border find_border();
  std::optional<Border> border_within(std::size_t begin, std::size_t end) const;
  std::optional<Border> border_at(std::size_t line) const;

  std::string_view body_;
  std::size_t at_ = 0;
  Extraction& extraction_;
  std::vector<std::string> boundaries_;  ///< of the multiparts that are open, the outermost first
  Entity entity_;                        ///< of what begins at at_
  std::string_view outside_;             ///< the same
  bool done_ = false;
};

}  // namespace huxin::extract
