"""A pasted list of units, as a unit book: the names in the order of the paste, with short names and guessed classes.

People paste a column of a table, names with 、 between them, or names under the headings of their classes. Numbering and
punctuation are left out. Whatever is doubtful is named; so are titles, totals and remarks, which are left out.

>>> book, doubts = read_unit_list("1. 县教育局，教育局\\n2. 城关镇\\n乡镇：河东乡、城关镇。")
>>> [(unit.name, unit.short_names, unit.category) for unit in book.members]
[('县教育局', ('教育局',), '县直单位'), ('城关镇', (), '乡镇'), ('河东乡', (), '乡镇')]
>>> doubts
('写了两次，只留一个：城关镇',)
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from zhenggai.model.names import INVISIBLE, alike, name_fault
from zhenggai.model.units import Unit, UnitBook, UnitClass

_SHOWN = 5  # words of a doubt
_NO_UNIT = "不是单位，没有收"
_SHORTEST = 2  # characters of a name
_LONGEST_SHORT, _LONGEST_HEADING = 8, 12
_LEVELS = "县市区旗州"

_HAN = re.compile(r"[\u3400-\u9fff]")
_NUMBERING = re.compile(
    r"^(?:[(（]\s*(?:\d+|[一二三四五六七八九十]+)\s*[)）]|(?:\d+|[一二三四五六七八九十]+)\s*[.．、)）:：]|[①-⑳]|[-*•·●]|\d+(?=\s))\s*"
)
_OF_AN_ITEM = re.compile(r"[(（]?\s*\d|[①-⑳]|[-*•·●]")  # numbering of a unit; headings have 一、 and the like
_EDGE = "。．.，,、；;：: \u3000“”\"'"
_GAP = re.compile(r"\s*[、，,;；。|\t：:]\s*|\s+")
_BESIDE = " \t：:"  # gaps after which a short name, a class, or another column may follow
_WITHOUT_LEVEL = re.compile(rf"^[{_LEVELS}](?:委(?![{_LEVELS}])|直)?")
_APART = re.compile(r"(?<=^[县市区旗]) +(?=\S)")  # 县 审计局
_SPACED = re.compile(r"(?<![^\s、，,;；])[\u3400-\u9fff](?: +[\u3400-\u9fff])+(?![^\s、，,;；。])")  # 县 教 育 局
_COUNT = re.compile(r"[(（]?\s*(?:共|计)*\s*\d+\s*[个家](?:单位|部门)?\s*[)）]?$")
_TITLE = re.compile(r"\S*(?:名单|名录|名册|花名册|一览表|汇总表|统计表|通讯录)")
_TOTAL = re.compile(r"(?:以上)?(?:合计|总计|小计|共计|共)\s*[:：]?\s*(?:\d+\s*[个家]?(?:单位|部门)?)?")
_DUTY = re.compile(r"[(（](?:牵头|主办|责任|配合|协办|协助|参加|参与)(?:单位|部门)?[)）]$")
_HEADING = re.compile(r"([^：:\t]+)[：:](.*)")
_HEADS = re.compile(
    r"序号|编号|(?:单位|责任单位|牵头单位|配合单位|成员单位|部门)?(?:名单|名称|全称)?|简称|类别|备注|合计|小计|总计"
    r"|(?:联系|责任|负责)人|(?:联系)?电话|手机号?码?|邮箱"
)
_WITH_SHORT_NAME = re.compile(r"(.+?)[(（](?:以下)?(?:简称)?[:：]?(.+?)[)）]")
_ONE_NAME_MORE = re.compile(r"(?<=[局部办镇乡委院])(?<![县市区旗州]委)[县市区旗](?=[^、]*[局部委办院心社])")

# The first row that fits counts. X is the level: 县, 市, 区 …
_CLASSES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "群团组织",
            r"团.?委$|共青团|工会$|妇联|妇女联合会|工商联|残联|残疾人联合会|科协|文联|侨联|红十字会|(?<!机)关工委",
        ),
        ("X委部门", r"[县市区旗州]委|纪委|监委|组织部|宣传部|统战部|政法委|社会工作部|编办|巡察办|党校|工委$"),
        ("街道", r"街道$|街道(?:党工委|办事处|办)$"),
        ("社区", r"社区(?:居委会|党委|党支部)?$|居委会$|居民委员会$"),
        ("村", r"村$|村委会$|村民委员会$|嘎查$"),
        ("乡镇", r"(?:镇|乡|苏木)(?:党委)?(?:(?:人民)?政府)?$"),
        ("学校", r"(?:中学|小学|学校|学院|大学|幼儿园|高中|初中|[一二三四五六七八九十]中)$"),
        ("医疗卫生单位", r"(?:医院|卫生院|保健院|卫生服务中心)$"),
        ("国有企业", r"(?:公司|集团|厂|银行)$"),
        ("X直单位", r"(?:局|委员会|委|办|办公室|中心|院|部|会|社|站|所|队|馆|馆校|台|处|大队|支队|园区|管委会)$"),
    )
)
_PLACES = ("乡镇", "街道", "社区", "村")
_NO_PLACE = re.compile(rf"局$|^[{_LEVELS}].*(?:办|委|中心)$")  # no such class, whatever the heading says
_ABBREVIATED = {
    "人力资源和社会保障局": "人社局",
    "住房和城乡建设局": "住建局",
    "卫生健康委员会": "卫健委",
    "卫生健康局": "卫健局",
    "文化广电和旅游局": "文广旅局",
    "文化和旅游局": "文旅局",
    "发展和改革委员会": "发改委",
    "发展和改革局": "发改局",
    "工业和信息化局": "工信局",
    "市场监督管理局": "市场监管局",
    "教育体育局": "教体局",
    "退役军人事务局": "退役军人局",
    "应急管理局": "应急局",
    "医疗保障局": "医保局",
    "交通运输局": "交通局",
    "科学技术局": "科技局",
    "机关事务管理局": "机关事务局",
}
_NAMES_OF_CLASSES = {  # other names that headings give them; in the order of a unit book
    "X委部门": "X委各部门 党委部门 党群部门 党群口",
    "X直单位": "X直各单位 X直部门 X直机关 X直 X级单位 X级部门 政府部门 政府口 部门",
    "群团组织": "群团 群团部门 人民团体",
    "乡镇": "镇 乡 乡镇党委",
    "街道": "街道办 街道办事处",
    "社区": "",
    "村": "行政村",
    "学校": "中小学",
    "医疗卫生单位": "医院 卫生院 医疗机构",
    "国有企业": "国企 企业 X属国企 X属企业",
}


def read_unit_list(text: str) -> tuple[UnitBook, tuple[str, ...]]:
    """The units in a text, each once, and what is doubtful about them. Without a name in it, the book is empty."""
    reader = _Reader(_level(text))
    for line in text.replace("\xa0", " ").splitlines():
        reader.take(INVISIBLE.sub(lambda found: "\t" if found[0] == "\t" else "", line).replace("\u3000", " ").strip())
    return reader.book(), reader.told()


def as_list(book: UnitBook) -> str:
    """The units as such a text, to be corrected: a line for each class, with its name as the heading."""
    lines = [f"{name}：{'、'.join(map(_as_words, units))}" for name, units in by_class(book) if name]
    return "\n".join([*lines, *(_as_words(unit) for unit in book.members if unit.category is None)])


def _as_words(unit: Unit) -> str:
    """A unit with the short names that are not made from its name."""
    return " ".join((unit.name, *(short for short in unit.short_names if short not in _short_for(unit.name))))


def by_class(book: UnitBook) -> list[tuple[str, tuple[Unit, ...]]]:
    """The units of each class, in the order of the classes; those without a class last, under ""."""
    names = [c.name for c in book.classes]
    found = [(name, tuple(unit for unit in book.members if (unit.category or "") == name)) for name in (*names, "")]
    return [(name, units) for name, units in found if units]


@dataclass
class _Reader:
    level: str
    doubts: dict[str, list[str]] = field(default_factory=dict)  # what is doubtful, and the words of which it is
    _units: dict[str, Unit] = field(default_factory=dict)  # by what makes two names alike
    _heading: str | None = None

    def take(self, line: str) -> None:
        """Read one line."""
        number = _NUMBERING.match(line)
        line = line[number.end() :] if number else line
        words = line.strip(_EDGE)
        if _TITLE.fullmatch(_COUNT.sub("", words).strip()) or _TOTAL.fullmatch(words):
            self._doubt(_NO_UNIT, words)
            return
        is_item = number and _OF_AN_ITEM.match(number[0]) and not _COUNT.search(words)
        if (heading := self._class_named(words)) and not is_item:
            self._heading = heading
            return
        category = self._heading
        if (headed := _HEADING.fullmatch(line)) and (found := self._heading_of(headed[1])) is not None:
            category, line = found or None, headed[2]
            if not line.strip(_EDGE):
                self._heading = category
                return
        self._take_names(line, category)

    def _take_names(self, line: str, category: str | None) -> None:
        line = _APART.sub("", _SPACED.sub(lambda found: found[0].replace(" ", ""), line))
        gaps = _GAP.findall(line)
        words = [_NUMBERING.sub("", word).strip(_EDGE) for word in _GAP.split(line)]
        if words[0] and _HEADS.fullmatch(words[0]) and ("\t" in line or all(map(_HEADS.fullmatch, words))):
            self._doubt(_NO_UNIT, " ".join(words))
            return
        last: Unit | None = None
        for word, gap in zip(words, ["、", *gaps], strict=True):
            apart = gap.strip(_BESIDE) != ""
            if not word or word.isdecimal() or _HEADS.fullmatch(word):
                continue
            if last and _is_short_for(word, last.name):
                last = self._put(replace(last, short_names=(*last.short_names, word)))
            elif last and not apart and (named := self._class_named(word)):
                last = self._put(replace(last, category=named))
            else:
                last = self._take_name(word, category, beside=None if apart else last) or last

    def _take_name(self, word: str, category: str | None, beside: Unit | None) -> Unit | None:
        """The unit of a word, None if it is not taken. ``beside`` is the unit before it, with a mere blank between."""
        if duty := _DUTY.search(word):
            self._doubt("括号里的是分工，不算在名称里", word)
            word = word[: duty.start()].rstrip()
        short: tuple[str, ...] = ()
        if (found := _WITH_SHORT_NAME.fullmatch(word)) and _is_short_for(found[2], found[1]):
            word, short = found[1], (found[2],)
        if self._class_named(word):
            self._doubt("是一类单位，不是一个，没有收", word)
            return None
        guess = self._class_under(category, word)
        if fault := name_fault(word):
            self._doubt("没有收", fault)
            return None
        if len(word) < _SHORTEST or not _HAN.search(word) or (beside and not guess):
            self._doubt("不像单位的名称，没有收", word)
            return None
        if beside:
            self._doubt("在一行里，看作两个单位", f"{beside.name} {word}")
        if alike(word) in self._units:
            self._doubt("写了两次，只留一个", word)
            return self._units[alike(word)]
        if _ONE_NAME_MORE.search(word):
            self._doubt("像是两个单位连在一起，中间要有、或换行", word)
        if guess is None:
            self._doubt("看不出是哪一类，先不归类", word)
        return self._put(Unit(name=word, short_names=short, category=guess))

    def _doubt(self, what: str, word: str) -> None:
        self.doubts.setdefault(what, []).append(word)

    def told(self) -> tuple[str, ...]:
        """What is doubtful, a sentence a kind."""
        return tuple(f"{what}：{_some(words)}" for what, words in self.doubts.items())

    def _put(self, unit: Unit) -> Unit:
        self._units[alike(unit.name)] = unit
        return unit

    def book(self) -> UnitBook:
        """What was read."""
        for name, unit in list(self._units.items()):
            if whole := self._units.get(alike(self.level + unit.name)):
                self._doubt("看作简称", f"{unit.name}（{whole.name}）")
                self._put(replace(whole, short_names=tuple(dict.fromkeys((*whole.short_names, unit.name)))))
                del self._units[name]
        taken = Counter(unit.name for unit in self._units.values())
        units = tuple([self._with_own_names(unit, taken) for unit in self._units.values()])
        units = tuple([_with_short_names(unit, taken) for unit in units])
        names = dict.fromkeys(unit.category for unit in units if unit.category)
        order = list(map(self._named, _NAMES_OF_CLASSES))
        listed = sorted(names, key=lambda name: order.index(name) if name in order else len(order))
        return UnitBook(classes=tuple(UnitClass(name=n, aliases=(self._plural(n),)) for n in listed), members=units)

    def _with_own_names(self, unit: Unit, taken: Counter[str]) -> Unit:
        """The unit without the short names that another one has."""
        short_names = [name for name in dict.fromkeys(unit.short_names) if not taken[name]]
        for name in set(unit.short_names).difference(short_names):
            self._doubt("简称已有别的单位用，没有收", f"{name}（{unit.name}）")
        taken.update(short_names)
        return replace(unit, short_names=tuple(short_names))

    def _guess(self, name: str) -> str | None:
        plain = _without_remark(name)
        return next((self._named(c) for c, pattern in _CLASSES if pattern.search(plain)), None)

    def _class_under(self, heading: str | None, name: str) -> str | None:
        """The class of a name: that of its heading, unless the name cannot be one of those."""
        guess = self._guess(name)
        if heading in _PLACES and guess and guess != heading and _NO_PLACE.search(_without_remark(name)):
            self._doubt(f"不是{heading}，按名称归类", name)
            return guess
        return heading or guess

    def _heading_of(self, words: str) -> str | None:
        """The class that a heading before a colon means, "" for 单位 and the like. None if it is the name of a unit."""
        plain = _NUMBERING.sub("", words.strip()).strip(_EDGE)
        bare = _COUNT.sub("", plain).strip()
        if _HEADS.fullmatch(bare) or _TITLE.fullmatch(bare):
            return ""
        if named := self._class_named(plain):
            return named
        return None if self._guess(bare) or len(bare) > _LONGEST_HEADING else bare

    def _class_named(self, words: str) -> str | None:
        bare = _COUNT.sub("", words).strip().removeprefix("各")
        for name, others in _NAMES_OF_CLASSES.items():
            if bare in (self._named(word) for word in (name, *others.split())):
                return self._named(name)
        return None

    def _named(self, name: str) -> str:
        return name.replace("X", self.level)

    def _plural(self, name: str) -> str:
        """县直各单位, 县委各部门, 各乡镇."""
        found = re.fullmatch(rf"({self.level}[直委])(.+)", name)
        return f"{found[1]}各{found[2]}" if found else f"各{name}"


def _without_remark(name: str) -> str:
    return re.sub(r"[(（].*[)）]$", "", name)


def _some(words: list[str]) -> str:
    return "、".join(words[:_SHOWN]) + (f" 等 {len(words)} 个" if len(words) > _SHOWN else "")


def _level(text: str) -> str:
    """县, 市, 区 …: what most of the names begin with."""
    found = Counter(re.findall(rf"(?:^|[\s、，,;；])([{_LEVELS}])(?=[\u3400-\u9fff])", text, re.MULTILINE))
    return found.most_common(1)[0][0] if found else _LEVELS[0]


def _is_short_for(word: str, name: str) -> bool:
    """Whether a word is a short form of a name: some of its characters, in their order.

    >>> _is_short_for("县人社局", "县人力资源和社会保障局"), _is_short_for("县财政局", "县教育局")
    (True, False)
    """
    rest = iter(name)
    return _SHORTEST <= len(word) < len(name) and all(character in rest for character in word)


def _with_short_names(unit: Unit, taken: Counter[str]) -> Unit:
    """A unit without short names gets those that nothing else has."""
    if unit.short_names or unit.category is None:
        return unit
    short_names = tuple(name for name in _short_for(unit.name) if not taken[name])
    taken.update(short_names)
    return replace(unit, short_names=short_names)


def _short_for(name: str) -> tuple[str, ...]:
    """The short names that people use for a name.

    >>> _short_for("县人力资源和社会保障局"), _short_for("县委组织部"), _short_for("县委办公室"), _short_for("城关镇")
    (('县人社局', '人社局'), ('组织部',), ('县委办',), ())
    """
    for whole, brief in _ABBREVIATED.items():
        if name.endswith(whole):
            return tuple(dict.fromkeys((name.removesuffix(whole) + brief, brief)))
    short = name.removesuffix("公室") if name.endswith("办公室") else _WITHOUT_LEVEL.sub("", name)
    fits = _SHORTEST < len(short) <= _LONGEST_SHORT and not set("（()）").intersection(short)
    return (short,) if fits and short != name else ()
