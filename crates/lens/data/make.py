#!/usr/bin/env python3
"""Makes divisions.csv, places.csv and countries.csv from the sets beside the project.

usage: make.py SHARED      (needs pypinyin, MIT, for the column `pinyin`)

The files are committed; run this only when a source changes. aliases.csv and
words.txt are written by hand, former.csv and since.csv made by make_former.py.
"""
import csv
import json
import pathlib
import sys

from pypinyin import Style, lazy_pinyin

shared = pathlib.Path(sys.argv[1])
here = pathlib.Path(__file__).parent

# Names of peoples that stand between a place and its 自治州, 自治县, 自治旗.
PEOPLES = """蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜
土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴
珞巴 基诺 各""".split()
SUFFIXES = ["特别行政区", "自治区", "自治州", "自治县", "自治旗", "左翼", "林区", "地区", "矿区", "省", "市", "县", "区", "旗", "盟", "州"]
WHOLE = {"内蒙古自治区": "内蒙古", "广西壮族自治区": "广西", "西藏自治区": "西藏", "宁夏回族自治区": "宁夏", "新疆维吾尔自治区": "新疆"}
# Readings of the place, where the phrase table gives another one.
READINGS = {
    "陕西": "Shaanxi", "重庆": "Chongqing", "厦门": "Xiamen", "乐清": "Yueqing", "六安": "Lu'an", "六合": "Luhe", "蚌埠": "Bengbu",
    "丽水": "Lishui", "台州": "Taizhou", "天台": "Tiantai", "亳州": "Bozhou", "番禺": "Panyu", "东阿": "Dong'e", "莘县": "Shenxian",
    "洪洞": "Hongtong", "洪洞县": "Hongtong", "单县": "Shanxian", "乐亭": "Laoting", "蔚县": "Yuxian", "尉犁": "Yuli", "铅山": "Yanshan",
    "歙县": "Shexian", "黟县": "Yixian", "枞阳": "Zongyang", "涡阳": "Guoyang", "泌阳": "Biyang", "渑池": "Mianchi", "长垣": "Changyuan",
    "长子": "Zhangzi", "繁峙": "Fanshi", "隰县": "Xixian", "井陉": "Jingxing", "宽城": "Kuancheng", "阜城": "Fucheng", "大城": "Daicheng",
    "大埔": "Dabu", "东莞": "Dongguan", "儋州": "Danzhou", "郫都": "Pidu", "犍为": "Qianwei", "筠连": "Junlian", "荥经": "Yingjing",
    "荥阳": "Xingyang", "中牟": "Zhongmu", "柘城": "Zhecheng", "浚县": "Xunxian", "曲阜": "Qufu", "莒县": "Juxian", "牟平": "Muping",
    "邗江": "Hanjiang", "盱眙": "Xuyi", "睢宁": "Suining", "邳州": "Pizhou", "睢阳": "Suiyang", "句容": "Jurong", "溧水": "Lishui",
    "鄞州": "Yinzhou", "嵊州": "Shengzhou", "嵊泗": "Shengsi", "余姚": "Yuyao", "婺城": "Wucheng", "衢州": "Quzhou", "缙云": "Jinyun",
    "闽侯": "Minhou", "长乐": "Changle", "柘荣": "Zherong", "莆田": "Putian", "厦": "Xia", "乐平": "Leping", "婺源": "Wuyuan",
    "弋阳": "Yiyang", "监利": "Jianli", "郧西": "Yunxi", "蕲春": "Qichun", "黄陂": "Huangpi", "猇亭": "Xiaoting", "耒阳": "Leiyang",
    "郴州": "Chenzhou", "汨罗": "Miluo", "攸县": "Youxian", "芷江": "Zhijiang", "会昌": "Huichang", "会稽": "Kuaiji", "会理": "Huili",
    "乐山": "Leshan", "乐东": "Ledong", "长葛": "Changge", "巴彦": "Bayan", "解放": "Jiefang", "盖州": "Gaizhou", "藁城": "Gaocheng",
    "任丘": "Renqiu", "任泽": "Renze", "华阴": "Huayin", "吴堡": "Wubu", "柞水": "Zhashui", "栎阳": "Yueyang", "红古": "Honggu",
    "宕昌": "Dangchang", "漳县": "Zhangxian", "朝阳": "Chaoyang", "都匀": "Duyun", "都昌": "Duchang", "高要": "Gaoyao",
    "勐海": "Menghai", "侯马": "Houma", "麻阳": "Mayang", "祁东": "Qidong", "什邡": "Shifang", "射洪": "Shehong", "石嘴山": "Shizuishan",
    "若尔盖": "Zoige", "哈尔滨": "Harbin", "乌鲁木齐": "Urumqi", "呼和浩特": "Hohhot", "拉萨": "Lhasa", "喀什": "Kashgar", "内蒙古": "Nei Mongol",
    "西藏": "Xizang", "新疆": "Xinjiang", "福清": "Fuqing", "文成": "Wencheng", "青田": "Qingtian", "瑞安": "Rui'an", "沈阳": "Shenyang",
    "长治": "Changzhi", "长白": "Changbai", "长阳": "Changyang", "新晃": "Xinhuang", "都安": "Du'an", "大理": "Dali", "三都": "Sandu", "鄂尔多斯": "Ordos", "阿坝": "Aba", "吕梁": "Lvliang",
    "行唐": "Xingtang", "长武": "Changwu", "乾县": "Qianxian", "宁乡": "Ningxiang", "夏县": "Xiaxian", "闵行": "Minhang", "弓长岭": "Gongchangling", "什邡": "Shifang", "喀什": "Kashgar", "民乐": "Minle", "阿勒泰": "Altay",
    "阿克苏": "Aksu", "吐鲁番": "Turpan", "克拉玛依": "Karamay", "和田": "Hotan", "哈密": "Hami", "伊犁": "Ili", "日喀则": "Shigatse", "香格里拉": "Shangri-La",
    "神农架": "Shennongjia", "珲春": "Hunchun", "齐齐哈尔": "Qiqihar", "呼伦贝尔": "Hulunbuir", "泊头": "Botou", "行唐": "Xingtang", "阿城": "Acheng",
}
# Characters of the table that a bare form of Natural Earth writes in traditional script.
FOLD = {}
for line in (here / "../../text/data/TSCharacters.txt").read_text(encoding="utf-8").splitlines():
    if "\t" in line and not line.startswith("#"):
        key, values = line.split("\t")
        FOLD[key] = values.split(" ")[0]


