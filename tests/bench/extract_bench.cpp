// Prints how fast files of every format are read and inspected, and in how much memory.
//
//   bench_extract DOCUMENTS [speed|formats|large] [--json] [part of a file's name]
#include <cstdio>
#include <cstdlib>
#include <map>
#include <span>

#include "policy/base/file.hpp"
#include "tests/agent/extract/extracted.hpp"
#include "tests/bench/extract_measure.hpp"
#include "tests/bench/large_list.hpp"
#include "tests/support/golden_documents.hpp"

namespace huxin::bench {
namespace {

const std::string kGolden = HUXIN_SOURCE_DIR "/tests/golden";

struct Options {
  std::filesystem::path documents;
  std::string what = "speed", part;
  bool json = false;
};

/// Writes rows of cells as a table for people, or each as an object for programs.
class Table {
 public:
  struct Column {
    std::string_view name;  ///< the key in JSON
    int width;              ///< below 0: to the left
  };
  Table(std::span<const Column> columns, bool json) : columns_(columns), json_(json) {
    if (json_) return;
    std::vector<std::string> names;
    for (const Column& column : columns_) names.emplace_back(column.name);
    row(names);
  }

  /// A cell that is no number goes into JSON as text; an empty one as null.
  void row(const std::vector<std::string>& cells) const {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      line +=
          json_ ? fmt::format("{}\"{}\":{}", i == 0 ? "{" : ",", columns_[i].name, value(cells[i]))
          : columns_[i].width < 0
              ? fmt::format("{:<{}} ", cells[i], -columns_[i].width)
              : fmt::format("{:>{}} ", cells[i].empty() ? "—" : cells[i], columns_[i].width);
    }
    fmt::print("{}{}\n", line, json_ ? "}" : "");
    std::fflush(stdout);
  }

 private:
  static std::string value(const std::string& cell) {
    if (cell.empty()) return "null";
    char* end = nullptr;
    std::strtod(cell.c_str(), &end);
    return *end == '\0' ? cell : fmt::format("\"{}\"", cell);
  }

