#include "tests/policy/detect/naive.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <vector>

namespace huxin::detect::test {
namespace {

using Row = std::vector<std::string>;

std::vector<Row> read(const std::string& name) {
  std::ifstream file(std::string(HUXIN_SOURCE_DIR "/policy/catalog/data/") + name);
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    Row row;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, '\t');) row.push_back(cell);
    row.resize(4);
    rows.push_back(std::move(row));
  }
  return rows;
}

bool is_number(std::string_view word) {
  return word.find_first_not_of("0123456789") == std::string_view::npos;
}

// GB 11643: sum of digit × 2^(18 - place) over all 18 is 1 modulo 11; X is ten.
bool has_check_character(const std::string& id) {
  int sum = 0;
  for (std::size_t place = 1; place <= 18; ++place) {
    const char c = id[place - 1];
    const int digit = c == 'X' || c == 'x' ? 10 : c - '0';
    sum = (sum + digit * ((1 << (18 - place)) % 11)) % 11;
  }
  return sum == 1;
}

// Until 1 March 2026, the tests' today.
bool is_date(const std::string& yyyymmdd) {
  const int year = std::stoi(yyyymmdd.substr(0, 4));
  const int month = std::stoi(yyyymmdd.substr(4, 2));
  const int day = std::stoi(yyyymmdd.substr(6, 2));
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int days[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return year >= 1850 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
         yyyymmdd <= "20260301";
}

// In a table of GB/T 2260; or, for who was born by 2002, in a range that lost codes were taken
// from.
bool is_area(const std::string& code, int born) {
  static const auto kRegions = read("regions.tsv");
  const auto region = std::ranges::find(kRegions, code, [](const Row& row) { return row[0]; });
  if (region != kRegions.end()) return (*region)[3].empty() || born <= std::stoi((*region)[3]) + 1;
  const int prefecture = std::stoi(code.substr(2, 2));
  const int county = std::stoi(code.substr(4, 2));
  const bool province = std::ranges::any_of(kRegions, [&](const Row& row) {
    return row[0] == code.substr(0, 2) + "0000" && code[0] < '7';
  });
  const bool hainan = code.starts_with("46") && prefecture == 0;
  return born <= 2002 && province &&
         (hainan || (prefecture >= 1 && prefecture <= 43) || prefecture == 90) &&
         ((county >= 1 && county <= 53) || county >= 81);
}

bool is_id(const std::string& word) {
  return word.size() == 18 && is_number(word.substr(0, 17)) &&
         (is_number(word.substr(17)) || word[17] == 'X' || word[17] == 'x') && word[0] < '7' &&
         (word[6] == '1' || word[6] == '2') && has_check_character(word) &&
         is_date(word.substr(6, 8)) && is_area(word.substr(0, 6), std::stoi(word.substr(6, 4)));
}

bool is_mobile_number(std::string word) {
  static const auto kPrefixes = read("mobile_prefixes.tsv");
  for (const std::string_view country : {"0086", "86"}) {
    if (word.starts_with(country)) word.erase(0, country.size());
  }
  return word.size() == 11 &&
         std::ranges::any_of(kPrefixes, [&](const Row& row) { return word.starts_with(row[0]); });
}

// ISO/IEC 7812-1, Annex B: every second digit from the right doubled, its digits added up.
bool passes_annex_b(const std::string& word) {
  int sum = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const int digit = word[word.size() - 1 - i] - '0';
    const int value = i % 2 == 0 ? digit : digit * 2;
    sum += value / 10 + value % 10;
  }
  return sum % 10 == 0;
}

bool has_length(const std::string& lengths, std::size_t length) {
  std::istringstream all(lengths);
  for (std::size_t each = 0; all >> each;) {
    if (each == length) return true;
  }
  return false;
}

// 40, 41, or 0 for no card.
unsigned card(const std::string& word) {
  static const auto kSchemes = read("card_schemes.tsv");
  static const auto kIssuers = read("issuers.tsv");
  if (word.size() < 13 || word.size() > 19 || !passes_annex_b(word)) return 0;
  if (std::set(word.begin(), word.end()).size() == 1 || word.ends_with("00000000")) return 0;
  const bool issued = std::ranges::any_of(kIssuers, [&](const Row& issuer) {
    return word.starts_with(issuer[0]) && has_length(issuer[2], word.size());
  });
  if (issued && word.size() > 16) return 40;
  for (const Row& scheme : kSchemes) {
    const std::string head = word.substr(0, scheme[1].size());
    if (head >= scheme[1] && head <= scheme[2] && has_length(scheme[3], word.size()))
      return scheme[0] == "unionpay" ? 40 : 41;
  }
  return issued ? 40 : 0;
}

unsigned element_of_word(const std::string& word) {
  if (is_id(word)) return 1;
  if (!is_number(word)) return 0;
  return is_mobile_number(word) ? 27 : card(word);
}

// The ASCII letter or digit at a place and the bytes it takes; none: 0 bytes.
std::pair<char, std::size_t> character(std::string_view bytes, std::size_t at) {
  const auto c = static_cast<unsigned char>(bytes[at]);
  if (std::isalnum(c) != 0 && c < 0x80) return {bytes[at], 1};
  if (at + 3 > bytes.size() || c != 0xEF) return {0, 0};
  const auto second = static_cast<unsigned char>(bytes[at + 1]);
  const auto third = static_cast<unsigned char>(bytes[at + 2]);
  if (second == 0xBC && third >= 0x90 && third <= 0x99)
    return {static_cast<char>('0' + third - 0x90), 3};
  if (second == 0xBC && third >= 0xA1 && third <= 0xBA)
    return {static_cast<char>('A' + third - 0xA1), 3};
  if (second == 0xBD && third >= 0x81 && third <= 0x9A)
    return {static_cast<char>('a' + third - 0x81), 3};
  return {0, 0};
}

}  // namespace

Places naively(std::string_view bytes) {
  static constexpr std::string_view kZeroWidth = "\xE2\x80\x8B";
  Places places;
  for (std::size_t at = 0; at < bytes.size();) {
    std::string word;
    std::size_t end = at;  // behind the last character of the word
    for (std::size_t next = at; next < bytes.size();) {
      if (!word.empty() && bytes.substr(next).starts_with(kZeroWidth)) {
        next += kZeroWidth.size();
        continue;
      }
      const auto [c, taken] = character(bytes, next);
      if (taken == 0) break;
      word += c;
      end = next += taken;
    }
    if (const unsigned element = word.empty() ? 0 : element_of_word(word); element != 0)
      places.emplace(at, std::pair{end, element});
    at = std::max(end, at + 1);
  }
  return places;
}

}  // namespace huxin::detect::test
