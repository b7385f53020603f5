#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace huxin::extract {

/// One piece of XML or HTML. The views live until the next call of Markup::next().
struct Token {
  enum class Kind : std::uint8_t { kText, kOpen, kClose };
  Kind kind = Kind::kText;
  std::string_view name;        ///< of a tag, as written
  std::string_view attributes;  ///< of an opening tag, as written
  std::string_view text;        ///< of kText, entities not yet decoded
  bool empty = false;           ///< an opening tag that closes itself
  bool cdata = false;           ///< kText that has no entities

  /// The name without its namespace prefix: "t" of "w:t".
  std::string_view local() const;
};

/// Splits markup into tokens, leniently and without building a tree: no recursion, so no depth; no
/// document types, so no entities that grow; what follows a broken tag is still read. Memory is
/// bounded by one token (1 MiB; a longer one is taken as text).
///
/// One thread. Comments, processing instructions and document types are passed over.
class Markup {
 public:
  /// Writes at most `size` bytes; 0 at the end.
  using Refill = std::function<std::size_t(char* to, std::size_t size)>;

  /// Borrowed for the reader's life.
  explicit Markup(std::string_view whole) : rest_(whole) {}
  /// Called when a token does not fit into what is there.
  explicit Markup(Refill refill) : refill_(std::move(refill)) {}

  /// Gives the next token; false at the end.
  bool next(Token& token);
  /// Passes over everything up to `</name`, as HTML wants for script and style; reads on in place
  /// when there is no such end.
  void skip_raw(std::string_view name);
  /// The input ended inside a tag, a comment or a CDATA section.
  bool truncated() const { return truncated_; }

 private:
  enum class Step : std::uint8_t { kToken, kNothing, kStarved };

  bool refill();
  bool read_text(Token& token);
  Step read_angle(Token& token);
  Step read_tag(Token& token);
  Step read_declaration(Token& token);
  Step skip_to(std::string_view end, std::size_t from);
  void consume(std::size_t count) { rest_.remove_prefix(count); }

  Refill refill_;
  std::string buffer_;
  std::string_view rest_;
  std::string endless_;  ///< the element whose end was looked for in vain
  bool truncated_ = false;
};

/// Finds an attribute by its local name, ignoring ASCII case; its value as written. Without its
/// quotes, references not resolved; none when there is no such attribute.
std::optional<std::string_view> attribute(std::string_view attributes, std::string_view name);

/// Appends text with its character references resolved: the five of XML, numeric ones, and the
/// named ones that office pages use. Unknown ones stay as written.
void append_decoded(std::string& out, std::string_view raw);

/// Appends what a kText token says.
void append_text(std::string& out, const Token& token);

/// Compares ignoring ASCII case.
bool same_name(std::string_view a, std::string_view b);

}  // namespace huxin::extract
