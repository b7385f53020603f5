#include "policy/detect/customers.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

#include "policy/detect/same_value.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxKeys = 64;        // kept back of one record
constexpr std::uint8_t kMostOfOneKind = 3;  // telephones, cards… of one person in a list
constexpr std::uint8_t kMostInForm = 6;     // …where each has a label beside it

// Kinds of which a person has one: another value is another person.
bool is_primary(Kind kind) {
  return kind == Kind::kResidentId || kind == Kind::kOldResidentId ||
         kind == Kind::kResidencePermit || kind == Kind::kPermanentResidenceCard ||
         kind == Kind::kPassport || kind == Kind::kName;
}

bool is_id(Kind kind) { return is_primary(kind) && kind != Kind::kName && kind != Kind::kPassport; }

// Never 0, which stands for none.
std::uint32_t short_hash(std::uint64_t key) { return static_cast<std::uint32_t>(key >> 32U) | 1U; }

// Companies, keys, documents.
constexpr KindSet kNobody{
    Kind::kCompanyAccount,
    Kind::kBankCode,
    Kind::kBic,
    Kind::kCreditCode,
    Kind::kOrganisationCode,
    Kind::kBusinessLicence,
    Kind::kCompanyTaxId,
    Kind::kStatement,
    Kind::kCreditReport,
    Kind::kCreditAuthorisation,
    Kind::kSuspicionReport,
    Kind::kLargeTransactionReport,
    Kind::kMoneyLaunderingRisk,
    Kind::kInvestigationNotice,
    Kind::kIdentityImage,
    Kind::kRecording,
    Kind::kPrivateKey,
};

constexpr KindSet kAccounts{Kind::kUnionPayCard, Kind::kInternationalCard, Kind::kPassbookAccount};

// What is said of a person and names nobody: many of them are no many people.
constexpr KindSet kAttributes{
    Kind::kPostcode,       Kind::kBirthDate,
    Kind::kPersonalTraits, Kind::kIncome,
    Kind::kEmployer,       Kind::kBalance,
    Kind::kCreditStanding, Kind::kCardSecurityCode,
    Kind::kCardExpiry,     Kind::kPin,
    Kind::kPassword,       Kind::kBiometrics,
    Kind::kOneTimeCode,    Kind::kSecurityAnswer,
};

}  // namespace

std::uint32_t Customers::observe(const Observation& seen, Gap gap, bool table) {
  if (kNobody.has(seen.kind)) return 0;
  const auto [kind, value] = same_value(seen.kind, seen.value, room_);
  const std::uint64_t key = identities_.key(static_cast<std::uint8_t>(kind), value);
  const std::uint32_t hash = short_hash(key);
  const Observation same{kind, value, seen.identifies || seen.kind == Kind::kTrack2,
                         seen.labelled || gap == Gap::kField};
  const auto index = static_cast<std::size_t>(kind);
  const Record::Born born = Customers::born(seen.kind, seen.value);
  if (!record_.begun || splits(same, hash, gap, table, born)) {
    if (gap < Gap::kBlank && record_.aside.node != 0) {
      begin_with_aside();
    } else {
      begin_record();
    }
  } else if (record_.last[index] != 0 && record_.last[index] != hash &&
             (kind == Kind::kName || may_begin_form(same, gap, table))) {
    return set_aside(same, key);
  }
  if (record_.kinds == 0) record_.first = kind;
  if (born.date[0] != 0) record_.born = born;
  if (record_.last[index] != hash) {
    record_.last[index] = hash;
    std::uint8_t& values = record_.values[index];
    if (values == 0) ++record_.kinds;
    if (values < std::numeric_limits<std::uint8_t>::max()) ++values;
  }
  if (record_.node != 0) note(same, key);
  return record_.node;
}

// Old identity numbers have fifteen digits, new ones eighteen.
Customers::Record::Born Customers::born(Kind kind, std::string_view value) {
  constexpr std::size_t kOldDate = 6;
  constexpr std::size_t kNewDate = 8;
  Record::Born born;
  if (!is_id(kind) || (value.size() != 15 && value.size() != 18)) return born;
  born.old_form = value.size() == 15;
  value.copy(born.date.data(), born.date.size(), born.old_form ? kOldDate : kNewDate);
  return born;
}

