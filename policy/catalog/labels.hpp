#pragma once
#include <span>
#include <string_view>

namespace huxin::catalog {

/// Labels that speak against a finding: numbers under them are orders, invoices, log entries and
/// the like, no customer's. Lower case, half-width; a space stands for '_', '-' and nothing as
/// well.
std::span<const std::string_view> foreign_labels();

}  // namespace huxin::catalog
