#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "agent/session/agent_link.hpp"
#include "agent/session/selection_fetch.hpp"
#include "agent/session/selection_owner.hpp"
#include "agent/session/x11_display.hpp"

namespace huxin::session {

/// Watches CLIPBOARD and PRIMARY of an X display: has every text that is copied judged, and puts
/// nothing, or a masked text, in its place when the verdict says so.
///
/// Formats go one by one, plain text first; the next is only asked for when the one before was
/// allowed. A verdict acts only on the copy it was given for: whoever copied since keeps the
/// selection, and has a verdict of his own coming. An application may paste before the verdict is
/// there, and a clipboard manager may keep a copy of its own. Not thread-safe; never blocks but on
/// the X server.
class X11Clipboard {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  /// Gives an offer to the guardian; false: it is away.
  using Submit = std::function<bool(const ClipboardOffer&, std::string_view)>;

  /// `submit` is called inside run().
  X11Clipboard(std::unique_ptr<X11Display> display, Submit submit);

  int fd() const { return display_->fd(); }
  /// Has what is in the selections now judged: the guardian came (back).
  void recheck(Moment now);
  /// The guardian is gone: no verdict will come.
  void give_up();
  /// One that came too late, for a copy that is gone, does nothing.
  void on_verdict(const Verdict& verdict, Moment now);
  /// Handles what has come; false when the X server is gone.
  bool run(Moment now);
  /// When to call again; nothing: when something comes.
  std::optional<Moment> tick(Moment now);

 private:
  struct Watched {
    xcb_atom_t selection;
    std::uint32_t number;  ///< on the wire
    SelectionFetch fetch;
    xcb_timestamp_t time = 0;  ///< of the copy
    xcb_window_t owner = 0;
    std::uint64_t pending = 0;  ///< offer under judgement; 0: none
    std::string plain;          ///< its plain text, once that was allowed
    std::string format;         ///< under judgement
  };
  void on_event(const xcb_generic_event_t& event, Moment now);
  /// A new copy: what was under judgement for the one before is dropped.
  void on_owner(xcb_atom_t selection, xcb_window_t owner, xcb_timestamp_t time, Moment now);
  /// Offers a text; if the guardian is away, recheck() asks again.
  void submit(Watched& watched, SelectionFetch::Text text);
  Watched* find(xcb_atom_t selection);

  std::unique_ptr<X11Display> display_;
  Submit submit_;
  SelectionOwner owner_;
  std::array<Watched, 2> watched_;
  std::uint64_t next_id_ = 1;
};

}  // namespace huxin::session