def fold(text):
    return "".join(FOLD.get(c, c) for c in text)


def stem(name):
    if name in WHOLE:
        return WHOLE[name]
    auto = name.endswith(("自治州", "自治县", "自治旗"))
    for suffix in SUFFIXES:
        if suffix == "林区" and name != "神农架林区":
            continue
        if name.endswith(suffix) and len(name) > len(suffix):
            name = name[: -len(suffix)]
            break
    while auto:
        for people in sorted(PEOPLES, key=len, reverse=True):
            for full in (people + "族", people):
                if name.endswith(full) and len(name) - len(full) >= 2:
                    name = name[: -len(full)]
                    break
            else:
                continue
            break
        else:
            break
    return name


def pinyin(name, bare):
    if bare in READINGS:
        return READINGS[bare]
    if name in READINGS:
        return READINGS[name]
    # The reading inside the whole name is surer than of the stem alone; a
    # stem of one character is only ever written with its suffix (He County).
    whole = bare if len(bare) > 1 else name
    parts = lazy_pinyin(name, style=Style.NORMAL, v_to_u=False)[: len(whole)]
    # In names of places these have one usual reading; the phrase table guesses another.
    usual = {"长": "chang", "都": "du", "漯": "luo", "阆": "lang", "珲": "hun", "略": "lue", "峒": "tong", "什": "shi", "尉": "wei"}
    parts = [usual.get(c, p) for c, p in zip(whole, parts)]
    out = parts[0]
    for part in parts[1:]:
        out += ("'" if part[0] in "aeo" else "") + part
    return out.replace("ü", "v").capitalize()


