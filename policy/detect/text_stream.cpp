#include "policy/detect/text_stream.hpp"

#include <algorithm>

namespace huxin::detect {
namespace {

constexpr std::size_t kGuessed = std::size_t{64} << 10U;  // bytes that the encoding is guessed from

}  // namespace

TextStream::TextStream(const Detector& detector, ScanContext& context, Time today,
                       std::string where, const Enough& enough, std::size_t window)
    : builder_(detector, context, today, enough), where_(std::move(where)), window_(window) {}

void TextStream::guess() {
  if (!reader_) reader_.emplace(text::guess_encoding(as_bytes(held_)), window_);
}

Status TextStream::inspect(text::Window&& window) {
  text::Document document;
  document.where = where_;
  document.text = std::move(window.decoded.text);
  document.origin = std::move(window.decoded.origin);
  document.first_line = window.line;
  if (auto added = builder_.add(document); !added) return added;
  if (seen_) seen_(std::move(document));
  return {};
}

Status TextStream::add(ByteView piece) {
  if (stopped()) return {};
  held_ += as_text(piece);
  if (held_.size() <= std::max(window_, kGuessed)) return {};
  guess();
  const std::size_t begin = reader_->begin();
  Status status;
  while (status) {
    auto window = reader_->next(as_bytes(held_).subspan(reader_->begin() - begin));
    if (!window) break;
    status = inspect(*std::move(window));
  }
  held_.erase(0, reader_->begin() - begin);
  return status;
}

Result<Inspection> TextStream::finish() {
  guess();
  const std::size_t begin = reader_->begin();
  while (auto window = reader_->last(as_bytes(held_).subspan(reader_->begin() - begin))) {
    if (auto status = inspect(*std::move(window)); !status) return std::unexpected(status.error());
  }
  return builder_.finish();
}

}  // namespace huxin::detect
