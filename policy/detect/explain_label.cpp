#include "policy/detect/explain_label.hpp"

#include <algorithm>

#include "policy/detect/recognise/labelled_value.hpp"

namespace huxin::detect {
namespace {

using catalog::Check;

Reason reason_of(Check check) {
  switch (check) {
    case Check::kLuhn:
      return Reason::kLuhnFails;
    case Check::kMod1110:
      return Reason::kMod1110Fails;
    case Check::kResidentId:
      return Reason::kNoIdentityNumber;
    case Check::kOldPermanentCard:
      return Reason::kImpossibleDate;
    case Check::kOldTaiwanPermit:
      return Reason::kNoElement;
    case Check::kHongKongId:
      return Reason::kHongKongCheckFails;
    case Check::kTaiwanId:
      return Reason::kTaiwanCheckFails;
    case Check::kVehicleId:
    case Check::kVehicleCheckDigit:
      return Reason::kVehicleCheckFails;
    case Check::kBic:
      return Reason::kUnknownCountry;
    case Check::kOrganisationCode:
      return Reason::kOrganisationCheckFails;
    case Check::kNotAWord:
      return Reason::kWord;
    case Check::kUncommon:
      return Reason::kCommonDigits;
  }
  return Reason::kNoElement;
}

// The forms that have a check, each by itself and without it.
std::optional<FailedNumber> failed_check(std::string_view text, const KeywordHit& label,
                                         std::size_t stop, Kind kind, const ValueForms& value,
                                         Date today) {
  LabelledText behind(text, label.span, stop, today);
  if (behind.read(value)) return std::nullopt;
  for (const catalog::ValueForm& form : value.forms()) {
    if (!form.check) continue;
    catalog::LabelledValue unchecked = value.value();
    unchecked.forms = {form};
    unchecked.forms[0].check.reset();
    const auto match = behind.read(ValueForms(unchecked));
    if (match) return FailedNumber{match->span, {{kind, {reason_of(*form.check)}}}};
  }
  return std::nullopt;
}

}  // namespace

void explain_labels(const Engine& engine, const Layout& layout, const Span& chunk,
                    std::span<const KeywordHit> hits, Date today,
                    std::vector<FailedNumber>& failed) {
  for (const KeywordHit& hit : hits) {
    if (hit.span.end <= chunk.begin || hit.span.end > chunk.end) continue;
    const KindSet means = engine.vocabulary[hit.keyword].means & engine.labelled;
    const std::size_t stop = layout.scope_of(hit.span).end;
    means.for_each([&](Kind kind) {
      if (auto number =
              failed_check(layout.text(), hit, stop, kind, engine.facts(kind).value, today))
        failed.push_back(*std::move(number));
    });
  }
}

}  // namespace huxin::detect
