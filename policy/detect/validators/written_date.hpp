#pragma once
#include <optional>
#include <string_view>

#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// A date as people write it. `end` is the offset behind it.
struct WrittenDate {
  Date date;
  std::size_t end = 0;
};

/// Reads the date that begins at `at`: 1990-03-07, 1990/3/7, 1990.3.7, 1990 03 07, 1990年3月7日,
/// 一九九〇年三月七日, 19900307 (GB/T 7408.1-2023 and the forms beside it), 07-Mar-1990, 7th March
/// 1990, 1990-Mar-07, March 7, 1990, and 07/03/1990, which is taken for the day first unless only
/// the month first makes a date. Real days only, of four-digit years; nothing where a digit or
/// letter follows, but for a time (T00:00:00).
std::optional<WrittenDate> written_date(std::string_view text, std::size_t at);

}  // namespace huxin::detect
