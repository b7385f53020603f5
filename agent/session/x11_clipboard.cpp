#include "agent/session/x11_clipboard.hpp"

#include <xcb/xfixes.h>

namespace huxin::session {
namespace {

constexpr std::uint32_t kMask = 2;
constexpr std::uint32_t kClear = 3;
constexpr std::uint8_t kSent = 0x80;  ///< set in events another client sent

}  // namespace

X11Clipboard::X11Clipboard(std::unique_ptr<X11Display> display, Submit submit)
    : display_(std::move(display)),
      submit_(std::move(submit)),
      owner_(*display_),
      watched_{Watched{.selection = display_->atoms().clipboard,
                       .number = 1,
                       .fetch = {*display_, display_->atoms().clipboard,
                                 display_->atoms().transfer_clipboard}},
               Watched{.selection = display_->atoms().primary,
                       .number = 2,
                       .fetch = {*display_, display_->atoms().primary,
                                 display_->atoms().transfer_primary}}} {}

X11Clipboard::Watched* X11Clipboard::find(xcb_atom_t selection) {
  for (Watched& watched : watched_) {
    if (watched.selection == selection) return &watched;
  }
  return nullptr;
}

void X11Clipboard::recheck(Moment now) {
  for (const Watched& watched : watched_) {
    on_owner(watched.selection, display_->owner(watched.selection), XCB_CURRENT_TIME, now);
  }
}

void X11Clipboard::give_up() {
  for (Watched& watched : watched_) {
    watched.fetch.stop();
    watched.pending = 0;
  }
}

void X11Clipboard::on_owner(xcb_atom_t selection, xcb_window_t owner, xcb_timestamp_t time,
                            Moment now) {
  Watched* watched = find(selection);
  if (watched == nullptr || owner == display_->window()) return;
  watched->pending = 0;
  watched->plain.clear();
  watched->owner = owner;
  watched->time = time;
  if (owner == XCB_WINDOW_NONE) return watched->fetch.stop();
  watched->fetch.start(time, now);
}

void X11Clipboard::submit(Watched& watched, SelectionFetch::Text text) {
  ClipboardOffer offer;
  offer.set_id(next_id_++);
  offer.set_selection(watched.number);
  offer.set_format(text.format);
  offer.set_source_pid(display_->process_of(watched.owner));
  offer.set_source(display_->class_of(watched.owner));
  offer.set_truncated(text.truncated);
  watched.pending = offer.id();
  watched.format = text.format;
  if (!submit_(offer, text.bytes)) return;  // asked again when the guardian is back
  if (text.format == "text/plain") watched.plain = std::move(text.bytes);
}

void X11Clipboard::on_verdict(const Verdict& verdict, Moment now) {
  for (Watched& watched : watched_) {
    if (watched.pending == 0 || watched.pending != verdict.message.id()) continue;
    watched.pending = 0;
    const std::uint32_t action = verdict.message.action();
    if (action != kMask && action != kClear) return watched.fetch.next(now);
    watched.fetch.stop();
    // Masked markup is no text to paste; the plain text of the same copy was allowed before.
    const bool plain = watched.format == "text/plain";
    std::string text = action == kClear ? std::string()
                       : plain          ? verdict.replacement
                                        : watched.plain;
    owner_.own(watched.selection, watched.time, std::move(text));
  }
}

bool X11Clipboard::run(Moment now) {
  while (const Reply<xcb_generic_event_t> event{xcb_poll_for_event(display_->connection())})
    on_event(*event, now);
  xcb_flush(display_->connection());
  return xcb_connection_has_error(display_->connection()) == 0;
}

void X11Clipboard::on_event(const xcb_generic_event_t& event, Moment now) {
  const auto type = static_cast<std::uint8_t>(event.response_type & ~kSent);
  if (type == display_->first_fixes_event() + XCB_XFIXES_SELECTION_NOTIFY) {
    const auto& change = reinterpret_cast<const xcb_xfixes_selection_notify_event_t&>(event);
    return on_owner(change.selection, change.owner, change.selection_timestamp, now);
  }
  if (type == XCB_SELECTION_REQUEST)
    return owner_.on_request(reinterpret_cast<const xcb_selection_request_event_t&>(event));
  if (type == XCB_SELECTION_CLEAR)
    return owner_.on_clear(reinterpret_cast<const xcb_selection_clear_event_t&>(event).selection);
  for (Watched& watched : watched_) {
    std::optional<SelectionFetch::Text> text;
    if (type == XCB_SELECTION_NOTIFY) {
      text = watched.fetch.on_notify(reinterpret_cast<const xcb_selection_notify_event_t&>(event),
                                     now);
    } else if (type == XCB_PROPERTY_NOTIFY) {
      text = watched.fetch.on_property(reinterpret_cast<const xcb_property_notify_event_t&>(event),
                                       now);
    }
    if (text) submit(watched, std::move(*text));
  }
}

std::optional<X11Clipboard::Moment> X11Clipboard::tick(Moment now) {
  std::optional<Moment> next;
  for (Watched& watched : watched_) {
    const auto due = watched.fetch.tick(now);
    if (due && (!next || *due < *next)) next = due;
  }
  return next;
}

}  // namespace huxin::session
