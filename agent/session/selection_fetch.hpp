#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "agent/session/x11_display.hpp"

namespace huxin::session {

/// Asks the owner of a selection for its texts, one format after another (ICCCM 2.4, 2.7.2 for
/// INCR). Not thread-safe; never waits for the owner. An owner that stops answering is given up. It
/// is asked for at most kMaxText; what is more is not read.
class SelectionFetch {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  /// From whatever application owns the selection: hostile, and not valid UTF-8 by itself.
  struct Text {
    std::string format;  ///< "text/plain" (UTF-8), "text/html", "text/uri-list"
    std::string bytes;
    bool truncated = false;  ///< there was more than kMaxText
  };

  /// `property`: on our window, one for each selection, so that two fetches do not meet.
  SelectionFetch(X11Display& display, xcb_atom_t selection, xcb_atom_t property)
      : display_(display), selection_(selection), property_(property) {}

  /// Starts over with the owner of this moment. `time`: of the change of owner, as ICCCM wants it
  /// in requests.
  void start(xcb_timestamp_t time, Moment now);
  void stop() { step_ = Step::kIdle; }
  /// Goes on to the next format. Idle afterwards when there is none left.
  void next(Moment now);

  /// Takes an event of ours; gives a text when one is complete. Ask next() for more.
  std::optional<Text> on_notify(const xcb_selection_notify_event_t& event, Moment now);
  std::optional<Text> on_property(const xcb_property_notify_event_t& event, Moment now);
  /// Gives up an owner that has been silent too long; returns when to look again.
  std::optional<Moment> tick(Moment now);
  bool idle() const { return step_ == Step::kIdle; }

 private:
  /// kHeld: a text was given, next() has not been called.
  enum class Step : std::uint8_t { kIdle, kTargets, kData, kIncrement, kHeld };
  void ask(xcb_atom_t target, Step step, Moment now);
  void choose_formats(const std::string& targets);
  std::optional<Text> finish();
  /// Reads and deletes the property; its type in `type`.
  std::string take_property(xcb_atom_t& type);

  X11Display& display_;
  xcb_atom_t selection_;
  xcb_atom_t property_;
  Step step_ = Step::kIdle;
  xcb_timestamp_t time_ = 0;
  xcb_atom_t target_ = 0;
  std::vector<xcb_atom_t> wanted_;
  Text text_;
  Moment deadline_{};
};

}  // namespace huxin::session
