#include "agent/extract/extraction.hpp"

#include <algorithm>
#include <iterator>

#include "policy/text/printable.hpp"

namespace huxin::extract {

namespace {
/// Below this an archive's ratio says nothing: a kilobyte of spaces packs a thousandfold.
constexpr std::size_t kRatioFloor = std::size_t{1} << 20U;

/// What can keep content from being seen, the gravest first: a file has one reason, and it is the
/// one an officer would ask about.
constexpr std::string_view kGravest[] = {
    "encrypted",          // somebody saw to it that nobody can look
    "bomb",               // made to exhaust whoever looks
    "too_deep",           // hidden below more levels than anybody packs
    "too_many_entries",   // hidden among more members than anybody packs
    "too_large",          // the rest, which may be most of it, was not read
    "timeout",            // the same, for want of time
    "no_worker",          // no process could be started for it
    "too_many_pictures",  // the rest of them was not looked at
    "no_pdftotext",       // every PDF goes unread until somebody installs it
    "no_tesseract",       // the same of pictures
    "no_text",            // pictures of pages: text there is, and none was read
    "corrupt",            // what could be read was
    "unsupported",        // a format that is not read: mostly pictures, beside what was
    "stopped",            // the sink had enough, and knows it
};

std::size_t rank(std::string_view reason) {
  return static_cast<std::size_t>(std::ranges::find(kGravest, reason) - std::begin(kGravest));
}
}  // namespace

std::span<const std::string_view> reasons() { return kGravest; }

Extraction::Extraction(const Budget& budget, const Sink& sink)
    : budget_(budget), sink_(sink), deadline_(std::chrono::steady_clock::now() + budget.deadline) {}

void Extraction::emit(text::Document&& document) {
  if (stopped_) return;
  produced_ += document.text.size();
  emit_window(std::move(document));
  if (produced_ > budget_.max_output) stop("too_large");
}

void Extraction::emit_window(text::Document&& document) {
  if (stopped_ || document.text.empty()) return;
  ++documents_;
  text::make_printable(document.where);
  std::ranges::for_each(document.groups, text::make_printable);
  if (!sink_(std::move(document))) stop("stopped");
  check_time();
}

void Extraction::emit_name(const std::string& where) {
  if (stopped_) return;
  text::Document document;
  document.where = text::printable(where);
  if (!sink_(std::move(document))) stop("stopped");
}

void Extraction::spend(std::size_t packed, std::size_t unpacked_here, std::size_t unpacked_now) {
  produced_ += unpacked_now;
  if (unpacked_here > kRatioFloor && unpacked_here / budget_.max_ratio > packed) stop("bomb");
  if (produced_ > budget_.max_output) stop("too_large");
  check_time();
}

void Extraction::enter_member() {
  if (++entries_ > budget_.max_entries) stop("too_many_entries");
}

bool Extraction::enter_page() {
  const bool allowed = pages_ < budget_.pictures.max_pages;
  allowed ? static_cast<void>(++pages_) : lose("too_many_pictures");
  return allowed;
}

void Extraction::check_time() {
  if (!stopped_ && std::chrono::steady_clock::now() >= deadline_) stop("timeout");
}

void Extraction::lose(std::string_view reason) {
  ran_out_ = ran_out_ || reason == "timeout" || reason == "no_worker";
  if (reason_.empty() || rank(reason) < rank(reason_)) reason_ = reason;
}

void Extraction::stop(std::string_view reason) {
  lose(reason);
  stopped_ = true;
}

std::chrono::milliseconds Extraction::time_left() const {
  const auto left = deadline_ - std::chrono::steady_clock::now();
  return std::max(std::chrono::milliseconds(0), std::chrono::ceil<std::chrono::milliseconds>(left));
}

std::size_t Extraction::output_left() const {
  return produced_ >= budget_.max_output ? 0 : budget_.max_output - produced_;
}

Extraction::Descent::Descent(Extraction& extraction) : extraction_(extraction), allowed_(true) {
  if (++extraction_.depth_ > extraction_.budget_.max_depth) {
    allowed_ = false;
    extraction_.lose("too_deep");
  }
}

Extraction::Look::Look(Extraction& extraction) : extraction_(extraction) {
  const Budget& budget = extraction.budget_;
  if (budget.pictures.text || extraction.looked_ < share(budget)) return;
  allowed_ = false;
  extraction.lose(late());
}

std::chrono::milliseconds Extraction::Look::left() const {
  using std::chrono::milliseconds;
  const Budget& budget = extraction_.budget_;
  if (budget.pictures.text) return budget.pictures.page_deadline;
  const auto spent = extraction_.looked_ + (std::chrono::steady_clock::now() - begin_);
  return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(share(budget) - spent));
}

std::string_view Extraction::Look::late() const {
  return extraction_.budget_.pictures.text ? "timeout" : "too_many_pictures";
}

}  // namespace huxin::extract
