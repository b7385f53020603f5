#include "policy/rule/section.hpp"

#include <algorithm>
#include <set>

namespace huxin::rule {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};
constexpr std::array<Unit, 3> kTimes{{{"ms", 1}, {"s", 1000}, {"min", 60'000}}};
constexpr std::array<Unit, 4> kSizes{
    {{"B", 1}, {"KiB", 1024}, {"MiB", std::uint64_t{1} << 20U}, {"GiB", std::uint64_t{1} << 30U}}};

/// Reads "800ms" or "64 MiB"; none when malformed or overflowing.
std::optional<std::uint64_t> quantity(std::string_view text, std::span<const Unit> units) {
  std::uint64_t value = 0;
  const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{}) return std::nullopt;
  std::string_view rest = text.substr(static_cast<std::size_t>(stop - text.data()));
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  const auto* const unit =
      std::ranges::find(units.data(), units.data() + units.size(), rest, &Unit::name);
  if (unit == units.data() + units.size()) return std::nullopt;
  if (value > UINT64_MAX / unit->factor) return std::nullopt;
  return value * unit->factor;
}

bool clean(std::string_view text) {
  return std::ranges::none_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; });
}

std::string listed(std::span<const std::string_view> choices) {
  return fmt::format("{}", fmt::join(choices, ", "));
}

}  // namespace

Section::Section(const YamlNode& node, std::string name, std::span<const std::string_view> keys,
                 Diagnostics& diagnostics)
    : node_(node), name_(std::move(name)), diagnostics_(diagnostics) {
  if (node.kind != YamlNode::Kind::kMap) {
    diagnostics.add(Code::kWrongKind, node.place,
                    fmt::format("{} takes a mapping of {}", name_, listed(keys)));
    return;
  }
  std::set<std::string_view> seen;
  for (const YamlNode& key : node.keys) {
    if (key.kind != YamlNode::Kind::kScalar || std::ranges::find(keys, key.text) == keys.end()) {
      diagnostics.add(Code::kUnknownKey, key.place,
                      fmt::format("{} has no key {}{}", name_, in_quotes(key.text),
                                  did_you_mean(key.text, keys)));
    } else if (!seen.insert(key.text).second) {
      diagnostics.add(Code::kDuplicateKey, key.place,
                      fmt::format("{} has {} twice", name_, in_quotes(key.text)));
    }
  }
}

const YamlNode* Section::find(std::string_view key) const {
  if (node_.kind != YamlNode::Kind::kMap) return nullptr;
  for (std::size_t i = 0; i < node_.keys.size() && i < node_.items.size(); ++i) {
    if (node_.keys[i].kind == YamlNode::Kind::kScalar && node_.keys[i].text == key)
      return &node_.items[i];
  }
  return nullptr;
}

void Section::error(Code code, Place place, std::string_view key, std::string_view message) const {
  diagnostics_.add(code, place, fmt::format("{}.{}: {}", name_, key, message));
}

void Section::require(std::span<const std::string_view> keys) const {
  if (node_.kind != YamlNode::Kind::kMap) return;
  for (const std::string_view key : keys) {
    if (find(key) == nullptr) {
      diagnostics_.add(Code::kMissingKey, node_.place,
                       fmt::format("{} needs the key '{}'", name_, key));
    }
  }
}

std::optional<Word> Section::scalar(const YamlNode& node, std::string_view key) const {
  if (node.kind != YamlNode::Kind::kScalar) {
    error(Code::kWrongKind, node.place, key, "a single value is wanted here");
    return std::nullopt;
  }
  if (node.text.empty() || node.text.size() > kMaxText || !clean(node.text)) {
    error(Code::kBadText, node.place, key,
          fmt::format("1 to {} bytes without control characters are wanted, here are {}", kMaxText,
                      node.text.size()));
    return std::nullopt;
  }
  return Word{node.text, node.place};
}

std::optional<Word> Section::word(std::string_view key) const {
  const YamlNode* const node = find(key);
  return node == nullptr ? std::nullopt : scalar(*node, key);
}

std::vector<Word> Section::words(std::string_view key) const {
  const YamlNode* const node = find(key);
  std::vector<Word> words;
  if (node == nullptr) return words;
  if (node->kind != YamlNode::Kind::kList) {
    if (auto one = scalar(*node, key)) words.push_back(std::move(*one));
    return words;
  }
  if (node->items.size() > kMaxEntries) {
    error(Code::kListTooLong, node->place, key,
          fmt::format("{} entries, {} at most", node->items.size(), kMaxEntries));
    return words;
  }
  std::set<std::string> seen;
  for (const YamlNode& item : node->items) {
    auto one = scalar(item, key);
    if (!one) continue;
    if (!seen.insert(one->text).second) {
      error(Code::kRepeated, one->place, key, in_quotes(one->text) + " stands here twice");
      continue;
    }
    words.push_back(std::move(*one));
  }
  return words;
}

std::vector<std::string> Section::texts(std::string_view key) const {
  std::vector<std::string> texts;
  for (Word& word : words(key)) texts.push_back(std::move(word.text));
  return texts;
}

bool Section::choose(const Word& word, std::string_view key,
                     std::span<const std::string_view> choices) const {
  if (std::ranges::find(choices, word.text) != choices.end()) return true;
  error(Code::kUnknownWord, word.place, key,
        fmt::format("{} is none of {}{}", in_quotes(word.text), listed(choices),
                    did_you_mean(word.text, choices)));
  return false;
}

std::optional<Word> Section::one_of(std::string_view key,
                                    std::span<const std::string_view> choices) const {
  auto found = word(key);
  if (found && !choose(*found, key, choices)) return std::nullopt;
  return found;
}

std::vector<Word> Section::all_of(std::string_view key,
                                  std::span<const std::string_view> choices) const {
  std::vector<Word> found = words(key);
  std::erase_if(found, [&](const Word& word) { return !choose(word, key, choices); });
  return found;
}

void Section::read(std::string_view key, bool& into) const {
  static constexpr std::array<std::string_view, 2> kChoices{"true", "false"};
  if (const auto found = one_of(key, kChoices)) into = found->text == "true";
}

void Section::read_quantity(std::string_view key, std::chrono::milliseconds& into,
                            std::chrono::milliseconds least, std::chrono::milliseconds most) const {
  const auto found = word(key);
  if (!found) return;
  const auto value = quantity(found->text, kTimes);
  if (value && *value >= static_cast<std::uint64_t>(least.count()) &&
      *value <= static_cast<std::uint64_t>(most.count())) {
    into = std::chrono::milliseconds(static_cast<std::int64_t>(*value));
    return;
  }
  error(Code::kBadQuantity, found->place, key,
        fmt::format("{} is not a duration like 800ms, 5s or 1min, from {}ms to {}ms",
                    in_quotes(found->text), least.count(), most.count()));
}

void Section::read_size(std::string_view key, std::size_t& into, std::size_t least,
                        std::size_t most) const {
  const auto found = word(key);
  if (!found) return;
  const auto value = quantity(found->text, kSizes);
  if (value && *value >= least && *value <= most) {
    into = *value;
    return;
  }
  error(Code::kBadQuantity, found->place, key,
        fmt::format("{} is not a size like 512KiB or 64MiB, from {} to {} bytes",
                    in_quotes(found->text), least, most));
}

}  // namespace huxin::rule
