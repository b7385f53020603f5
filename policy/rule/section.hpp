#pragma once
#include <charconv>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/rule/diagnostics.hpp"

namespace huxin::rule {

/// A scalar of the source with its place, for those who judge what it means. Text that passed the
/// limits below, and nothing more.
struct Word {
  std::string text;
  Place place;
};

inline constexpr std::size_t kMaxText = 512;      ///< bytes of one text → E005
inline constexpr std::size_t kMaxEntries = 1000;  ///< of one list → E004

/// Reads one mapping of a policy, key by key, and reports what is wrong with it: an unknown or
/// repeated key at once, a wrong value when it is asked for. A value that is absent or wrong leaves
/// the caller's default. Borrows the node and the diagnostics.
/// For one thread, within one loading. Where the node is no mapping, that is reported once and
/// every key is absent.
class Section {
 public:
  /// `keys` are those it may have; `name` stands for it in messages.
  Section(const YamlNode& node, std::string name, std::span<const std::string_view> keys,
          Diagnostics& diagnostics);

  /// nullptr when absent; the first one where a key stands twice.
  const YamlNode* find(std::string_view key) const;
  Place place() const { return node_.place; }
  Diagnostics& diagnostics() const { return diagnostics_; }
  const std::string& name() const { return name_; }
  /// Reports "name.key: message" at a place; a W code is a warning.
  void error(Code code, Place place, std::string_view key, std::string_view message) const;

  /// Reports a required key that is missing.
  void require(std::span<const std::string_view> keys) const;
  /// The scalar of a key: non-empty, at most kMaxText bytes, without control characters.
  std::optional<Word> word(std::string_view key) const;
  /// The scalars of a key that takes one or a list; warns of repeated ones. Over kMaxEntries none
  /// is given, and that is reported.
  std::vector<Word> words(std::string_view key) const;
  /// As words(), without their places.
  std::vector<std::string> texts(std::string_view key) const;
  /// The scalar of a key that takes one of a few words.
  std::optional<Word> one_of(std::string_view key, std::span<const std::string_view> choices) const;
  /// As words(), each one of a few; what is none is reported and left out.
  std::vector<Word> all_of(std::string_view key, std::span<const std::string_view> choices) const;

  /// The next read a value into place, or leave it: "true", "false"; 800ms, 5s, 1min; 512KiB,
  /// 64MiB; least and most are allowed themselves.
  void read(std::string_view key, bool& into) const;
  void read_quantity(std::string_view key, std::chrono::milliseconds& into,
                     std::chrono::milliseconds least, std::chrono::milliseconds most) const;
  void read_size(std::string_view key, std::size_t& into, std::size_t least,
                 std::size_t most) const;

  template <class T>
  void read_number(std::string_view key, T& into, T least, T most) const {
    const auto found = word(key);
    if (found) into = number<T>(*found, key, least, most).value_or(into);
  }

  /// Decimal, without blanks or a sign that the type does not take.
  template <class T>
  std::optional<T> number(const Word& word, std::string_view key, T least, T most) const {
    T value{};
    const char* const end = word.text.data() + word.text.size();
    const auto [stop, problem] = std::from_chars(word.text.data(), end, value);
    if (problem == std::errc{} && stop == end && value >= least && value <= most) return value;
    error(Code::kBadNumber, word.place, key,
          fmt::format("{} is not a number from {} to {}", in_quotes(word.text), least, most));
    return std::nullopt;
  }

 private:
  std::optional<Word> scalar(const YamlNode& node, std::string_view key) const;
  bool choose(const Word& word, std::string_view key,
              std::span<const std::string_view> choices) const;

  const YamlNode& node_;
  std::string name_;
  Diagnostics& diagnostics_;
};

}  // namespace huxin::rule
