#include "policy/catalog/element_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include <yaml-cpp/yaml.h>

namespace huxin::catalog {
namespace {

/// Carries a failure out of the depths of the reader; caught in read_elements, never beyond.
struct Refusal {
  Error error;
};

template <class Value>
using Choice = std::pair<std::string_view, Value>;

constexpr std::array<Choice<Level>, 3> kLevels = {
    {{"C1", Level::kC1}, {"C2", Level::kC2}, {"C3", Level::kC3}}};
constexpr std::array<Choice<Mask>, 19> kMasks = {{{"none", Mask::kNone},
                                                  {"remove", Mask::kRemove},
                                                  {"first_last", Mask::kFirstLast},
                                                  {"mobile", Mask::kMobile},
                                                  {"card", Mask::kCard},
                                                  {"last_four", Mask::kLastFour},
                                                  {"two_two", Mask::kTwoTwo},
                                                  {"name", Mask::kName},
                                                  {"email", Mask::kEmail},
                                                  {"area_line", Mask::kAreaLine},
                                                  {"district", Mask::kDistrict},
                                                  {"first", Mask::kFirst},
                                                  {"first_four", Mask::kFirstFour},
                                                  {"initials", Mask::kInitials},
                                                  {"year", Mask::kYear},
                                                  {"band", Mask::kBand},
                                                  {"network", Mask::kNetwork},
                                                  {"vendor", Mask::kVendor},
                                                  {"coarse", Mask::kCoarse}}};
constexpr std::array<Choice<Characters>, 9> kCharacters = {
    {{"digits", Characters::kDigits},
     {"alphanumerics", Characters::kAlphanumerics},
     {"hex", Characters::kHex},
     {"capitals", Characters::kCapitals},
     {"word", Characters::kWord},
     {"ip_address", Characters::kIpAddress},
     {"mac_address", Characters::kMacAddress},
     {"card_expiry", Characters::kCardExpiry},
     {"degrees", Characters::kDegrees}}};
constexpr std::array<Choice<Check>, 13> kChecks = {
    {{"luhn", Check::kLuhn},
     {"mod_11_10", Check::kMod1110},
     {"resident_id", Check::kResidentId},
     {"old_permanent_card", Check::kOldPermanentCard},
     {"old_taiwan_permit", Check::kOldTaiwanPermit},
     {"hong_kong_id", Check::kHongKongId},
     {"taiwan_id", Check::kTaiwanId},
     {"vehicle_id", Check::kVehicleId},
     {"vehicle_check_digit", Check::kVehicleCheckDigit},
     {"bic", Check::kBic},
     {"organisation_code", Check::kOrganisationCode},
     {"not_a_word", Check::kNotAWord},
     {"uncommon", Check::kUncommon}}};
constexpr std::array<std::string_view, 2> kRootKeys = {"version", "elements"};
constexpr std::array<std::string_view, 20> kElementKeys = {
    "id",         "name",       "zh",     "en",     "level",    "mask",    "recognizer",
    "keywords",   "headings",   "files",  "derive", "together", "company", "keyword_required",
    "confidence", "identifies", "source", "value",  "columns",  "beside"};
constexpr std::array<std::string_view, 3> kValueKeys = {"assigned", "reach", "forms"};
constexpr std::array<std::string_view, 7> kFormKeys = {
    "doubt", "characters", "length", "prefixes", "check", "hint", "bracketed"};
constexpr std::array<std::string_view, 2> kConfidenceKeys = {"base", "context"};
constexpr std::array<Choice<HeadingForm>, 2> kHeadingForms = {
    {{"lines", HeadingForm::kLines}, {"row", HeadingForm::kRow}}};
constexpr std::array<std::string_view, 6> kHeadingKeys = {"form",   "least",  "words",
                                                          "titles", "titled", "needs"};
constexpr std::array<std::string_view, 3> kDeriveKeys = {"under_years", "within_characters",
                                                         "customers"};
constexpr std::array<std::string_view, 3> kFileKeys = {"suffixes", "words", "folders"};

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

class Reader {
 public:
  explicit Reader(std::string_view origin) : origin_(origin) {}

