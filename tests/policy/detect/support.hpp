#pragma once
// What every test of detection needs: one detector of the built-in catalogue, and a fixed today.
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "policy/detect/detector.hpp"
#include "policy/text/document.hpp"

namespace huxin::detect::test {

/// 1 March 2026: the day the tests run on.
Time today();

/// The detector of the whole built-in catalogue; built once a program.
const Detector& detector(double min_confidence = 0.5);

/// Inspects text as a plain file of that content.
Inspection inspect(std::string_view text, double min_confidence = 0.5);
Inspection inspect(const text::Document& document);

/// Builds a table: the first row is the header.
text::Document table(const std::vector<std::vector<std::string>>& rows);

/// Writes findings as "D01=11010519491231002X D27=13800138000", in order.
std::string summary(const Inspection& inspection);
std::string found(std::string_view text, double min_confidence = 0.5);

/// A text, what is found in it, and why.
struct Row {
  const char* text;
  const char* expected;
  const char* why;
};

/// Holds each text to what is found in it.
void check(std::initializer_list<Row> rows);

}  // namespace huxin::detect::test
