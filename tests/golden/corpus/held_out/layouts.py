"""Rows of cells as the programs of this bank export them. A cell is a text or a value; headers may be None."""
from ..document import Document, Value, escape_html, escape_json
from ..tables import workbook

Cell = str | Value
Rows = list[list[Cell]]


def text_of(cell: Cell) -> str:
    return cell.text if isinstance(cell, Value) else cell


def width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def with_headers(headers, rows) -> Rows:
    return ([headers] if headers else []) + rows


def separated(separator: str, extension: str, before: str = "", behind: str = ""):
    """Cells between separators, each inside what a program wraps cells in (quotes, a tab that keeps digits text)."""
    def write(d: Document, headers, rows: Rows) -> None:
        d.extension = extension
        for row in with_headers(headers, rows):
            for place, cell in enumerate(row):
                d.add(separator if place else "", before, cell, behind)
            d.add("\n")
    return write


def titled(write):
    """The same under a title and above a sum, as branch reports are."""
    def whole(d: Document, headers, rows: Rows) -> None:
        d.line(d.rng.choice(["附件1：明细清单", "业务明细表", "导出结果"]))
        d.line(f"打印日期：2026-02-{d.rng.randrange(10, 28)}    机构：0{d.rng.randrange(1000, 9999)}")
        write(d, headers, rows)
        d.line(f"合计：{len(rows)} 笔")
    return whole


def columns(right: bool, rule: bool):
    """Columns by position: padded on the left or on the right, a rule under the headers or none."""
    def write(d: Document, headers, rows: Rows) -> None:
        every = with_headers(headers, rows)
        widths = [max(width(text_of(row[i])) for row in every) for i in range(len(every[0]))]
        for index, row in enumerate(every):
            for cell, wide in zip(row, widths):
                gap = " " * (wide - width(text_of(cell)))
                d.add(gap if right else "", cell, "" if right else gap, "  ")
            d.add("\n")
            if rule and headers and index == 0:
                d.line("  ".join("-" * wide for wide in widths))
    return write


def console(d: Document, headers, rows: Rows) -> None:
    """As a database's command line draws results."""
    every = with_headers(headers, rows)
    widths = [max(width(text_of(row[i])) for row in every) for i in range(len(every[0]))]
    frame = "+" + "+".join("-" * (wide + 2) for wide in widths) + "+"
    d.line("mysql> select * from tmp_check limit 20;").line(frame)
    for index, row in enumerate(every):
        for cell, wide in zip(row, widths):
            d.add("| ", cell, " " * (wide - width(text_of(cell)) + 1))
        d.line("|")
        if headers and index == 0:
            d.line(frame)
    d.line(frame).line(f"{len(rows)} rows in set (0.0{d.rng.randrange(1, 9)} sec)")


def insert(d: Document, headers, rows: Rows, keyword: str = "INSERT INTO", each: bool = False) -> None:
    d.extension = "sql"
    table = d.rng.choice(["`ods`.`export_20260210`", "STAGE.T_IMPORT", "`sheet1`", "dbo.rows_in"])
    names = f" ({', '.join(f'`{h}`' if '`' in table else h for h in headers)})" if headers else ""
    for index, row in enumerate(rows):
        d.add(f"{keyword} {table}{names} VALUES\n  " if each or index == 0 else "  ", f"({index + 1}, " if not headers else "(")
        for place, cell in enumerate(row):
            d.add(", " if place else "", "'", cell, "'")
        d.line(", NULL)" if not headers else ")", ";" if each or index + 1 == len(rows) else ",")


def inserts(d: Document, headers, rows: Rows) -> None:
    insert(d, headers, rows, "insert into", True)


def updates(d: Document, headers, rows: Rows) -> None:
    d.extension = "sql"
    for row in rows:
        d.add("UPDATE t_stage SET ")
        for place, (header, cell) in enumerate(zip(headers, row)):
            d.add(", " if place else "", f"{header} = '", cell, "'")
        d.line(f" WHERE row_id = {d.rng.randrange(10**5, 10**7)};")


