#include "agent/extract/office/workbook.hpp"

namespace huxin::extract {

namespace {

using Names = std::map<std::string, std::string, std::less<>>;

std::string decoded_attribute(std::string_view attributes, std::string_view name) {
  std::string value;
  if (const auto raw = attribute(attributes, name)) append_decoded(value, *raw);
  return value;
}

/// <sheet name="客户" sheetId="1" r:id="rId1"/> → rId1: 客户
Names sheet_names(Markup& markup) {
  Names names;
  Token token;
  while (markup.next(token)) {
    if (token.kind != Token::Kind::kOpen || token.local() != "sheet") continue;
    const std::size_t relation = token.attributes.find(":id=");
    if (relation == std::string_view::npos) continue;
    names.emplace(decoded_attribute(token.attributes.substr(relation + 1), "id"),
                  decoded_attribute(token.attributes, "name"));
  }
  return names;
}

/// <Relationship Id="rId1" Target="worksheets/sheet1.xml"/> → rId1: xl/worksheets/sheet1.xml
Names targets(Markup& markup) {
  Names targets;
  Token token;
  while (markup.next(token)) {
    if (token.kind != Token::Kind::kOpen || token.local() != "Relationship") continue;
    std::string target = decoded_attribute(token.attributes, "Target");
    target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
    targets.emplace(decoded_attribute(token.attributes, "Id"), std::move(target));
  }
  return targets;
}

/// <si><t>…</t></si>, or runs <si><r><t>…</t></r>…</si>; phonetic hints <rPh> are not text.
void read_strings(Markup& markup, Workbook& book, Extraction& extraction) {
  Token token;
  bool in_text = false;
  bool phonetic = false;
  while (!extraction.stopped() && markup.next(token)) {
    if (token.kind == Token::Kind::kText) {
      if (!in_text || phonetic) continue;
      append_text(book.strings, token);
      continue;
    }
    const bool opens = token.kind == Token::Kind::kOpen;
    if (token.local() == "t") in_text = opens && !token.empty;
    if (token.local() == "rPh") phonetic = opens && !token.empty;
    if (token.local() == "si" && (!opens || token.empty))
      book.string_ends.push_back(book.strings.size());
  }
  if (markup.truncated()) extraction.lose("corrupt");
}

}  // namespace

std::string_view Workbook::shared(std::size_t index) const {
  if (index >= string_ends.size()) return {};
  const std::size_t begin = index == 0 ? 0 : string_ends[index - 1];
  return std::string_view(strings).substr(begin, string_ends[index] - begin);
}

Workbook read_workbook(ByteView content, Extraction& extraction) {
  Workbook book;
  Names names, parts;
  Archive archive(content, ArchiveKind::kZip, extraction);
  while (const auto member = archive.next()) {
    Markup markup([&](char* to, std::size_t size) { return archive.read(to, size); });
    if (member->name == kWorkbook) names = sheet_names(markup);
    if (member->name == "xl/_rels/workbook.xml.rels") parts = targets(markup);
    if (member->name == kSharedStrings) read_strings(markup, book, extraction);
  }
  for (const auto& [relation, name] : names) {
    if (const auto part = parts.find(relation); part != parts.end())
      book.sheet_names.emplace(part->second, name);
  }
  return book;
}

}  // namespace huxin::extract