  std::vector<Element> read(const YAML::Node& root) {
    check_keys(root, "the catalogue", kRootKeys);
    const YAML::Node version = required(root, "version");
    if (scalar(version, "version") != "1")
      refuse(version, "version", "must be 1, the only format there is");
    const YAML::Node list = required(root, "elements");
    if (!list.IsSequence()) refuse(list, "elements", "must be a list, one '- id: …' an element");
    if (list.size() > kMaxElements) {
      refuse(list, "elements", fmt::format("has more than {} entries", kMaxElements),
             Errc::kTooLarge);
    }
    std::vector<Element> elements;
    for (const YAML::Node& node : list) {
      Element element = read_element(node);
      refuse_twins(node, elements, element);
      elements.push_back(std::move(element));
    }
    if (elements.empty())
      refuse(list, "elements", "is empty; a catalogue names at least one element");
    return elements;
  }

 private:
  [[noreturn]] void refuse(const YAML::Node& node, std::string_view key, std::string_view why,
                           Errc code = Errc::kInvalid) const {
    const YAML::Mark mark = node.Mark();
    throw Refusal{{code, fmt::format("{}:{}:{}: '{}' {}", origin_, mark.line + 1, mark.column + 1,
                                     key.substr(0, 64), why)}};
  }

  void check_keys(const YAML::Node& map, std::string_view what,
                  std::span<const std::string_view> known) const {
    if (!map.IsMap())
      refuse(map, what, fmt::format("must be a map with the keys {}", joined(known)));
    std::set<std::string> seen;
    for (const auto& entry : map) {
      const std::string key = scalar(entry.first, what);
      if (std::ranges::find(known, key) == known.end()) {
        refuse(entry.first, key,
               fmt::format("is not a key of {}; known are {}", what, joined(known)));
      }
      if (!seen.insert(key).second) refuse(entry.first, key, "is given twice; keep one of them");
    }
  }

  YAML::Node required(const YAML::Node& map, const char* key) const {
    const YAML::Node node = map[key];
    if (!node) refuse(map, key, "is missing; add it here");
    return node;
  }

  std::string scalar(const YAML::Node& node, std::string_view key) const {
    if (!node.IsScalar()) refuse(node, key, "must be a single value, not a list, a map or nothing");
    if (node.Scalar().size() > kMaxTextBytes) {
      refuse(node, key, fmt::format("is longer than {} bytes", kMaxTextBytes), Errc::kTooLarge);
    }
    return node.Scalar();
  }

  std::string text(const YAML::Node& map, const char* key) const {
    const YAML::Node node = required(map, key);
    std::string value = scalar(node, key);
    if (value.empty()) refuse(node, key, "is empty");
    return value;
  }

  std::string machine_name(const YAML::Node& map, const char* key) const {
    std::string value = text(map, key);
    const bool good =
        value.front() >= 'a' && value.front() <= 'z' && std::ranges::all_of(value, [](char c) {
          return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        });
    if (!good) refuse(map[key], key, "must be lower-case letters, digits and '_', a letter first");
    return value;
  }

  bool flag(const YAML::Node& map, const char* key) const {
    const std::string value = text(map, key);
    if (value != "true" && value != "false") refuse(map[key], key, "must be true or false");
    return value == "true";
  }

  template <class Value, std::size_t N>
  Value choice(const YAML::Node& map, const char* key,
               const std::array<Choice<Value>, N>& choices) const {
    const std::string value = text(map, key);
    std::vector<std::string_view> names;
    for (const auto& [name, result] : choices) {
      if (name == value) return result;
      names.push_back(name);
    }
    refuse(map[key], key, fmt::format("must be one of {}", joined(names)));
  }

  double probability(const YAML::Node& map, const char* key) const {
    const YAML::Node node = required(map, key);
    double value = 0;
    if (!YAML::convert<double>::decode(node, value) || !(value >= 0 && value <= 1)) {
      refuse(node, key, "must be a number from 0 to 1");
    }
    return value;
  }

  std::vector<std::string> words(const YAML::Node& list, const char* key) const {
    if (!list.IsSequence()) refuse(list, key, "must be a list like [身份证, id card]; [] for none");
    if (list.size() > kMaxKeywords)
      refuse(list, key, fmt::format("has more than {} entries", kMaxKeywords), Errc::kTooLarge);
    std::vector<std::string> words;
    for (const YAML::Node& node : list) {
      std::string word = scalar(node, key);
      if (word.empty()) refuse(node, key, "holds an empty word, which would match anywhere");
      if (word.contains('\n')) refuse(node, key, "holds a word with a line's end in it");
      if (std::ranges::find(words, word) != words.end())
        refuse(node, word, fmt::format("is in the {} twice", key));
      words.push_back(std::move(word));
    }
    return words;
  }

  std::vector<std::string> optional_words(const YAML::Node& map, const char* key) const {
    return map[key] ? words(map[key], key) : std::vector<std::string>{};
  }

