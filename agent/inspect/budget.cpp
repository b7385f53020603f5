#include "agent/inspect/budget.hpp"

namespace huxin::inspect {

namespace {

extract::PictureBudget picture_budget(const rule::PictureSettings& settings) {
  return {.codes = settings.codes,
          .text = settings.ocr,
          .max_pixels = settings.max_pixels,
          .max_pages = settings.max_pages,
          .page_deadline = settings.page_deadline};
}

}  // namespace

extract::Budget budget_of(const rule::InspectionSettings& settings) {
  return {.max_bytes = settings.max_bytes,
          .max_output = settings.max_output,
          .max_ratio = settings.max_ratio,
          .max_entries = settings.max_entries,
          .max_depth = settings.max_depth,
          .deadline = settings.deadline,
          .pictures = picture_budget(settings.pictures)};
}

}  // namespace huxin::inspect
