#include "policy/retention/table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "policy/rule/data_file.hpp"

namespace huxin::embedded {
extern const std::string_view retention_table;
}  // namespace huxin::embedded

namespace huxin::retention {
namespace {

using rule::Code;
using rule::Section;
using rule::Word;
using rule::YamlNode;

constexpr std::array<std::string_view, 3> kFileKeys{"notice_zh", "notice_en", "records"};
constexpr std::array<std::string_view, 11> kRecordKeys{"id",    "zh",      "en",        "keep",
                                                       "basis", "at_once", "starts_zh", "starts_en",
                                                       "means", "source",  "checked"};
constexpr std::array<std::string_view, 10> kRequired{
    "id", "zh", "en", "keep", "basis", "starts_zh", "starts_en", "means", "source", "checked"};
constexpr std::array<std::string_view, 3> kBases{"statute", "hold", "configurable"};
constexpr std::array<std::pair<std::string_view, Term::Unit>, 3> kUnits{
    {{"days", Term::Unit::kDays}, {"months", Term::Unit::kMonths}, {"years", Term::Unit::kYears}}};
constexpr int kLongest = 1000;

/// "10 years", "none", "open".
std::optional<Term> term_from(std::string_view text) {
  if (text == "none") return Term{};
  if (text == "open") return Term{.unit = Term::Unit::kOpen};
  const auto blank = text.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const auto* const unit = std::ranges::find(kUnits, text.substr(blank + 1),
                                             &std::pair<std::string_view, Term::Unit>::first);
  int count = 0;
  const char* const end = text.data() + blank;
  const auto [stop, problem] = std::from_chars(text.data(), end, count);
  if (unit == kUnits.end() || problem != std::errc{} || stop != end || count < 1 ||
      count > kLongest)
    return std::nullopt;
  return Term{.unit = unit->second, .count = count};
}

Term read_term(const Section& section) {
  const auto word = section.word("keep");
  if (!word) return {};
  const auto term = term_from(word->text);
  if (!term) {
    section.error(Code::kBadNumber, word->place, "keep",
                  "wanted is \"10 years\", \"6 months\", \"3 days\", \"none\" or \"open\"");
  }
  return term.value_or(Term{});
}

/// A list of groups, each a list of elements.
void read_means(const Section& section, Record& record) {
  const YamlNode* const list = section.find("means");
  if (list == nullptr) return;
  const auto wrong = [&](const YamlNode& node) {
    section.error(Code::kWrongKind, node.place, "means", "a list of lists of elements is wanted");
  };
  if (list->kind != YamlNode::Kind::kList) return wrong(*list);
  for (const YamlNode& group : list->items) {
    if (group.kind != YamlNode::Kind::kList || group.items.empty()) return wrong(group);
    auto& elements = record.means.emplace_back();
    for (const YamlNode& item : group.items) {
      const auto id = item.kind == YamlNode::Kind::kScalar ? catalog::element_id_from(item.text)
                                                           : fail(Errc::kInvalid, "no element");
      if (!id)
        section.error(Code::kUnknownWord, item.place, "means",
                      rule::in_quotes(item.text) + " is no element like D01");
      elements.push_back(id.value_or(catalog::ElementId{}));
    }
  }
}

Record read_record(const Section& section) {
  section.require(kRequired);
  Record record;
  record.id = text_of(section, "id");
  record.zh = text_of(section, "zh");
  record.en = text_of(section, "en");
  record.keep = read_term(section);
  if (const auto basis = section.one_of("basis", kBases))
    record.basis = static_cast<Basis>(std::ranges::find(kBases, basis->text) - kBases.begin());
  section.read("at_once", record.at_once);
  if (record.at_once && record.keep != Term{})
    section.error(Code::kWrongKind, section.place(), "at_once", "goes with \"keep: none\" alone");
  record.starts_zh = text_of(section, "starts_zh");
  record.starts_en = text_of(section, "starts_en");
  read_means(section, record);
  record.source = text_of(section, "source");
  record.checked = text_of(section, "checked");
  if (const auto date = section.word("checked"); date && !from_rfc3339(date->text + "T00:00:00Z"))
    section.error(Code::kBadNumber, date->place, "checked", "a date like 2026-11-23 is wanted");
  return record;
}

}  // namespace

Result<Table> Table::parse(std::string_view yaml, std::string_view origin) {
  Table table;
  const rule::DataFile source{.yaml = yaml, .origin = origin, .name = "retention table"};
  const Status read = rule::read_data_file(source, kFileKeys, [&](const Section& file) {
    table.notice_zh_ = text_of(file, "notice_zh");
    table.notice_en_ = text_of(file, "notice_en");
    each_entry(file, "records", "record", kRecordKeys, [&](const Section& entry) {
      Record record = read_record(entry);
      if (table.find(record.id) != nullptr)
        file.error(Code::kDuplicateKey, entry.place(), "records",
                   rule::in_quotes(record.id) + " stands here twice");
      table.records_.push_back(std::move(record));
    });
  });
  if (!read) return std::unexpected(read.error());
  return table;
}

const Table& Table::builtin() {
  static const Table table = [] {
    auto parsed = parse(embedded::retention_table, "retention.yaml");
    if (!parsed) std::abort();  // compiled in and covered by a test
    return std::move(*parsed);
  }();
  return table;
}

const Record* Table::find(std::string_view id) const {
  const auto found = std::ranges::find(records_, id, &Record::id);
  return found == records_.end() ? nullptr : &*found;
}

}  // namespace huxin::retention
