#include "collector/api/filter.hpp"

#include <charconv>

#include "collector/store/cases.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/rule/event.hpp"

namespace huxin::api {
namespace {

constexpr std::size_t kMostParameters = 32;
constexpr std::size_t kLongestValue = 200;
constexpr std::size_t kLargestOffset = 1'000'000'000;
constexpr std::size_t kLargestPage = 500;

template <class Enum>
Status set_enum(std::optional<std::uint32_t>& field, const Result<Enum>& value) {
  if (!value) return std::unexpected(value.error());
  field = static_cast<std::uint32_t>(*value);
  return {};
}

Status set_number(std::size_t& field, std::string_view value, std::size_t least, std::size_t most) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size() || number < least ||
      number > most) {
    return fail(Errc::kInvalid, "a number from {} to {} is needed", least, most);
  }
  field = number;
  return {};
}

Status set_time(std::optional<Time>& field, std::string_view value) {
  const Result<Time> time = from_rfc3339(value);
  if (!time) return fail(Errc::kInvalid, "a time like 2026-03-01T08:30:00Z is needed");
  field = *time;
  return {};
}

Status set_element(std::optional<std::uint32_t>& field, std::string_view value) {
  return set_enum(field, catalog::element_id_from(value));
}

Status set_case(std::string& field, std::string_view value) {
  if (value != "none" && value != "any") {
    if (const auto state = store::case_state_from(value); !state)
      return std::unexpected(state.error());
  }
  field = value;
  return {};
}

Status set_text(std::string& field, std::string_view value) {
  field = value;
  return {};
}

using Setter = Status (*)(store::IncidentFilter&, std::string_view);
constexpr std::array<std::pair<std::string_view, Setter>, 20> kSetters{{
    {"from", [](store::IncidentFilter& f, std::string_view v) { return set_time(f.from, v); }},
    {"to", [](store::IncidentFilter& f, std::string_view v) { return set_time(f.to, v); }},
    {"severity", [](store::IncidentFilter& f,
                    std::string_view v) { return set_enum(f.severity, rule::severity_from(v)); }},
    {"stage", [](store::IncidentFilter& f,
                 std::string_view v) { return set_enum(f.stage, rule::stage_from(v)); }},
    {"channel", [](store::IncidentFilter& f,
                   std::string_view v) { return set_enum(f.channel, rule::channel_from(v)); }},
    {"action", [](store::IncidentFilter& f,
                  std::string_view v) { return set_enum(f.action, rule::action_from(v)); }},
    {"terminal",
     [](store::IncidentFilter& f, std::string_view v) { return set_text(f.terminal, v); }},
    {"branch", [](store::IncidentFilter& f, std::string_view v) { return set_text(f.branch, v); }},
    {"rule", [](store::IncidentFilter& f, std::string_view v) { return set_text(f.rule, v); }},
    {"user", [](store::IncidentFilter& f, std::string_view v) { return set_text(f.user, v); }},
    {"domain", [](store::IncidentFilter& f, std::string_view v) { return set_text(f.domain, v); }},
    {"teller", [](store::IncidentFilter& f, std::string_view v) { return set_text(f.teller, v); }},
    {"institution",
     [](store::IncidentFilter& f, std::string_view v) { return set_text(f.institution, v); }},
    {"profile",
     [](store::IncidentFilter& f, std::string_view v) { return set_text(f.profile, v); }},
    {"authorisation",
     [](store::IncidentFilter& f, std::string_view v) { return set_text(f.authorisation, v); }},
    {"element",
     [](store::IncidentFilter& f, std::string_view v) { return set_element(f.element, v); }},
    {"case",
     [](store::IncidentFilter& f, std::string_view v) { return set_case(f.case_state, v); }},
    {"text", [](store::IncidentFilter& f, std::string_view v) { return set_text(f.text, v); }},
    {"offset", [](store::IncidentFilter& f,
                  std::string_view v) { return set_number(f.offset, v, 0, kLargestOffset); }},
    {"limit", [](store::IncidentFilter& f,
                 std::string_view v) { return set_number(f.limit, v, 1, kLargestPage); }},
}};

}  // namespace

Status set_filter(store::IncidentFilter& filter, std::string_view name, std::string_view value) {
  const auto* const setter =
      std::ranges::find(kSetters, name, &std::pair<std::string_view, Setter>::first);
  if (setter == kSetters.end())
    return fail(Errc::kInvalid, "there is no parameter {}", name.substr(0, 40));
  if (value.size() > kLongestValue)
    return fail(Errc::kInvalid, "{} is over {} bytes", name, kLongestValue);
  const Status set = setter->second(filter, value);
  if (!set) return fail(Errc::kInvalid, "{}: {}", name, set.error().context);
  return {};
}

Result<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '+' && plus_is_space) c = ' ';
    if (c == '%') {
      const Result<Bytes> byte = from_hex(text.substr(i + 1, 2));
      if (!byte || byte->size() != 1) return fail(Errc::kInvalid, "a broken % escape");
      c = static_cast<char>(byte->front());
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      return fail(Errc::kInvalid, "a control character");
    decoded += c;
  }
  return decoded;
}

Result<std::map<std::string, std::string>> parse_query(std::string_view query) {
  std::map<std::string, std::string> parameters;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const Result<std::string> name = percent_decode(pair.substr(0, equals), true);
    Result<std::string> value =
        percent_decode(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value)
      return std::unexpected((name ? value.error() : name.error()).within("query"));
    if (parameters.size() == kMostParameters)
      return fail(Errc::kInvalid, "over {} parameters", kMostParameters);
    if (!parameters.emplace(*name, std::move(*value)).second)
      return fail(Errc::kInvalid, "{} is given twice", name->substr(0, 40));
  }
  return parameters;
}

Result<store::IncidentFilter> parse_filter(std::string_view query) {
  const auto parameters = parse_query(query);
  if (!parameters) return std::unexpected(parameters.error());
  store::IncidentFilter filter;
  for (const auto& [name, value] : *parameters) {
    if (value.empty()) continue;
    if (Status set = set_filter(filter, name, value); !set) return std::unexpected(set.error());
  }
  return filter;
}

}  // namespace huxin::api
