#include "policy/detect/recognise/framed.hpp"

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/machine_readable_zone.hpp"
#include "policy/detect/validators/track1.hpp"
#include "policy/detect/validators/track2.hpp"
#include "policy/detect/validators/track3.hpp"

namespace huxin::detect {
namespace {

class Reader {
 public:
  Reader(std::string_view text, const Group& group, std::vector<Candidate>& out)
      : text_(text), group_(group), out_(out) {}

  void read() {
    const char before = group_.begin > 0 ? text_[group_.begin - 1] : ' ';
    if (before == '%') take(Kind::kTrack1, group_.begin - 1, track1_length(from_mark(80)));
    if (before == ';') take(Kind::kTrack3, group_.begin - 1, track3_length(from_mark(108)));
    if (before == '\n') read_zone();
    read_track2(before == ';');
  }

 private:
  std::string_view from_mark(std::size_t length) const {
    return text_.substr(group_.begin - 1, length);
  }

  // The line before has as many characters.
  void read_zone() {
    if (group_.size() < 20 || group_.size() > kZoneLine) return;
    const std::size_t newline = group_.begin - 1;
    const std::size_t end = newline > 0 && text_[newline - 1] == '\r' ? newline - 1 : newline;
    if (end < kZoneLine) return;
    const std::size_t begin = end - kZoneLine;
    if (begin > 0 && is_ascii_alnum(text_[begin - 1])) return;
    const std::size_t behind = group_.begin + kZoneLine;
    if (behind < text_.size() && is_ascii_alnum(text_[behind])) return;
    if (is_machine_readable_zone(text_.substr(begin, kZoneLine),
                                 text_.substr(group_.begin, kZoneLine))) {
      take(Kind::kMachineReadableZone, begin, behind - begin);
    }
  }

  void read_track2(bool sentinel) {
    const std::size_t begin = sentinel ? group_.begin - 1 : group_.begin;
    const bool separated = group_.digits && group_.end < text_.size() && text_[group_.end] == '=';
    if (!separated && (group_.digits || group_.size() < 21 || group_.size() > 40)) return;
    const std::size_t length = track2_length(text_.substr(begin, 64));
    const std::size_t end = begin + length;
    if (length > 0 && end < text_.size() && is_ascii_alnum(text_[end]) &&
        is_ascii_alnum(text_[end - 1])) {
      return;
    }
    take(Kind::kTrack2, begin, length);
  }

  void take(Kind kind, std::size_t begin, std::size_t length) {
    if (length > 0) out_.push_back({.span = {begin, begin + length}, .kind = kind});
  }

  std::string_view text_;
  const Group& group_;
  std::vector<Candidate>& out_;
};

}  // namespace

void recognise_framed(std::string_view text, const Group& group,
                      std::vector<Candidate>& candidates) {
  Reader(text, group, candidates).read();
}

}  // namespace huxin::detect
