#include "agent/guard/stream_table.hpp"

#include <algorithm>

namespace huxin::guard {

TextInParts::TextInParts(const detect::Detector& detector, detect::ScanContext& context,
                         const known::PrintMatcher& matcher, Time today, const std::string& where,
                         const detect::Enough& enough)
    : documents(matcher), text(detector, context, today, where, enough) {
  text.show([this](text::Document&& document) {
    documents.add(document.text, document.where);
    snippets.keep(std::move(document));
  });
}

TextInParts& StreamTable::begin(std::unique_ptr<TextInParts> stream) {
  end(stream->id);
  if (streams_.size() >= kMost) streams_.pop_front();
  return *streams_.emplace_back(std::move(stream));
}

TextInParts* StreamTable::find(std::uint64_t id, std::uint64_t part) {
  const auto found =
      std::ranges::find_if(streams_, [&](const auto& each) { return each->id == id; });
  if (found == streams_.end()) return nullptr;
  if ((*found)->next != part) {
    streams_.erase(found);
    return nullptr;
  }
  ++(*found)->next;
  streams_.splice(streams_.end(), streams_, found);
  return streams_.back().get();
}

void StreamTable::end(std::uint64_t id) {
  std::erase_if(streams_, [&](const auto& each) { return each->id == id; });
}

}  // namespace huxin::guard