  // Each heading is one way to write it, or a list of them.
  std::vector<std::vector<std::string>> heading_words(const YAML::Node& map) const {
    const YAML::Node list = map["words"];
    std::vector<std::vector<std::string>> headings;
    if (!list) return headings;
    if (!list.IsSequence()) refuse(list, "words", "must be a list of headings");
    if (list.size() > kMaxHeadings)
      refuse(list, "words", fmt::format("has more than {} entries", kMaxHeadings), Errc::kTooLarge);
    for (const YAML::Node& node : list) {
      headings.push_back(node.IsSequence() ? words(node, "words")
                                           : std::vector{scalar(node, "words")});
    }
    return headings;
  }

  Headings read_headings(const YAML::Node& node) const {
    check_keys(node, "headings", kHeadingKeys);
    Headings headings;
    headings.form = choice(node, "form", kHeadingForms);
    headings.words = heading_words(node);
    headings.titles = optional_words(node, "titles");
    headings.titled = node["titled"] && flag(node, "titled");
    headings.least = node["least"] ? count(node["least"], "least") : 0;
    if (headings.least > headings.words.size())
      refuse(node["least"], "least", "is more than there are headings: nothing could be found");
    if (headings.least == 0 && !headings.titled)
      refuse(node, "headings", "needs 'least' or 'titled: true', or every text would be one");
    if (headings.titled && headings.titles.empty())
      refuse(node, "titles", "is empty, but titled is true: nothing could be found");
    for (const std::string& id : optional_words(node, "needs")) {
      const auto element = element_id_from(id);
      if (!element) refuse(node["needs"], "needs", "must name elements like D25");
      headings.needs.push_back(*element);
    }
    return headings;
  }

  FileNames read_files(const YAML::Node& node) const {
    check_keys(node, "files", kFileKeys);
    FileNames files{.suffixes = words(required(node, "suffixes"), "suffixes"),
                    .words = words(required(node, "words"), "words"),
                    .folders = node["folders"] && flag(node, "folders")};
    if (files.suffixes.empty() || files.words.empty())
      refuse(node, "files", "needs a suffix and a word: nothing could be found");
    return files;
  }

  // A whole number of at most `most`.
  std::uint8_t small_number(const YAML::Node& node, std::string_view key, int least,
                            int most) const {
    int value = 0;
    if (!YAML::convert<int>::decode(node, value) || value < least || value > most)
      refuse(node, key, fmt::format("must be a whole number from {} to {}", least, most));
    return static_cast<std::uint8_t>(value);
  }

  // `length: 9` or `length: [8, 30]`.
  void read_length(const YAML::Node& node, ValueForm& form) const {
    const bool range = node.IsSequence() && node.size() == 2;
    if (!range && !node.IsScalar())
      refuse(node, "length", "must be a number like 9 or a pair like [8, 30]");
    form.least = small_number(range ? node[0] : node, "length", 1, int{kMaxValueLength});
    form.most = small_number(range ? node[1] : node, "length", form.least, int{kMaxValueLength});
  }

  std::vector<std::string> prefixes(const YAML::Node& list) const {
    if (!list.IsSequence() || list.size() == 0 || list.size() > kMaxPrefixes)
      refuse(list, "prefixes", fmt::format("must be a list of 1 to {} entries", kMaxPrefixes));
    std::vector<std::string> result;
    for (const YAML::Node& node : list) {
      std::string prefix = scalar(node, "prefixes");
      const bool good = !prefix.empty() && std::ranges::all_of(prefix, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      });
      if (!good) refuse(node, "prefixes", "holds something else than capitals and digits");
      result.push_back(std::move(prefix));
    }
    return result;
  }

  ValueForm read_form(const YAML::Node& node) const {
    check_keys(node, "a form", kFormKeys);
    ValueForm form;
    form.characters = choice(node, "characters", kCharacters);
    if (form.characters < Characters::kIpAddress) read_length(required(node, "length"), form);
    if (node["doubt"]) form.doubt = probability(node, "doubt");
    if (node["prefixes"]) form.prefixes = prefixes(node["prefixes"]);
    if (node["check"]) form.check = choice(node, "check", kChecks);
    if (node["hint"]) form.hint = choice(node, "hint", kChecks);
    if (node["bracketed"]) form.bracketed = flag(node, "bracketed");
    return form;
  }

