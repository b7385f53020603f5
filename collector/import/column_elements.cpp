#include "collector/import/column_elements.hpp"

#include <algorithm>
#include <array>

#include "collector/import/csv_cells.hpp"
#include "policy/detect/candidate.hpp"

namespace huxin::imports {
namespace {

using catalog::Element;
using detect::Kind;
using detect::KindSet;

constexpr std::array kCompanies{
    KindSet{Kind::kResidentId, Kind::kOldResidentId, Kind::kResidencePermit,
            Kind::kPermanentResidenceCard},
    detect::kPhones,
    KindSet{Kind::kUnionPayCard, Kind::kInternationalCard},
    KindSet{Kind::kName, Kind::kLatinName},
};

bool is_named(const Element& element, const std::string& header) {
  return header == folded(to_string(element.id)) || header == folded(element.name) ||
         header == folded(element.zh) || header == folded(element.en);
}

// On a list of customers everything stands beside one.
bool has_keyword(const Element& element, const std::string& header) {
  const auto is_header = [&](const std::string& each) { return folded(each) == header; };
  return std::ranges::any_of(element.keywords, is_header) ||
         std::ranges::any_of(element.beside, is_header);
}

ColumnElements listed(const catalog::Catalog& catalog, const auto& wanted) {
  ColumnElements found;
  for (const Element& element : catalog.elements()) {
    if (may_be_listed(element) && wanted(element)) found.push_back(&element);
  }
  return found;
}

}  // namespace

bool may_be_listed(const Element& element) {
  const auto kind = detect::kind_of(element.id);
  return element.level < catalog::Level::kC3 && kind &&
         (detect::kRecognisers.has(*kind) || !element.value.forms.empty());
}

ColumnElements elements_of_header(std::string_view header, const catalog::Catalog& catalog) {
  const std::string wanted = folded(header);
  if (wanted.empty()) return {};
  ColumnElements named =
      listed(catalog, [&](const Element& each) { return is_named(each, wanted); });
  if (!named.empty()) return {named.front()};
  return listed(catalog, [&](const Element& each) { return has_keyword(each, wanted); });
}

ColumnElements with_company(ColumnElements elements, const catalog::Catalog& catalog) {
  KindSet kinds;
  for (const Element* const each : elements) kinds.add(*detect::kind_of(each->id));
  KindSet wanted;
  for (const KindSet& company : kCompanies) {
    if (!(company & kinds).empty()) wanted.add(company);
  }
  wanted.for_each([&](Kind kind) {
    const Element* const other = catalog.find(detect::element_of(kind));
    if (!kinds.has(kind) && other != nullptr && may_be_listed(*other)) elements.push_back(other);
  });
  return elements;
}

}  // namespace huxin::imports
