#include "agent/session/selection_owner.hpp"

#include <array>

#include "agent/session/latin1.hpp"

namespace huxin::session {

bool SelectionOwner::own(xcb_atom_t selection, xcb_timestamp_t time, std::string text) {
  xcb_set_selection_owner(display_.connection(), display_.window(), selection, time);
  if (display_.owner(selection) != display_.window()) return false;
  texts_[selection] = std::move(text);
  return true;
}

void SelectionOwner::on_request(const xcb_selection_request_event_t& request) {
  // An obsolete client names no property and means the target (ICCCM 2.2).
  const xcb_atom_t property = request.property == XCB_ATOM_NONE ? request.target : request.property;
  xcb_selection_notify_event_t reply{};
  reply.response_type = XCB_SELECTION_NOTIFY;
  reply.time = request.time;
  reply.requestor = request.requestor;
  reply.selection = request.selection;
  reply.target = request.target;
  reply.property = answer(request, property) ? property : xcb_atom_t{XCB_ATOM_NONE};
  // xcb sends 32 bytes whatever the event is.
  std::array<char, 32> event{};
  std::copy_n(reinterpret_cast<const char*>(&reply), sizeof reply, event.data());
  xcb_send_event(display_.connection(), 0, request.requestor, 0, event.data());
  xcb_flush(display_.connection());
}

bool SelectionOwner::answer(const xcb_selection_request_event_t& request, xcb_atom_t property) {
  const auto held = texts_.find(request.selection);
  if (held == texts_.end()) return false;
  const Atoms& atoms = display_.atoms();
  if (request.target == atoms.targets) {
    const std::array<xcb_atom_t, 5> targets{atoms.targets, atoms.utf8_string, atoms.plain_utf8,
                                            atoms.text, XCB_ATOM_STRING};
    xcb_change_property(display_.connection(), XCB_PROP_MODE_REPLACE, request.requestor, property,
                        XCB_ATOM_ATOM, 32, targets.size(), targets.data());
    return true;
  }
  if (request.target == XCB_ATOM_STRING)
    return put(request, property, XCB_ATOM_STRING, to_latin1(held->second));
  if (request.target == atoms.plain_utf8)
    return put(request, property, atoms.plain_utf8, held->second);
  const bool text = request.target == atoms.utf8_string || request.target == atoms.text;
  return text && put(request, property, atoms.utf8_string, held->second);
}

/// One request holds 16 MiB with BIG-REQUESTS, twice what is ever served; without, larger is
/// refused.
bool SelectionOwner::put(const xcb_selection_request_event_t& request, xcb_atom_t property,
                         xcb_atom_t type, const std::string& bytes) {
  if (bytes.size() > display_.max_property()) return false;
  xcb_change_property(display_.connection(), XCB_PROP_MODE_REPLACE, request.requestor, property,
                      type, 8, static_cast<std::uint32_t>(bytes.size()), bytes.data());
  return true;
}

}  // namespace huxin::session
