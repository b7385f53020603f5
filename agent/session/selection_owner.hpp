#pragma once
#include <map>
#include <string>

#include "agent/session/x11_display.hpp"

namespace huxin::session {

/// Owns selections in place of the application copied from, and serves the text put there
/// (ICCCM 2.2). Not thread-safe.
class SelectionOwner {
 public:
  explicit SelectionOwner(X11Display& display) : display_(display) {}

  /// Takes a selection, unless somebody took it after `time`. False then.
  /// `text`: UTF-8; empty: the selection holds nothing. It is served as UTF8_STRING, text/plain and
  /// STRING, until somebody else copies.
  bool own(xcb_atom_t selection, xcb_timestamp_t time, std::string text);
  bool owns(xcb_atom_t selection) const { return texts_.contains(selection); }
  /// Always answered, if only by a refusal. What does not fit into one property is refused.
  void on_request(const xcb_selection_request_event_t& request);
  /// Somebody else copied.
  void on_clear(xcb_atom_t selection) { texts_.erase(selection); }

 private:
  bool answer(const xcb_selection_request_event_t& request, xcb_atom_t property);
  bool put(const xcb_selection_request_event_t& request, xcb_atom_t property, xcb_atom_t type,
           const std::string& bytes);

  X11Display& display_;
  std::map<xcb_atom_t, std::string> texts_;
};

}  // namespace huxin::session
