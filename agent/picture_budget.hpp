#pragma once
#include "agent/extract/extract.hpp"
#include "policy/rule/policy.hpp"

namespace huxin::agent {

/// What a policy lets extraction do with pictures.
inline extract::PictureBudget picture_budget(const rule::PictureSettings& settings) {
  return {.codes = settings.codes,
          .text = settings.ocr,
          .max_pixels = settings.max_pixels,
          .max_pages = settings.max_pages,
          .page_deadline = settings.page_deadline};
}

}  // namespace huxin::agent
