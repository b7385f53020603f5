// Precompiled once for all targets: the headers that very many files take.
#pragma once
#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/file.hpp"
#include "policy/base/result.hpp"
