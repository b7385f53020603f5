#include "collector/assess/json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace huxin::assess {
namespace {

namespace json = boost::json;

std::optional<std::string> member(const json::object& from, std::string_view name,
                                  std::size_t most) {
  const auto* const found = from.if_contains({name.data(), name.size()});
  if (found == nullptr) return std::string{};
  const auto* const text = found->if_string();
  if (text == nullptr || text->size() > most) return std::nullopt;
  const bool plain = std::ranges::none_of(*text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20U && c != '\n' && c != '\t') || c == 0x7F;
  });
  if (!plain) return std::nullopt;
  return std::string(text->data(), text->size());
}

Result<Evidence> one_from(const json::value& value) {
  const auto* const object = value.if_object();
  if (object == nullptr) return fail(Errc::kInvalid, "evidence is a list of objects");
  const auto kind = member(*object, "kind", 32);
  const auto id = member(*object, "id", kLongestId);
  const auto note = member(*object, "note", kLongestNote);
  if (!kind || std::ranges::find(kEvidenceKinds, *kind) == kEvidenceKinds.end())
    return fail(Errc::kInvalid, "evidence.kind is not a known one");
  if (!id || id->empty()) return fail(Errc::kInvalid, "evidence.id is missing or too long");
  if (!note) return fail(Errc::kInvalid, "evidence.note is too long");
  const auto* const hidden = object->if_contains("confidential");
  return Evidence{*kind, *id, *note, hidden != nullptr && hidden->is_bool() && hidden->as_bool()};
}

}  // namespace

json::array to_json(const std::vector<Evidence>& evidence) {
  json::array list;
  for (const Evidence& each : evidence) {
    list.push_back({{"kind", each.kind},
                    {"id", each.id},
                    {"note", each.note},
                    {"confidential", each.confidential}});
  }
  return list;
}

Result<std::vector<Evidence>> evidence_from(const json::value& value) {
  std::vector<Evidence> evidence;
  if (value.is_null()) return evidence;
  const auto* const list = value.if_array();
  if (list == nullptr) return fail(Errc::kInvalid, "evidence is a list");
  for (const json::value& each : *list) {
    auto one = one_from(each);
    if (!one) return std::unexpected(one.error());
    evidence.push_back(std::move(*one));
  }
  return evidence;
}

std::string evidence_text(const std::vector<Evidence>& evidence) {
  return json::serialize(to_json(evidence));
}

std::vector<Evidence> evidence_of(std::string_view text) {
  json::error_code malformed;
  const json::value value = json::parse({text.data(), text.size()}, malformed);
  if (malformed) return {};
  return evidence_from(value).value_or(std::vector<Evidence>{});
}

}  // namespace huxin::assess
