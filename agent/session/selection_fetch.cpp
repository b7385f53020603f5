#include "agent/session/selection_fetch.hpp"

#include <algorithm>
#include <cstring>

#include "agent/session/latin1.hpp"
#include "agent/session/wire.hpp"

namespace huxin::session {
namespace {

constexpr std::chrono::seconds kSilence{5};

}  // namespace

void SelectionFetch::start(xcb_timestamp_t time, Moment now) {
  time_ = time;
  wanted_.clear();
  ask(display_.atoms().targets, Step::kTargets, now);
}

void SelectionFetch::ask(xcb_atom_t target, Step step, Moment now) {
  step_ = step;
  target_ = target;
  text_ = {};
  deadline_ = now + kSilence;
  xcb_delete_property(display_.connection(), display_.window(), property_);
  xcb_convert_selection(display_.connection(), display_.window(), selection_, target, property_,
                        time_);
  xcb_flush(display_.connection());
}

void SelectionFetch::next(Moment now) {
  if (wanted_.empty()) return stop();
  const xcb_atom_t target = wanted_.front();
  wanted_.erase(wanted_.begin());
  ask(target, Step::kData, now);
}

void SelectionFetch::choose_formats(const std::string& targets) {
  std::vector<xcb_atom_t> offered(targets.size() / sizeof(xcb_atom_t));
  std::memcpy(offered.data(), targets.data(), offered.size() * sizeof(xcb_atom_t));
  const auto has = [&](xcb_atom_t atom) {
    return std::ranges::find(offered, atom) != offered.end();
  };
  const Atoms& atoms = display_.atoms();
  for (const xcb_atom_t plain :
       {atoms.utf8_string, atoms.plain_utf8, xcb_atom_t{XCB_ATOM_STRING}}) {
    if (!has(plain)) continue;
    wanted_.push_back(plain);
    break;
  }
  if (has(atoms.html)) wanted_.push_back(atoms.html);
  if (has(atoms.uri_list)) wanted_.push_back(atoms.uri_list);
}

std::optional<SelectionFetch::Text> SelectionFetch::on_notify(
    const xcb_selection_notify_event_t& event, Moment now) {
  const bool asked = step_ == Step::kTargets || step_ == Step::kData;
  // An answer to a question given up since, to the owner before, is not ours.
  if (!asked || event.selection != selection_ || event.target != target_ || event.time != time_)
    return std::nullopt;
  deadline_ = now + kSilence;
  xcb_atom_t type = XCB_ATOM_NONE;
  std::string bytes = event.property == XCB_ATOM_NONE ? std::string() : take_property(type);
  if (step_ == Step::kTargets) {
    choose_formats(bytes);
    // An owner too old for TARGETS still knows STRING.
    if (bytes.empty()) wanted_ = {display_.atoms().utf8_string, XCB_ATOM_STRING};
    next(now);
    return std::nullopt;
  }
  if (type == display_.atoms().incr) {
    step_ = Step::kIncrement;
    return std::nullopt;
  }
  if (event.property == XCB_ATOM_NONE) {
    next(now);
    return std::nullopt;
  }
  text_.bytes = std::move(bytes);
  return finish();
}

std::optional<SelectionFetch::Text> SelectionFetch::on_property(
    const xcb_property_notify_event_t& event, Moment now) {
  if (step_ != Step::kIncrement || event.atom != property_ || event.state != XCB_PROPERTY_NEW_VALUE)
    return std::nullopt;
  deadline_ = now + kSilence;
  xcb_atom_t type = XCB_ATOM_NONE;
  const std::string piece = take_property(type);
  if (piece.empty()) return finish();
  text_.bytes += piece;
  return text_.bytes.size() > kMaxText ? finish() : std::nullopt;
}

std::optional<SelectionFetch::Text> SelectionFetch::finish() {
  step_ = Step::kHeld;
  text_.truncated = text_.bytes.size() > kMaxText;
  if (text_.truncated) text_.bytes.resize(kMaxText);
  const Atoms& atoms = display_.atoms();
  text_.format = target_ == atoms.html       ? "text/html"
                 : target_ == atoms.uri_list ? "text/uri-list"
                                             : "text/plain";
  if (target_ == XCB_ATOM_STRING) text_.bytes = from_latin1(text_.bytes);
  if (target_ == XCB_ATOM_STRING && text_.bytes.size() > kMaxText) text_.bytes.resize(kMaxText);
  return std::move(text_);
}

std::string SelectionFetch::take_property(xcb_atom_t& type) {
  constexpr std::uint32_t kWords = kMaxText / 4 + 1;
  const auto cookie = xcb_get_property(display_.connection(), 1, display_.window(), property_,
                                       XCB_ATOM_ANY, 0, kWords);
  const Reply<xcb_get_property_reply_t> reply(
      xcb_get_property_reply(display_.connection(), cookie, nullptr));
  if (!reply) return {};
  type = reply->type;
  if (reply->bytes_after > 0)
    xcb_delete_property(display_.connection(), display_.window(), property_);
  const auto* start = static_cast<const char*>(xcb_get_property_value(reply.get()));
  return {start, static_cast<std::size_t>(xcb_get_property_value_length(reply.get()))};
}

std::optional<SelectionFetch::Moment> SelectionFetch::tick(Moment now) {
  if (step_ == Step::kIdle || step_ == Step::kHeld) return std::nullopt;
  if (now < deadline_) return deadline_;
  next(now);
  return idle() ? std::nullopt : std::optional(deadline_);
}

}  // namespace huxin::session
