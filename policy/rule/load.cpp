#include "policy/rule/load.hpp"

#include <map>

#include "policy/base/digest.hpp"
#include "policy/rule/keys.hpp"
#include "policy/rule/loader.hpp"

namespace huxin::rule {
namespace {

constexpr std::size_t kMaxSource = std::size_t{1} << 20U;
constexpr std::size_t kMaxRules = 2000;

void read_header(const YamlNode& node, Policy& policy, Diagnostics& diagnostics) {
  const Section section(node, "policy", keys::kPolicy, diagnostics);
  section.require(keys::kPolicy);
  const std::pair<std::string_view, std::string*> texts[] = {{"id", &policy.id},
                                                             {"version", &policy.version}};
  for (const auto& [key, into] : texts) {
    auto word = section.word(key);
    if (!word) continue;
    if (!loader::is_identifier(word->text)) {
      section.error(Code::kBadIdentifier, word->place, key,
                    in_quotes(word->text) + " is not 1 to 64 of letters, digits, '.', '_', '-'");
    }
    *into = std::move(word->text);
  }
  if (const auto mode = section.one_of("mode", keys::kModes)) {
    policy.mode = mode->text == "enforce" ? Mode::kEnforce : Mode::kSimulate;
  }
}

void read_rules(const YamlNode& node, const loader::Names& names, Policy& policy,
                Diagnostics& diagnostics) {
  if (node.kind != YamlNode::Kind::kList) {
    diagnostics.add(Code::kWrongKind, node.place, "rules takes a list of rules");
    return;
  }
  if (node.items.size() > kMaxRules) {
    diagnostics.add(Code::kTooManyRules, node.place,
                    fmt::format("{} rules, {} at most", node.items.size(), kMaxRules));
    return;
  }
  std::map<std::string, std::size_t> lines;
  for (const YamlNode& item : node.items) {
    Rule rule = loader::read_rule(item, names, diagnostics);
    const auto [first, is_new] = lines.emplace(rule.id, rule.line);
    if (!is_new && !rule.id.empty()) {
      diagnostics.add(
          Code::kDuplicateRule, item.place,
          fmt::format("a rule {} stands at line {} already", in_quotes(rule.id), first->second));
    }
    policy.rules.push_back(std::move(rule));
  }
}

void read_policy(std::string_view yaml, const loader::Names& names, Policy& policy,
                 Diagnostics& diagnostics) {
  static constexpr std::array<std::string_view, 2> kRequired{"policy", "rules"};
  const auto root = parse_yaml(yaml, diagnostics);
  if (!root) return;
  const Section top(*root, "the policy file", keys::kTop, diagnostics);
  top.require(kRequired);
  if (const YamlNode* const node = top.find("policy")) read_header(*node, policy, diagnostics);
  if (const YamlNode* const node = top.find("inspection"))
    policy.inspection = loader::read_inspection(*node, diagnostics);
  if (const YamlNode* const node = top.find("watch"))
    policy.watch = loader::read_watch(*node, diagnostics);
  if (const YamlNode* const node = top.find("profiles"))
    policy.profiles = loader::read_profiles(*node, names, diagnostics);
  const loader::Names with_profiles{names.catalog, names.clauses, policy.profiles};
  if (const YamlNode* const node = top.find("rules"))
    read_rules(*node, with_profiles, policy, diagnostics);
}

/// As many columns as a text takes on a terminal: two for East Asian wide characters.
std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80U) continue;
    width += byte >= 0xE2U ? 2 : 1;
  }
  return width;
}

/// What a source says, for a terminal: with '?' for each byte of a control character, so that a
/// policy from elsewhere cannot steer it. Columns stay.
std::string visible(std::string_view text) {
  std::string shown(text);
  for (std::size_t at = 0; at < shown.size(); ++at) {
    const auto byte = static_cast<unsigned char>(shown[at]);
    const auto next = static_cast<unsigned char>(at + 1 < shown.size() ? shown[at + 1] : '\0');
    if ((byte < 0x20 && byte != '\t') || byte == 0x7F) shown[at] = '?';
    if (byte == 0xC2 && next >= 0x80 && next < 0xA0) shown[at] = shown[at + 1] = '?';
  }
  return shown;
}

std::string_view line_of(std::string_view source, std::size_t line) {
  for (; line > 1; --line) {
    const auto end = source.find('\n');
    if (end == std::string_view::npos) return {};
    source.remove_prefix(end + 1);
  }
  return source.substr(0, source.find_first_of("\r\n"));
}

}  // namespace

std::string LoadReport::render(std::string_view source, std::string_view origin) const {
  static constexpr std::size_t kMaxShown = 160;
  std::string out;
  for (const Diagnostic& each : diagnostics) {
    out += fmt::format("{}:{}:{}: {} {}: {}; {}\n", origin, each.line, each.column,
                       each.error() ? "错误 error" : "警告 warning", each.code,
                       in_chinese(each.code), visible(each.message));
    const std::string line = visible(line_of(source, each.line));
    if (each.line == 0 || line.empty() || line.size() > kMaxShown || each.column > line.size() + 1)
      continue;
    const std::size_t before = each.column == 0 ? 0 : each.column - 1;
    out += fmt::format("    {}\n    {}^\n", line,
                       std::string(display_width(std::string_view(line).substr(0, before)), ' '));
  }
  return out;
}

LoadReport load_policy(std::string_view yaml, std::string_view origin,
                       const catalog::Catalog& catalog, const Clauses* clauses) {
  Diagnostics diagnostics;
  auto policy = std::make_shared<Policy>();
  if (yaml.size() > kMaxSource) {
    diagnostics.add(Code::kSourceTooLarge, {1, 1},
                    fmt::format("{} has {} bytes, {} at most", origin, yaml.size(), kMaxSource));
  } else {
    const loader::Names names{catalog, clauses != nullptr ? *clauses : Clauses::builtin()};
    read_policy(yaml, names, *policy, diagnostics);
  }
  LoadReport report;
  if (!diagnostics.any_error()) {
    loader::lint(*policy, catalog, diagnostics);
    const Digest digest = sha256(as_bytes(yaml));
    policy->digest.assign(digest.begin(), digest.end());
    report.policy = std::move(policy);
  }
  report.diagnostics = diagnostics.take();
  return report;
}

}  // namespace huxin::rule