bool Customers::are_of_one(const Record::Born& before, const Record::Born& now) {
  return now.date[0] != 0 && before.date == now.date && before.old_form != now.old_form;
}

// Whether a finding begins somebody else's record.
bool Customers::splits(const Observation& seen, std::uint32_t hash, Gap gap, bool table,
                       const Record::Born& born) const {
  if (gap >= Gap::kBlank) return true;
  const auto index = static_cast<std::size_t>(seen.kind);
  const bool another = record_.last[index] != 0 && record_.last[index] != hash &&
                       !(is_id(seen.kind) && are_of_one(record_.born, born));
  const bool one_record = (table && gap == Gap::kNone) || gap == Gap::kWithin;
  if (one_record) return (another && is_id(seen.kind)) || is_account_of_aside(seen.kind, hash);
  if (!another) {
    // An unlabelled line below one that held several things is the next entry of a list.
    return gap == Gap::kLine && !seen.labelled && record_.kinds >= 2 && record_.last[index] == 0;
  }
  if (is_primary(seen.kind)) return true;
  if (kAttributes.has(seen.kind)) return false;
  const Node& node = nodes_[record_.node];
  const bool known = node.id != 0 || node.name != 0;
  const std::uint8_t most = seen.labelled ? kMostInForm : kMostOfOneKind;
  return !known || record_.values[index] >= most || (gap == Gap::kLine && !seen.labelled);
}

// Payer and payee on one row: each has an account of his own.
bool Customers::is_account_of_aside(Kind kind, std::uint32_t hash) const {
  if (record_.aside.node == 0 || record_.aside.seen.kind != Kind::kName || !kAccounts.has(kind))
    return false;
  bool has_account = false;
  kAccounts.for_each([&](Kind each) {
    has_account = has_account || record_.last[static_cast<std::size_t>(each)] != 0;
  });
  return has_account && record_.last[static_cast<std::size_t>(kind)] != hash;
}

std::uint32_t Customers::new_node() {
  if (nodes_.size() >= kMaxNodes) return 0;
  const auto node = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back(Node{.parent = node});
  return node;
}

void Customers::begin_record() {
  end_record();
  record_.begun = true;
  record_.node = new_node();
  if (record_.node == 0) ++overflow_;
}

// A row names a manager or a contact beside its customer; an identity number behind the name makes
// somebody else of it, and nothing but that.
std::uint32_t Customers::set_aside(const Observation& seen, std::uint64_t key) {
  give_back_aside();
  record_.aside = {
      new_node(), {.kind = seen.kind, .value = {}, .identifies = seen.identifies}, key};
  return record_.aside.node;
}

// Of a form that says who it is of: 手机, 姓名, 证件号; 手机, …
bool Customers::may_begin_form(const Observation& seen, Gap gap, bool table) const {
  const Node& node = nodes_[record_.node];
  return gap != Gap::kWithin && !table && seen.labelled && seen.kind == record_.first &&
         !kAttributes.has(seen.kind) && (node.id != 0 || node.name != 0);
}

void Customers::give_back_aside() {
  const auto aside = std::exchange(record_.aside, {});
  if (aside.node == 0) return;
  nodes_[aside.node].parent = record_.node;
  if (aside.seen.kind == Kind::kName) return;
  const auto index = static_cast<std::size_t>(aside.seen.kind);
  record_.last[index] = short_hash(aside.key);
  if (record_.values[index] < std::numeric_limits<std::uint8_t>::max()) ++record_.values[index];
  note(aside.seen, aside.key);
}

void Customers::begin_with_aside() {
  const auto aside = std::exchange(record_.aside, {});
  end_record();
  record_.begun = true;
  record_.node = aside.node;
  const auto index = static_cast<std::size_t>(aside.seen.kind);
  record_.first = aside.seen.kind;
  record_.last[index] = short_hash(aside.key);
  record_.values[index] = 1;
  record_.kinds = 1;
  note(aside.seen, aside.key);
}