def divisions():
    table = list(csv.DictReader(open(shared / "data/case/gazetteer/cn-admin-divisions.csv", encoding="utf-8")))
    # Placeholders that stand in the official table between a province and counties it governs directly.
    skip = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
    earth = {}
    for row in csv.DictReader(open(shared / "data/places/natural-earth-places.csv", encoding="utf-8")):
        if row["country_iso2"] == "CN" and row["zh"]:
            earth.setdefault(stem(fold(row["zh"])), []).append(row)
    used = set()
    out = []
    for row in sorted(table, key=lambda r: (len(r["code"]), r["code"])):
        name, code = row["name"], row["code"]
        # Development zones and farms have statistical codes; they are no divisions with bureaus of their own name.
        zones = ("开发", "工业园", "化工园", "创意园", "管理", "示范", "委员会", "名胜", "产业", "海域")
        if name in skip or any(word in name for word in zones):
            continue
        bare = stem(name)
        found = [e for e in earth.get(bare, []) if e["wikidata"] + e["name"] not in used]
        extra = found[0] if len(found) == 1 and len(code) <= 6 and not name.endswith("区") else None
        latin = pinyin(name, bare)
        line = [code, name, bare if len(bare) > 1 else "", latin] + [""] * 7
        if extra:
            used.add(extra["wikidata"] + extra["name"])
            forms = sorted({extra[k] for k in ("name", "en", "es", "de", "fr") if extra[k] and extra[k] != latin and "City" not in extra[k] and "Ciudad" not in extra[k]})
            line[4] = "|".join(forms)
            line[5:8] = [extra["lat"], extra["lon"], extra["population"]]
        out.append(line[:8])
    # What the two tables share by its Latin name alone is the division, too.
    latin = {line[3].replace("'", "") for line in out}
    used |= {e["wikidata"] + e["name"] for rows in earth.values() for e in rows if e["ascii"].replace("'", "") in latin}
    write("divisions.csv", ["code", "name", "bare", "pinyin", "forms", "lat", "lon", "population"], out)
    return used


def places(used):
    out = []
    fixed = {"Bade": "TW", "Pingzhen": "TW", "Taibao": "TW", "Taoyuan": "TW", "Yangmei": "TW", "Yilan": "TW", "Zhubei": "TW",
             "Douliou": "TW", "Zhongli": "TW", "Keelung": "TW", "Nantou": "TW", "Puzi": "TW", "Changhua": "TW", "Chiayi": "TW",
             "Hsinchu": "TW", "Miaoli": "TW", "Pingtung": "TW", "Hualien": "TW", "New Taipei": "TW", "Tainan": "TW", "Taitung": "TW",
             "Magong": "TW", "Taichung": "TW", "Kaohsiung": "TW", "Taipei": "TW", "Hong Kong": "HK"}
    for row in csv.DictReader(open(shared / "data/places/natural-earth-places.csv", encoding="utf-8")):
        if row["wikidata"] + row["name"] in used and row["country_iso2"] == "CN":
            continue
        code = row["country_iso2"].lower()
        if len(code) != 2 or code == "-9":
            code = fixed.get(row["name"], "").lower()
        name = row["name"]
        forms = [row[k] if row[k] != name else "" for k in ("ascii", "en", "zh", "es", "de", "fr")]
        if row["zh"] and len(row["zh"]) < 2:
            forms[2] = ""
        out.append([name, code, f"{float(row['lat']):.3f}", f"{float(row['lon']):.3f}", row["population"]] + forms)
    out.sort()
    write("places.csv", ["name", "country", "lat", "lon", "population", "ascii", "en", "zh", "es", "de", "fr"], out)


def countries():
    names = {}
    for line in open(shared / "data/names/places/countries.jsonl", encoding="utf-8"):
        row = json.loads(line)
        names.setdefault(row["code"], {})[row["lang"]] = row["name"]
    langs = ["en", "nl", "es", "zh_Hans", "zh_Hant", "fr"]
    out = [[code] + [forms.get(lang, "") for lang in langs] for code, forms in sorted(names.items())]
    write("countries.csv", ["code", "en", "nl", "es", "zh_hans", "zh_hant", "fr"], out)


def write(name, head, rows):
    with open(here / name, "w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


if __name__ == "__main__":
    places(divisions())
    countries()
