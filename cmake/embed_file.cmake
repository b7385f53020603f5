# Writes OUTPUT, a C++ source that holds the text of SOURCE. Pieces of at most 8,000 bytes keep within what
# every compiler takes as one literal; each ends with a line, so that no character is cut in two.
file(READ ${SOURCE} text)
string(LENGTH "${text}" length)
set(literals "")
set(at 0)
while(at LESS length)
  string(SUBSTRING "${text}" ${at} 8000 piece)
  math(EXPR next "${at} + 8000")
  if(next LESS length)
    string(FIND "${piece}" "\n" end REVERSE)
    if(end EQUAL -1)
      message(FATAL_ERROR "${SOURCE}: a line of over 8,000 bytes")
    endif()
    math(EXPR size "${end} + 1")
    string(SUBSTRING "${piece}" 0 ${size} piece)
    math(EXPR next "${at} + ${size}")
  endif()
  string(APPEND literals "R\"HUXIN(${piece})HUXIN\"\n")
  set(at ${next})
endwhile()
# Adjacent literals are one to a compiler that counts what the standard promises; all of ours take it.
file(WRITE ${OUTPUT} "#include <string_view>\n"
  "#ifdef __clang__\n#pragma clang diagnostic ignored \"-Woverlength-strings\"\n#endif\n"
  "namespace huxin::embedded {\n"
  "namespace {\nconstexpr char kText[] = {${bytes}};\n}  // namespace\n"
  "extern const std::string_view ${SYMBOL};\n"
  "constinit const std::string_view ${SYMBOL}(kText, sizeof kText);\n}  // namespace huxin::embedded\n")
