"""The branches and the staff of the bank that these days are spent in."""
import base64

TREE = ("机构代码,机构名称,上级机构,第一责任人\n01,护信演示银行分行,,王建国\n"
        "0101,城东支行,01,刘洋\n0102,城西支行,01,赵敏\n0103,城南支行,01,孙丽\n")
STAFF = ("工号,姓名,机构代码,岗位,反洗钱岗,征信岗,离职日期\n10001,刘洋,0101,行长,,,\n10002,陈静怡,0101,柜员,,是,\n"
         "10003,周杰,0101,反洗钱专员,是,,\n10004,赵敏,0102,行长,,,\n10005,吴强,0102,柜员,,,2026-09-30\n10006,孙丽,0103,行长,,,\n")


def encoded(table: str) -> str:
    """As the console sends a file."""
    return base64.urlsafe_b64encode(table.encode()).decode().rstrip("=")
