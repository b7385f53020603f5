// Turns the fact files of policy/catalog/data into rows that a C++ array can include, at build
// time:
//
//   generate rows u,s,i,u FILE.tsv OUT   one {…} a line, sorted by the first column; u is a number,
//                                        i one that may be negative, s a string
//   generate places REGIONS.tsv FURTHER.tsv OUT   names and short names, with their levels
//
// A line it does not understand ends the build with the file and the line.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Row = std::vector<std::string>;

[[noreturn]] void refuse(const std::string& file, std::size_t line, std::string_view why) {
  std::cerr << file << ':' << line << ": " << why << '\n';
  std::exit(1);
}

Row split(std::string_view line, char separator) {
  Row cells;
  for (std::size_t at = 0;;) {
    const std::size_t end = line.find(separator, at);
    cells.emplace_back(line.substr(at, end - at));
    if (end == std::string_view::npos) return cells;
    at = end + 1;
  }
}

std::vector<Row> read_rows(const std::string& file, std::size_t columns) {
  std::ifstream in(file);
  if (!in) refuse(file, 0, "cannot be read");
  std::vector<Row> rows;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    Row row = split(line, '\t');
    if (row.size() != columns) refuse(file, number, "wrong number of columns");
    rows.push_back(std::move(row));
  }
  if (rows.empty()) refuse(file, 0, "no rows");
  return rows;
}

/// Writes one cell as C++: `u` a number (empty: 0), `i` one that may be negative, `s` a string
/// literal.
std::string cell(const std::string& value, const std::string& type, const std::string& file) {
  if (type == "s") {
    if (value.find_first_of("\"\\") != std::string::npos)
      refuse(file, 0, "quote or backslash in " + value);
    return '"' + value + '"';
  }
  const std::size_t sign = type == "i" && value.starts_with('-') ? 1 : 0;
  if (value.find_first_not_of("0123456789", sign) != std::string::npos)
    refuse(file, 0, "not a number: " + value);
  return value.empty() ? "0" : value;
}

void write_rows(const std::string& types, const std::string& file, std::ostream& out) {
  const Row type = split(types, ',');
  std::vector<Row> rows = read_rows(file, type.size());
  const bool numeric = type[0] == "u";
  std::ranges::sort(rows, [&](const Row& a, const Row& b) {
    if (numeric && a[0].size() != b[0].size()) return a[0].size() < b[0].size();
    return a < b;
  });
  for (const Row& row : rows) {
    out << '{';
    for (std::size_t i = 0; i < row.size(); ++i)
      out << (i ? "," : "") << cell(row[i], type[i], file);
    out << "},\n";
  }
}

constexpr std::array<std::string_view, 15> kSuffixes = {
    "特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区",
    "省",         "市",     "区",     "县",     "旗",     "盟",   "群岛"};
constexpr std::array<std::string_view, 57> kPeoples = {
    "维吾尔族", "维吾尔",   "蒙古族",   "回族",   "藏族",       "苗族",     "彝族",   "壮族",
    "布依族",   "朝鲜族",   "满族",     "侗族",   "瑶族",       "白族",     "土家族", "哈尼族",
    "哈萨克族", "哈萨克",   "傣族",     "黎族",   "傈僳族",     "佤族",     "畲族",   "拉祜族",
    "水族",     "东乡族",   "纳西族",   "景颇族", "柯尔克孜族", "柯尔克孜", "土族",   "达斡尔族",
    "仫佬族",   "羌族",     "布朗族",   "撒拉族", "毛南族",     "仡佬族",   "锡伯族", "锡伯",
    "阿昌族",   "普米族",   "塔吉克族", "塔吉克", "怒族",       "鄂温克族", "保安族", "裕固族",
    "独龙族",   "鄂伦春族", "门巴族",   "珞巴族", "基诺族",     "各族",     "蒙古",   "回族",
    "多民族"};

/// The name as people shorten it: 恩施土家族苗族自治州 → 恩施; empty when less than two characters
/// stay.
std::string short_name(std::string name) {
  for (const std::string_view suffix : kSuffixes) {
    if (!name.ends_with(suffix)) continue;
    name.resize(name.size() - suffix.size());
    if (!suffix.starts_with("自治")) break;
    for (bool again = true; again;) {
      again = std::ranges::any_of(kPeoples, [&](std::string_view people) {
        if (!name.ends_with(people) || name.size() <= people.size() + 3) return false;
        name.resize(name.size() - people.size());
        return true;
      });
    }
    break;
  }
  return name.size() >= 6 ? name : std::string{};
}

/// Rows of {name, levels (1 province, 2 prefecture, 4 county), is the full name}. `further` has
/// names with their levels.
void write_places(const std::string& file, const std::string& further, std::ostream& out) {
  std::map<std::string, std::pair<unsigned, bool>> places;
  for (const Row& row : read_rows(file, 4)) {
    const unsigned level = row[0].ends_with("0000") ? 1 : row[0].ends_with("00") ? 2 : 4;
    auto& full = places[row[1]];
    full.first |= level;
    full.second = true;
    const std::string brief = short_name(row[1]);
    if (!brief.empty()) places[brief].first |= level;
  }
  for (const Row& row : read_rows(further, 2)) {
    places[row[0]].first |= static_cast<unsigned>(std::stoul(row[1]));
    places[row[0]].second = true;
  }
  for (const auto& [name, place] : places) {
    out << "{\"" << name << "\"," << place.first << ',' << (place.second ? "true" : "false")
        << "},\n";
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  if (args.size() < 3) {
    std::cerr << "usage: generate rows TYPES FILE OUT | places FILE FILE OUT\n";
    return 2;
  }
  std::ofstream out(args.back(), std::ios::binary);
  if (args[0] == "rows" && args.size() == 4) {
    write_rows(args[1], args[2], out);
  } else if (args[0] == "places" && args.size() == 4) {
    write_places(args[1], args[2], out);
  } else {
    return 2;
  }
  return out.flush() ? 0 : 1;
}
