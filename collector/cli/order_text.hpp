#pragma once
#include <string>
#include <string_view>

#include "certs/destruction/certificate.hpp"
#include "collector/store/orders.hpp"

namespace huxin::collector::cli {

/// Words for people, Chinese first: "销毁 destroy", "待批准 drafted", "有效 verified".
std::string kind_text(store::OrderKind kind);
std::string state_text(store::OrderState state);
std::string verdict_text(store::CertificateVerdict verdict);

/// Everything a verified certificate says, in both languages: content, method, time, executor,
/// supervisor, result, residue. What the terminal wrote is made fit for a terminal's screen.
/// Several lines, each ending in a line feed; times as RFC 3339.
std::string certificate_text(const destruction::Verified& verified);

}  // namespace huxin::collector::cli
