#include "policy/detect/recognise/file_name.hpp"

#include <algorithm>
#include <string>

#include "policy/catalog/file_words.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/context.hpp"

namespace huxin::detect {
namespace {

// A word of its own: letters of the same alphabet around it make another word of it.
bool has_word(std::string_view name, std::string_view lowered, std::string_view word) {
  for (std::size_t at = lowered.find(word); at != std::string_view::npos;
       at = lowered.find(word, at + 1)) {
    if (begins_word(name, at) && ends_word(name, at + word.size())) return true;
  }
  return false;
}

}  // namespace

bool tells_kind(const catalog::FileNames& names, std::string_view where) {
  if (names.empty()) return false;
  const std::size_t part = where.find_last_of("!/\\");
  const std::size_t begin = part == std::string_view::npos ? 0 : part + 1;
  const std::string place = ascii_lowered(where);
  const std::string_view name = std::string_view(place).substr(begin);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view suffix = name.substr(dot + 1);
  if (std::ranges::find(names.suffixes, suffix) == names.suffixes.end()) return false;
  const auto in_name = [&](std::string_view word) {
    return has_word(where.substr(begin), name, word);
  };
  if (std::ranges::any_of(catalog::document_words(), in_name)) return false;
  return std::ranges::any_of(names.words, [&](const std::string& word) {
    return names.folders ? has_word(where, place, word) : in_name(word);
  });
}

}  // namespace huxin::detect
