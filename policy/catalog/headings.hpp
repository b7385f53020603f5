#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace huxin::catalog {

enum class ElementId : std::uint16_t;

inline constexpr std::size_t kMaxHeadings = 64;  ///< of one kind of document

/// How the headings of a kind of document lie in it.
enum class HeadingForm : std::uint8_t {
  kLines,  ///< each on a line or in a cell of its own: a report
  kRow,    ///< side by side at the head of columns, with rows below: a statement
};

/// What a kind of document is told by: headings that no other document has together. Words are as
/// normalised text holds them. Empty: the element is no document.
struct Headings {
  HeadingForm form = HeadingForm::kLines;
  std::uint32_t least = 0;                      ///< how many different ones there must be
  std::vector<std::vector<std::string>> words;  ///< for each heading the ways to write it
  std::vector<std::string> titles;              ///< what such a document calls itself
  bool titled = false;                          ///< without a title it is none
  std::vector<ElementId> needs;                 ///< elements that must be found in it as well

  bool empty() const { return words.empty() && titles.empty(); }
  bool operator==(const Headings&) const = default;
};

/// What files of a kind are called where their content cannot be read: pictures and recordings.
/// Letters match in either case.
struct FileNames {
  std::vector<std::string> suffixes;  ///< "jpg"; without a dot
  std::vector<std::string> words;     ///< one of them is in the name…
  bool folders = false;               ///< …or in the name of a folder above it

  bool empty() const { return suffixes.empty(); }
  bool operator==(const FileNames&) const = default;
};

}  // namespace huxin::catalog
