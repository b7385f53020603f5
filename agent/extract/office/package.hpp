#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "agent/extract/document_writer.hpp"
#include "agent/extract/markup/markup.hpp"

namespace huxin::extract {

/// One part of an office package, to be read or left.
struct Part {
  std::string_view name;  ///< "word/header1.xml"
  Markup& markup;         ///< its content
  DocumentWriter& writer;
  DocumentWriter& beside;  ///< for what is no part of the running text, whose lines count
};

/// Walks the parts of a ZIP that office software keeps a document in, in the order of the file.
/// What `use` does not take, by returning false, is read here, so that nothing is hidden beside a
/// document: the text of XML under the part's name, anything else as content of its own. Where
/// pictures and fonts have their place, pictures are illustrations, and what is unknown is no loss.
/// Counts as a level of nesting, and each part as a member.
void read_package(ByteView content, const std::string& where, Extraction& extraction,
                  const std::function<bool(Part&)>& use);

/// "header1" of "word/header1.xml" and of "word/sub/header1.xml"; empty outside `folder` and for
/// what is no XML.
std::string_view part_stem(std::string_view name, std::string_view folder);

/// Says whether a stem is `name` with a number or none behind it: "header2" is of "header".
bool is_numbered(std::string_view stem, std::string_view name);

}  // namespace huxin::extract
