# Writes OUTPUT, a C++ source that holds the text of SOURCE. Pieces of 8,000 characters keep within
# what every compiler takes as one literal.
file(READ ${SOURCE} text)
string(LENGTH "${text}" length)
set(literals "")
set(at 0)
while(at LESS length)
  string(SUBSTRING "${text}" ${at} 8000 piece)
  string(APPEND literals "R\"HUXIN(${piece})HUXIN\"\n")
  math(EXPR at "${at} + 8000")
endwhile()
file(WRITE ${OUTPUT} "#include <string_view>\n"
  "namespace huxin::embedded {\n"
  "extern const std::string_view ${SYMBOL};\n"
  "constinit const std::string_view ${SYMBOL} =\n${literals}\"\";\n}  // namespace huxin::embedded\n")
