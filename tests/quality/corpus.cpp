#include "tests/quality/corpus.hpp"

#include <charconv>
#include <fstream>
#include <map>

namespace huxin::quality {
namespace {

using Row = std::vector<std::string_view>;

Row split(std::string_view line) {
  Row cells;
  for (std::size_t at = 0;;) {
    const std::size_t tab = line.find('\t', at);
    cells.push_back(line.substr(at, tab - at));
    if (tab == std::string_view::npos) return cells;
    at = tab + 1;
  }
}

bool read_number(std::string_view text, auto& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

/// Hands each row of a table to `take`, which says whether it made sense of it.
template <class Take>
Status read_rows(const std::filesystem::path& file, std::size_t columns, const Take& take) {
  std::ifstream in(file);
  if (!in) return fail(Errc::kNotFound, "{}: make the corpus first", file.string());
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.starts_with('#')) continue;
    const Row row = split(line);
    if (row.size() != columns || !take(row))
      return fail(Errc::kCorrupt, "{}:{}: not as the generator writes it", file.string(), number);
  }
  return {};
}

std::optional<GoldenDocument> document_from(const Row& row) {
  GoldenDocument document;
  document.file = row[0];
  document.half = row[1] == "held-out" ? Half::kHeldOut : Half::kTuning;
  document.group = row[2] == "personal" ? Group::kPersonal
                   : row[2] == "quiet"  ? Group::kQuiet
                                        : Group::kAdversarial;
  if (!read_number(row[4], document.customers)) return std::nullopt;
  return document;
}

std::optional<Label> label_from(const Row& row) {
  Label label;
  const auto element = catalog::element_id_from(row[3]);
  if (!element || !read_number(row[1], label.span.begin) || !read_number(row[2], label.span.end) ||
      !read_number(row[4], label.customer)) {
    return std::nullopt;
  }
  label.element = *element;
  label.optional = row[5] == "1";
  label.value = row[6];
  return label;
}

bool is_han(std::string_view character) {
  return character >= "\xe3\x90\x80" && character <= "\xe9\xbf\xbf";
}

}  // namespace

Result<std::vector<GoldenDocument>> read_corpus(const std::filesystem::path& folder) {
  std::vector<GoldenDocument> documents;
  std::map<std::string, std::size_t, std::less<>> places;
  auto read = read_rows(folder / "manifest.tsv", 5, [&](const Row& row) {
    auto document = document_from(row);
    if (!document) return false;
    places.emplace(document->file, documents.size());
    documents.push_back(*std::move(document));
    return true;
  });
  if (!read) return std::unexpected(read.error());
  read = read_rows(folder / "labels.tsv", 7, [&](const Row& row) {
    const auto place = places.find(row[0]);
    auto label = label_from(row);
    if (place == places.end() || !label) return false;
    documents[place->second].labels.push_back(*std::move(label));
    return true;
  });
  if (!read) return std::unexpected(read.error());
  return documents;
}

std::string compact(std::string_view value) {
  std::string kept;
  for (std::size_t at = 0; at < value.size();) {
    const auto lead = static_cast<unsigned char>(value[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::string_view character = value.substr(at, size);
    if (size == 1 && std::isalnum(lead) != 0) kept += static_cast<char>(std::toupper(lead));
    if (size == 3 && is_han(character)) kept += character;
    at += size;
  }
  return kept;
}

}  // namespace huxin::quality