  LabelledValue read_value(const YAML::Node& node) const {
    check_keys(node, "value", kValueKeys);
    LabelledValue value;
    if (node["assigned"]) value.assigned = flag(node, "assigned");
    if (node["reach"]) value.reach = small_number(node["reach"], "reach", 1, kMaxReach);
    const YAML::Node list = required(node, "forms");
    if (!list.IsSequence() || list.size() == 0 || list.size() > kMaxForms)
      refuse(list, "forms", fmt::format("must be a list of 1 to {} forms", kMaxForms));
    for (const YAML::Node& form : list) value.forms.push_back(read_form(form));
    return value;
  }

  std::uint32_t count(const YAML::Node& node, std::string_view key) const {
    std::uint32_t value = 0;
    if (!YAML::convert<std::uint32_t>::decode(node, value) || value == 0 || value > 1'000'000)
      refuse(node, key, "must be a whole number from 1 to 1000000");
    return value;
  }

  Derivation read_derivation(const YAML::Node& node) const {
    check_keys(node, "derive", kDeriveKeys);
    Derivation derivation;
    if (node["under_years"]) derivation.under_years = count(node["under_years"], "under_years");
    if (node["within_characters"])
      derivation.within_characters = count(node["within_characters"], "within_characters");
    for (const YAML::Node& each : node["customers"]) {
      derivation.customers.push_back(count(each, "customers"));
      if (!std::ranges::is_sorted(derivation.customers))
        refuse(each, "customers", "must ascend, like [10, 100, 1000]");
    }
    if (derivation.empty()) refuse(node, "derive", "is empty: nothing would follow");
    return derivation;
  }

  void read_confidence(const YAML::Node& node, Element& element) const {
    check_keys(node, "confidence", kConfidenceKeys);
    element.base_confidence = probability(node, "base");
    element.context_confidence = probability(node, "context");
    if (element.context_confidence < element.base_confidence) {
      refuse(node, "context", "is below base; a keyword near must not make a finding less likely");
    }
  }

  Element read_element(const YAML::Node& node) const {
    check_keys(node, "an element", kElementKeys);
    Element element;
    const auto id = element_id_from(text(node, "id"));
    if (!id) refuse(node["id"], "id", "must be a capital D and a number, like D01");
    element.id = *id;
    element.name = machine_name(node, "name");
    element.zh = text(node, "zh");
    element.en = text(node, "en");
    element.level = choice(node, "level", kLevels);
    element.mask = choice(node, "mask", kMasks);
    element.recognizer = node["recognizer"] ? machine_name(node, "recognizer") : element.name;
    element.keywords = words(required(node, "keywords"), "keywords");
    if (node["columns"]) element.columns = words(node["columns"], "columns");
    if (node["beside"]) element.beside = words(node["beside"], "beside");
    element.keyword_required = flag(node, "keyword_required");
    if (element.keyword_required && element.keywords.empty()) {
      refuse(node["keywords"], "keywords",
             "is empty, but keyword_required is true: nothing could be found");
    }
    read_confidence(required(node, "confidence"), element);
    element.identifies = flag(node, "identifies");
    if (node["headings"]) element.headings = read_headings(node["headings"]);
    if (node["derive"]) element.derivation = read_derivation(node["derive"]);
    if (node["together"]) element.together = count(node["together"], "together");
    element.company = node["company"] && flag(node, "company");
    if (node["files"]) element.files = read_files(node["files"]);
    element.source = text(node, "source");
    if (node["value"]) element.value = read_value(node["value"]);
    return element;
  }

  void refuse_twins(const YAML::Node& node, const std::vector<Element>& elements,
                    const Element& element) const {
    for (const Element& other : elements) {
      if (other.id == element.id)
        refuse(node["id"], to_string(element.id), "is used by an element above");
      if (other.name == element.name)
        refuse(node["name"], element.name, "is used by an element above");
    }
  }

  std::string_view origin_;
};

}  // namespace

Result<std::vector<Element>> read_elements(std::string_view yaml, std::string_view origin) {
  if (yaml.size() > kMaxCatalogBytes) {
    return fail(Errc::kTooLarge, "{}: over {} bytes", origin, kMaxCatalogBytes);
  }
  try {
    return Reader(origin).read(YAML::Load(std::string(yaml)));
  } catch (const Refusal& refusal) {
    return std::unexpected(refusal.error);
  } catch (const YAML::Exception& error) {
    return fail(Errc::kInvalid, "{}:{}:{}: not YAML: {}", origin, error.mark.line + 1,
                error.mark.column + 1, error.msg);
  }
}

}  // namespace huxin::catalog