def nested(d: Document, headers, rows: Rows) -> None:
    """An object a row, indented, under a head and a body."""
    d.extension, d.escape = "json", escape_json
    d.line("{").line('  "head": {"retCode": "0000", "retMsg": "交易成功", "serialNo": "', f"2026021{d.rng.randrange(10**12, 10**13)}", '"},')
    d.line('  "body": {"list": [')
    for index, row in enumerate(rows):
        d.line("    {")
        for place, (header, cell) in enumerate(zip(headers, row)):
            d.line(f'      "{header}": "', cell, '"', "," if place + 1 < len(row) else "")
        d.line("    }" + ("," if index + 1 < len(rows) else ""))
    d.line("  ]}").line("}")


def arrays(d: Document, headers, rows: Rows) -> None:
    """Names once, values as arrays."""
    d.extension, d.escape = "json", escape_json
    d.add('{"columns": [', ", ".join(f'"{h}"' for h in headers), '], "rows": [')
    for index, row in enumerate(rows):
        d.add("," if index else "", "[")
        for place, cell in enumerate(row):
            d.add(", " if place else "", '"', cell, '"')
        d.add("]")
    d.line("]}")


def yaml(d: Document, headers, rows: Rows) -> None:
    d.extension = "yaml"
    d.line("items:")
    for row in rows:
        for place, (header, cell) in enumerate(zip(headers, row)):
            d.line("  - " if place == 0 else "    ", f"{header}: '", cell, "'")


def html(d: Document, headers, rows: Rows) -> None:
    d.extension, d.escape, d.encoding = "html", escape_html, "utf-8"
    d.line('<html lang="zh-CN"><head><meta charset="UTF-8"><style>td{border:1px solid #999;mso-number-format:"\\@"}</style></head><body>')
    d.line('<table class="grid">')
    if headers:
        d.line("<thead><tr>" + "".join(f"<th scope=\"col\">{h}</th>" for h in headers) + "</tr></thead>")
    d.line("<tbody>")
    for row in rows:
        d.line("  <tr>")
        for cell in row:
            d.line('    <td class="txt">', cell, "</td>")
        d.line("  </tr>")
    d.line("</tbody></table></body></html>")


def attributes(d: Document, headers, rows: Rows) -> None:
    d.extension, d.escape, d.encoding = "xml", lambda text: escape_html(text).replace('"', "&quot;"), "utf-8"
    d.line('<?xml version="1.0" encoding="UTF-8"?>').line('<Batch xmlns="urn:bank:batch" count="', str(len(rows)), '">')
    for row in rows:
        d.add("  <Item")
        for header, cell in zip(headers, row):
            d.add(f' {header}="', cell, '"')
        d.line("/>")
    d.line("</Batch>")


def elements(d: Document, headers, rows: Rows) -> None:
    d.extension, d.escape, d.encoding = "xml", escape_html, "utf-8"
    d.line('<?xml version="1.0" encoding="utf-8"?>').line("<service><body>")
    for row in rows:
        d.add("<struct>")
        for header, cell in zip(headers, row):
            d.add(f"<{header}>", cell, f"</{header}>")
        d.line("</struct>")
    d.line("</body></service>")


PEOPLE = {  # headers as people write them, or none
    "comma": separated(",", "csv"), "quoted": separated(",", "csv", '"', '"'), "protected": separated(",", "csv", '="',
            '"'), "tabbed": separated(",", "csv", "", "\t"),
    "tab": separated("\t", "txt"), "semicolon": separated(";", "csv"), "caret": separated("|", "dat"), "spaced": separated(" | ",
            "txt"), "report": titled(columns(False, True)),
    "left": columns(False, False), "right": columns(True, True), "html": html, "xlsx": workbook,
}
MACHINES = {"insert": insert, "inserts": inserts, "nested": nested, "arrays": arrays, "console": console, "yaml": yaml,
            "attributes": attributes, "elements": elements, "updates": updates}
NEED_HEADERS = {"nested", "arrays", "yaml", "attributes", "elements", "updates"}
