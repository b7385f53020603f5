"""Man pages name every option, verb, key and diagnostic that the sources have, in both languages."""
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ROOT / "packaging" / "man"
PROGRAMS = {
    "huxin-agent.8": "agent/cli/*.cpp",
    "huxin-collector.8": "collector/cli/*.cpp",
    "huxin-session.1": "agent/session/main.cpp",
}
faults = []


def expect(page, text, words, what):
    """Words may follow a macro, or stand in a list after one."""
    for word in sorted(words):
        if not re.search(r"(?<![\w-])" + re.escape(word) + r"(?![\w-])", text):
            faults.append(f"{page}: {what} {word} is missing")


def source(pattern):
    return "".join(file.read_text() for file in sorted(ROOT.glob(pattern)))


def read(page):
    return page.read_text().replace("\\&", "")


def check_programs(folder):
    for name, pattern in PROGRAMS.items():
        text, code = read(folder / name), source(pattern)
        options = set(re.findall(r'add_(?:option|flag)\("--([a-z-]+)"', code))
        expect(folder / name, text, {f"-{option}" for option in options}, "option")
        expect(folder / name, text, set(re.findall(r'add_subcommand\(\s*"([a-z]+)"', code)), "verb")
        expect(folder / name, text, set(re.findall(r'envname\("([A-Z_]+)"', code)), "variable")


def check_filters(folder):
    table = re.search(r"kFilters\{(.*?)\};", source("collector/cli/incidents.cpp"), re.S).group(1)
    text = read(folder / "huxin-collector.8")
    filters = {f"-{word}" for word in re.findall(r'"([a-z]+)"', table)}
    expect(folder / "huxin-collector.8", text, filters, "filter")


def check_policy(folder):
    text, page = read(folder / "huxin-policy.5"), folder / "huxin-policy.5"
    tables = re.findall(r"k\w+\{([^}]*)\};", source("policy/rule/keys.hpp"), re.S)
    expect(page, text, {word for table in tables for word in re.findall(r'"(\w+)"', table)}, "key")
    codes = re.findall(r"^\| ([EW]\d{3}) ", source("policy/rule/CODES.md"), re.M)
    expect(page, text, set(codes), "diagnostic")


def check_syntax():
    mandoc = shutil.which("mandoc")
    if not mandoc:
        print("mandoc is not installed: the syntax of the pages is not checked")
        return
    pages = sorted(map(str, PAGES.rglob("huxin-*.[158]")))
    checked = subprocess.run([mandoc, "-Tlint", "-Werror", *pages], capture_output=True, text=True)
    if checked.returncode:
        faults.append(checked.stdout + checked.stderr)


for language in (PAGES, PAGES / "zh_CN"):
    check_programs(language)
    check_filters(language)
    check_policy(language)
check_syntax()
print("\n".join(faults) or "every option, verb, key and diagnostic is in both languages")
sys.exit(1 if faults else 0)