void Customers::note(const Observation& seen, std::uint64_t key) {
  Node& node = nodes_[root(record_.node)];
  const std::uint32_t hash = short_hash(key);
  if (is_id(seen.kind) && node.id == 0) node.id = hash;
  if (seen.kind == Kind::kName) {
    record_.name_key = key;
    identities_.prefetch(key);
    if (node.name == 0) node.name = hash;
  } else if (seen.identifies) {
    node.person = true;
    record_.keys.push_back({key, is_id(seen.kind)});
    identities_.prefetch(key);
    if (record_.keys.size() == kMaxKeys) look_up();
  }
}

// Waits for the whole record, since its name and identity number may forbid a merger.
void Customers::look_up() {
  for (const Record::Key& key : record_.keys) {
    const std::uint32_t first = identities_.find_or_add(key.key, record_.node);
    if (first != record_.node) merge(first, record_.node, key.id);
  }
  record_.keys.clear();
}

bool Customers::is_bare(const Record& record) {
  std::uint32_t kinds = 0;
  for (const Kind kind : {Kind::kName, Kind::kLatinName, Kind::kEmail})
    kinds += record.last[static_cast<std::size_t>(kind)] != 0 ? 1U : 0U;
  return kinds == record.kinds;
}

// A name proves nothing across records, except that somebody of whom only the name is known is
// taken for one of that name.
void Customers::end_record() {
  give_back_aside();
  if (record_.node != 0) nodes_[record_.node].bare = is_bare(record_);
  if (record_.node != 0) look_up();
  if (record_.node != 0 && record_.name_key != 0) {
    Node& node = nodes_[root(record_.node)];
    if (!node.person) node.person = node.only_name = true;
    const std::uint32_t first = root(identities_.find_or_add(record_.name_key, record_.node));
    if (node.only_name || nodes_[first].only_name) merge(first, record_.node, false);
  }
  record_.begun = false;
  record_.node = 0;
  record_.last.fill(0);
  record_.values.fill(0);
  record_.kinds = 0;
  record_.name_key = 0;
  record_.born = {};
}

void Customers::finish() { end_record(); }

std::uint32_t Customers::root(std::uint32_t node) {
  while (nodes_[node].parent != node) {
    nodes_[node].parent = nodes_[nodes_[node].parent].parent;
    node = nodes_[node].parent;
  }
  return node;
}

// A shared telephone does not make one of two people with different names or identity numbers.
bool Customers::conflict(const Node& a, const Node& b, bool by_id) const {
  const bool ids = a.id != 0 && b.id != 0 && a.id != b.id;
  const bool names = a.name != 0 && b.name != 0 && a.name != b.name;
  return (ids || names) && !by_id;
}

void Customers::merge(std::uint32_t a, std::uint32_t b, bool by_id) {
  a = root(a);
  b = root(b);
  if (a == b || conflict(nodes_[a], nodes_[b], by_id)) return;
  Node& kept = nodes_[std::min(a, b)];
  Node& gone = nodes_[std::max(a, b)];
  gone.parent = std::min(a, b);
  if (kept.id == 0) kept.id = gone.id;
  if (kept.name == 0) kept.name = gone.name;
  kept.only_name = kept.only_name && gone.only_name;
  kept.bare = kept.bare && gone.bare;
  kept.person = kept.person || gone.person;
}

std::uint32_t Customers::number(std::uint32_t node) {
  Node& top = nodes_[root(node)];
  if (!top.person) return 0;
  if (top.number == 0) top.number = ++numbers_;
  return top.number;
}

std::uint32_t Customers::certain(std::uint32_t node) {
  const std::uint32_t top = root(node);
  return nodes_[top].person && nodes_[top].id != 0 ? top : 0;
}

template <class Is>
std::uint32_t Customers::count_people(const Is& is) const {
  return static_cast<std::uint32_t>(std::ranges::count_if(nodes_, [&](const Node& node) {
    const bool top = node.parent == static_cast<std::uint32_t>(&node - nodes_.data());
    return node.person && top && std::invoke(is, node);
  }));
}

std::uint32_t Customers::count() const {
  return count_people([](const Node&) { return true; }) + overflow_;
}

std::uint32_t Customers::count_bare() const { return count_people(&Node::bare); }

}  // namespace huxin::detect