  std::span<const Column> columns_;
  bool json_;
};

std::string number(double value, int digits) { return fmt::format("{:.{}f}", value, digits); }
std::string speed(double bytes, double seconds) {
  return seconds > 0 ? number(bytes / seconds / 1e6, 0) : "";
}

std::string coverage_of(const extract::Outcome& outcome) {
  return outcome.reason.empty() ? std::string(to_string(outcome.coverage)) : outcome.reason;
}

constexpr Table::Column kSpeedColumns[] = {
    {"format", -9},   {"file", -19},      {"MB", 6},      {"inner_MB", 8},    {"text_MB", 7},
    {"read_MB/s", 9}, {"inner_MB/s", 10}, {"read_ms", 8}, {"plain_MB/s", 10}, {"plain/read", 10},
    {"scan_MB/s", 9}, {"findings", 8},    {"peak_MB", 7}, {"private_MB", 10}, {"outcome", -12}};

void print_speed(const LargeDocument& document, const WorkerSource& source, const Table& table) {
  const auto size = static_cast<double>(std::filesystem::file_size(document.path));
  const auto inner = static_cast<double>(document.inner);
  const Extraction read = measure_extraction(document.path);
  const double plain = measure_plain(document);
  const Scan scan = measure_scan(source, document.path);
  table.row({document.format, document.path.filename().string(), number(size / 1e6, 1),
             number(inner / 1e6, 1), number(static_cast<double>(read.text) / 1e6, 1),
             speed(size, read.seconds), speed(inner, read.seconds), number(read.seconds * 1e3, 1),
             speed(inner, plain), plain > 0 ? number(plain / read.seconds, 2) : "",
             speed(inner, scan.seconds), std::to_string(scan.result.inspection.findings_total),
             number(scan.peak_megabytes, 0), number(scan.private_megabytes, 0),
             coverage_of(scan.result.outcome)});
}

void print_speeds(const Options& options, const WorkerSource& source) {
  const Table table(kSpeedColumns, options.json);
  for (const LargeDocument& document : large_documents(options.documents)) {
    if (document.path.filename().string().contains(options.part))
      print_speed(document, source, table);
  }
}

/// What golden documents of one format show.
struct FormatRow {
  std::string written_by;
  std::size_t planted = 0, found = 0, placed = 0;
  std::size_t silent = 0, clean = 0;  ///< encrypted and clean ones: as many, and so many as should
  double files = 0;                   ///< a second, of the smallest
};

void look_for(const test::GoldenDocument& document, FormatRow& row) {
  const auto content = read_file(kGolden + "/" + document.file);
  if (!content) return;
  const auto extracted = extract::test::extract_all(*content, document.file);
  for (const auto& [value, place] : document.planted) {
    const std::string found = extracted.place_of(value);
    ++row.planted;
    row.found += found.empty() ? 0U : 1U;
    row.placed += found == place ? 1U : 0U;
  }
  if (document.holds == test::Holds::kPlanted) return;
  ++row.silent;
  const bool encrypted = extracted.outcome.reason == "encrypted";
  row.clean += encrypted == (document.holds == test::Holds::kEncrypted) ? 1U : 0U;
}

constexpr Table::Column kFormatColumns[] = {
    {"format", -9},   {"found", 7},   {"place_right", 11}, {"silent_right", 12}, {"files/s", 8},
    {"read_MB/s", 9}, {"peak_MB", 7}, {"private_MB", 10},  {"written_by", -10}};

/// Golden documents by their format.
std::map<std::string, FormatRow> golden_rows(const Options& options, guard::WorkerPool& pool) {
  std::map<std::string, FormatRow> rows;
  for (const test::GoldenDocument& document : test::golden_documents(kGolden)) {
    if (!document.format.contains(options.part)) continue;
    FormatRow& row = rows[document.format];
    if (!row.written_by.contains(document.written_by))
      row.written_by += (row.written_by.empty() ? "" : "; ") + document.written_by;
    look_for(document, row);
    if (row.files == 0) row.files = files_per_second(pool, kGolden + "/" + document.file);
  }
  return rows;
}

int print_formats(const Options& options, const WorkerSource& source) {
  const auto large = large_documents(options.documents);
  auto rows = golden_rows(options, *start_worker(source));
  for (const LargeDocument& document : large) {
    if (!document.format.contains(options.part)) continue;
    FormatRow& row = rows[document.format];
    if (row.written_by.empty()) row.written_by = document.written_by;
  }
  const Table table(kFormatColumns, options.json);
  bool right = true;
  for (const auto& [format, row] : rows) {
    right = right && row.placed == row.planted && row.clean == row.silent;
    const auto document = std::ranges::find(large, format, &LargeDocument::format);
    const auto of = [](std::size_t some, std::size_t all) {
      return all == 0 ? std::string() : fmt::format("{}/{}", some, all);
    };
    std::vector<std::string> cells{format, of(row.found, row.planted), of(row.placed, row.planted),
                                   of(row.clean, row.silent),
                                   row.files > 0 ? number(row.files, 0) : ""};
    if (document == large.end()) {
      cells.insert(cells.end(), {"", "", ""});
    } else {
      const Extraction read = measure_extraction(document->path);
      const Scan scan = measure_scan(source, document->path);
      cells.insert(cells.end(),
                   {speed(static_cast<double>(document->inner), read.seconds),
                    number(scan.peak_megabytes, 0), number(scan.private_megabytes, 0)});
    }
    cells.push_back(row.written_by);
    table.row(cells);
  }
  return right ? 0 : 1;
}

constexpr Table::Column kLargeColumns[] = {
    {"file", -16},      {"MB", 7},       {"first_finding_s", 15}, {"whole_s", 8},
    {"MB/s", 6},        {"findings", 9}, {"customers", 9},        {"peak_MB", 7},
    {"private_MB", 10}, {"outcome", -12}};

int print_large(const Options& options, const WorkerSource& source) {
  const Table table(kLargeColumns, options.json);
  for (const LargeList list : {LargeList::kCustomers, LargeList::kOneCustomer}) {
    const auto path = make_large_list(list, options.documents);
    const auto size = static_cast<double>(std::filesystem::file_size(path));
    const Scan first = measure_scan(source, path, {.any_of = {{.findings = 1}}});
    const Scan whole = measure_scan(source, path);
    const detect::Inspection& found = whole.result.inspection;
    table.row({path.filename().string(), number(size / 1e6, 0),
               first.result.inspection.stopped ? number(first.seconds, 2) : "",
               number(whole.seconds, 1), speed(size, whole.seconds),
               std::to_string(found.findings_total), std::to_string(found.customers),
               number(whole.peak_megabytes, 0), number(whole.private_megabytes, 0),
               coverage_of(whole.result.outcome)});
  }
  return 0;
}

Options options_of(int count, char** arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string word = arguments[i];
    if (i == 1) {
      options.documents = word;
    } else if (word == "--json") {
      options.json = true;
    } else if (word == "speed" || word == "formats" || word == "large") {
      options.what = word;
    } else {
      options.part = word;
    }
  }
  return options;
}

int run(const Options& options) {
  const WorkerSource source{HUXIN_BINARY_DIR "/bin/huxin-agent", options.documents / "patterns"};
  if (options.what == "formats") return print_formats(options, source);
  if (options.what == "large") return print_large(options, source);
  print_speeds(options, source);
  return 0;
}

}  // namespace
}  // namespace huxin::bench

int main(int count, char** arguments) {
  return huxin::bench::run(huxin::bench::options_of(count, arguments));
}
