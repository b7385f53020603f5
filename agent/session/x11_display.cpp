#include "agent/session/x11_display.hpp"

#include <xcb/res.h>
#include <xcb/xfixes.h>

#include <algorithm>

namespace huxin::session {

Result<std::unique_ptr<X11Display>> X11Display::open(const std::string& name) {
  std::unique_ptr<X11Display> display(new X11Display(xcb_connect(name.c_str(), nullptr)));
  if (xcb_connection_has_error(display->connection_) != 0)
    return fail(Errc::kUnavailable, "no X server at {}", name);
  if (const Status ready = display->prepare(); !ready) return std::unexpected(ready.error());
  return display;
}

X11Display::~X11Display() { xcb_disconnect(connection_); }

int X11Display::fd() const { return xcb_get_file_descriptor(connection_); }

std::size_t X11Display::max_property() const {
  return std::size_t{xcb_get_maximum_request_length(connection_)} * 4 - 64;
}

Status X11Display::prepare() {
  const auto* fixes = xcb_get_extension_data(connection_, &xcb_xfixes_id);
  if (fixes == nullptr || fixes->present == 0)
    return fail(Errc::kUnsupported, "the X server has no XFixes");
  first_fixes_event_ = fixes->first_event;
  const Reply<xcb_xfixes_query_version_reply_t> version(xcb_xfixes_query_version_reply(
      connection_, xcb_xfixes_query_version(connection_, 5, 0), nullptr));
  if (!version) return fail(Errc::kUnsupported, "the X server does not answer XFixes");
  const auto* res = xcb_get_extension_data(connection_, &xcb_res_id);
  if (res != nullptr && res->present != 0) {
    const Reply<xcb_res_query_version_reply_t> got(xcb_res_query_version_reply(
        connection_, xcb_res_query_version(connection_, 1, 2), nullptr));
    has_res_ = got && (got->server_major > 1 || got->server_minor >= 2);
  }
  const auto screens = xcb_setup_roots_iterator(xcb_get_setup(connection_));
  if (screens.rem == 0) return fail(Errc::kUnsupported, "the X server has no screen");
  root_ = screens.data->root;
  window_ = xcb_generate_id(connection_);
  const std::uint32_t events = XCB_EVENT_MASK_PROPERTY_CHANGE;
  xcb_create_window(connection_, 0, window_, root_, -1, -1, 1, 1, 0, XCB_WINDOW_CLASS_INPUT_ONLY,
                    XCB_COPY_FROM_PARENT, XCB_CW_EVENT_MASK, &events);
  intern_all();
  for (const xcb_atom_t selection : {atoms_.clipboard, atoms_.primary}) {
    xcb_xfixes_select_selection_input(connection_, window_, selection,
                                      XCB_XFIXES_SELECTION_EVENT_MASK_SET_SELECTION_OWNER);
  }
  xcb_flush(connection_);
  return {};
}

xcb_atom_t X11Display::intern(std::string_view name) const {
  const auto cookie =
      xcb_intern_atom(connection_, 0, static_cast<std::uint16_t>(name.size()), name.data());
  const Reply<xcb_intern_atom_reply_t> reply(xcb_intern_atom_reply(connection_, cookie, nullptr));
  return reply ? reply->atom : xcb_atom_t{XCB_ATOM_NONE};
}

void X11Display::intern_all() {
  atoms_ = {.clipboard = intern("CLIPBOARD"),
            .primary = XCB_ATOM_PRIMARY,
            .targets = intern("TARGETS"),
            .incr = intern("INCR"),
            .utf8_string = intern("UTF8_STRING"),
            .text = intern("TEXT"),
            .plain_utf8 = intern("text/plain;charset=utf-8"),
            .html = intern("text/html"),
            .uri_list = intern("text/uri-list"),
            .transfer_clipboard = intern("HUXIN_CLIPBOARD"),
            .transfer_primary = intern("HUXIN_PRIMARY")};
}

xcb_window_t X11Display::owner(xcb_atom_t selection) const {
  const Reply<xcb_get_selection_owner_reply_t> reply(xcb_get_selection_owner_reply(
      connection_, xcb_get_selection_owner(connection_, selection), nullptr));
  return reply ? reply->owner : xcb_window_t{XCB_WINDOW_NONE};
}

std::int32_t X11Display::process_of(xcb_window_t window) const {
  if (!has_res_) return 0;
  const xcb_res_client_id_spec_t spec{.client = window,
                                      .mask = XCB_RES_CLIENT_ID_MASK_LOCAL_CLIENT_PID};
  const Reply<xcb_res_query_client_ids_reply_t> reply(xcb_res_query_client_ids_reply(
      connection_, xcb_res_query_client_ids(connection_, 1, &spec), nullptr));
  if (!reply) return 0;
  for (auto id = xcb_res_query_client_ids_ids_iterator(reply.get()); id.rem > 0;
       xcb_res_client_id_value_next(&id)) {
    if ((id.data->spec.mask & XCB_RES_CLIENT_ID_MASK_LOCAL_CLIENT_PID) == 0) continue;
    if (xcb_res_client_id_value_value_length(id.data) == 0) continue;
    return static_cast<std::int32_t>(*xcb_res_client_id_value_value(id.data));
  }
  return 0;
}

std::string X11Display::class_of(xcb_window_t window) const {
  const auto cookie =
      xcb_get_property(connection_, 0, window, XCB_ATOM_WM_CLASS, XCB_ATOM_STRING, 0, 64);
  const Reply<xcb_get_property_reply_t> reply(xcb_get_property_reply(connection_, cookie, nullptr));
  if (!reply) return {};
  const auto* start = static_cast<const char*>(xcb_get_property_value(reply.get()));
  std::string name(start, static_cast<std::size_t>(xcb_get_property_value_length(reply.get())));
  name.resize(std::min(name.find('\0'), name.size()));
  std::erase_if(name, [](char c) { return c < ' ' || c > '~'; });
  return name;
}

}  // namespace huxin::session
