#include "policy/rule/codes.hpp"

#include <array>

namespace huxin::rule {
namespace {

constexpr std::size_t kCount = static_cast<std::size_t>(Code::kNothingToDiscover) + 1;

constexpr std::array<CodeText, kCount> kCodes{{
    {"E001", "the source is not YAML"},
    {"E002", "the source is over 1 MiB"},
    {"E003", "there are more than 2,000 rules"},
    {"E004", "a list has more than 1,000 entries"},
    {"E005", "a text is empty, over its limit, or holds control characters"},
    {"E006", "mappings or lists are nested more than 16 deep"},
    {"E007", "an anchor, alias or tag is used"},
    {"E008", "the source does not hold exactly one document"},
    {"E009", "a value is of another kind than the key takes"},
    {"E010", "a key is unknown"},
    {"E011", "a key stands twice in one mapping"},
    {"E012", "a required key is missing"},
    {"E013", "a word is none of those the key takes"},
    {"E014", "a number is malformed or out of range"},
    {"E015", "a duration, size or time of day is malformed or out of range"},
    {"E016", "two rules have the same id"},
    {"E017", "an id or version has characters it may not have"},
    {"E018", "an element is not in the catalogue"},
    {"E019", "a domain is unknown"},
    {"E020", "a network is not in CIDR notation"},
    {"E021", "a path is not absolute, or holds '..'"},
    {"E022", "a time window is empty: from equals to"},
    {"E023", "a profile allows authentication data (C3)"},
    {"E024", "a profile names no place, or no elements"},
    {"E025", "two profiles have the same id"},
    {"E026", "a rule asks for a profile that the policy does not have"},
    {"W001", "a rule's `when` is empty: it matches every event"},
    {"W002", "a rule can never match: its conditions contradict each other"},
    {"W003", "a rule can never match: its channel is not watched"},
    {"W004", "a rule never decides and adds nothing: an as wide and as strict one covers it"},
    {"W005", "a channel cannot do what the rule's action asks: another action is enforced there"},
    {"W006", "a clause is not in the clause file: it is left out"},
    {"W007", "a rule counts in no domain"},
    {"W008", "the policy has no rules"},
    {"W009", "an entry stands twice in one list"},
    {"W010", "there are more than 100 diagnostics: the rest is not shown"},
    {"W011", "a profile never governs: an earlier one has all its places"},
    {"W012", "a rule asks for a teller, and `watch.teller` lets nobody bind one"},
    {"W013", "discovery has nothing to look at: no folder is named"},
}};

}  // namespace

std::span<const CodeText> codes() { return kCodes; }

std::string_view to_string(Code code) { return kCodes[static_cast<std::size_t>(code)].code; }

}  // namespace huxin::rule
