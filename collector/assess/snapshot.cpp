#include "collector/assess/snapshot.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "collector/assess/json.hpp"

namespace huxin::assess {
namespace {

namespace json = boost::json;

constexpr std::string_view kFormat = "huxin-assessment-1";

json::value to_value(const Figure& figure) {
  json::array counted;
  for (const Counted& one : figure.counted) {
    counted.push_back(
        json::array{one.of.kind, one.of.id, one.of.note, one.of.confidential, one.counts});
  }
  return {
      {"name", figure.name}, {"numerator", figure.numerator}, {"denominator", figure.denominator},
      {"kept", figure.kept}, {"counted", std::move(counted)}, {"more", figure.more}};
}

json::value to_value(const AnswerInput& answer) {
  const std::string_view verdict = to_string(answer.verdict);
  return {{"item", answer.item},
          {"weight", answer.weight},
          {"zh", answer.zh},
          {"en", answer.en},
          {"verdict", json::string_view(verdict.data(), verdict.size())},
          {"note", answer.note},
          {"inspection", answer.inspection},
          {"entry", answer.entry},
          {"evidence", to_json(answer.evidence)}};
}

json::value to_value(const ChargeInput& charge) {
  return {{"kind", charge.kind}, {"reason", charge.reason}, {"evidence", to_json(charge.evidence)}};
}

json::value to_value(const DomainInput& domain);
json::value to_value(const BranchInput& input);

template <class List>
json::array list_of(const List& list) {
  json::array array;
  for (const auto& each : list) array.push_back(to_value(each));
  return array;
}

json::value to_value(const DomainInput& domain) {
  const std::string_view name = to_string(domain.domain);
  return {{"domain", json::string_view(name.data(), name.size())},
          {"inspection", domain.inspection},
          {"answers", list_of(domain.answers)},
          {"figures", list_of(domain.figures)}};
}

json::value to_value(const BranchInput& input) {
  return {{"code", input.branch.code},         {"name", input.branch.name},
          {"parent", input.branch.parent},     {"accountable", input.branch.accountable},
          {"domains", list_of(input.domains)}, {"deductions", list_of(input.deductions)},
          {"vetoes", list_of(input.vetoes)}};
}

// Reading throws boost::system::system_error for a value of another kind; inputs_from catches it.

std::string text(const json::value& from, const char* name) {
  const json::string& found = from.at(name).as_string();
  return {found.data(), found.size()};
}
std::int64_t whole(const json::value& from, const char* name) {
  return from.at(name).to_number<std::int64_t>();
}
std::vector<Evidence> evidence(const json::value& from) {
  return evidence_from(from.at("evidence")).value();
}

Figure read_figure(const json::value& from) {
  Figure figure{text(from, "name"),
                whole(from, "numerator"),
                whole(from, "denominator"),
                from.at("kept").as_bool(),
                {},
                from.at("more").to_number<std::uint64_t>()};
  for (const json::value& one : from.at("counted").as_array()) {
    const auto part = [&](std::size_t at) {
      const json::string& found = one.as_array().at(at).as_string();
      return std::string(found.data(), found.size());
    };
    figure.counted.push_back({{part(0), part(1), part(2), one.as_array().at(3).as_bool()},
                              one.as_array().at(4).as_bool()});
  }
  return figure;
}

AnswerInput read_answer(const json::value& from) {
  return {static_cast<int>(whole(from, "item")),
          static_cast<int>(whole(from, "weight")),
          text(from, "zh"),
          text(from, "en"),
          verdict_from(text(from, "verdict")).value(),
          text(from, "note"),
          from.at("inspection").to_number<std::uint64_t>(),
          from.at("entry").to_number<std::uint64_t>(),
          evidence(from)};
}

std::vector<ChargeInput> read_charges(const json::value& from) {
  std::vector<ChargeInput> charges;
  for (const json::value& each : from.as_array())
    charges.push_back({text(each, "kind"), text(each, "reason"), evidence(each)});
  return charges;
}

DomainInput read_domain(const json::value& from) {
  DomainInput domain;
  domain.domain = domain_from(text(from, "domain")).value();
  domain.inspection = from.at("inspection").to_number<std::uint64_t>();
  for (const json::value& each : from.at("answers").as_array())
    domain.answers.push_back(read_answer(each));
  for (const json::value& each : from.at("figures").as_array())
    domain.figures.push_back(read_figure(each));
  return domain;
}

BranchInput read_branch(const json::value& from) {
  BranchInput input;
  input.branch = {text(from, "code"), text(from, "name"), text(from, "parent"),
                  text(from, "accountable")};
  const json::array& domains = from.at("domains").as_array();
  for (std::size_t i = 0; i < input.domains.size(); ++i)
    input.domains.at(i) = read_domain(domains.at(i));
  input.deductions = read_charges(from.at("deductions"));
  input.vetoes = read_charges(from.at("vetoes"));
  return input;
}

}  // namespace

std::string to_text(const Inputs& inputs) {
  return json::serialize(json::value{{"format", json::string_view(kFormat.data(), kFormat.size())},
                                     {"period", inputs.period},
                                     {"until", inputs.until},
                                     {"branches", list_of(inputs.branches)}});
}

Result<Inputs> inputs_from(std::string_view source) try {
  const json::value top = json::parse(json::string_view(source.data(), source.size()));
  if (text(top, "format") != kFormat)
    return fail(Errc::kUnsupported, "the closed month has another format than {}", kFormat);
  Inputs inputs{text(top, "period"), text(top, "until"), {}};
  for (const json::value& each : top.at("branches").as_array())
    inputs.branches.push_back(read_branch(each));
  return inputs;
} catch (const std::exception& malformed) {
  return fail(Errc::kCorrupt, "the closed month cannot be read: {}", malformed.what());
}

}  // namespace huxin::assess
